import type { Credential } from '../../../shared/credential.ts'
import { type ResolveReply, resolveReply } from '../../../shared/province-api.ts'
import { type CodePlatform, platformOf } from '../../../shared/site.ts'
import type { SyncLoop } from '../sync/sync-loop.ts'
import { type Identification, type IdentifyParts, identify } from './identify.ts'

/** How long a queue of people waits for an outside platform (ms). */
const patienceMs = 4000

/** Whose a code of an outside platform is, asked at the province; nothing of it can be told here. */
export interface ForeignCodes {
  whose(platform: CodePlatform, text: string): Promise<ResolveReply | { readonly result: 'offline' }>
}

export function createForeignCodes(sync: Pick<SyncLoop, 'ask'>): ForeignCodes {
  return {
    async whose(platform, text) {
      const reply = await sync.ask('resolve', { platform: platform.id, text }, patienceMs)
      if (!reply.ok) return { result: reply.reason === 'unreachable' ? 'offline' : 'platform-silent' }
      const parsed = resolveReply.safeParse(reply.body)
      return parsed.success ? parsed.data : { result: 'platform-silent' }
    },
  }
}

/** `identify`, and for a code that is not ours but of a platform that the site's province lists, the province's word on whose it is. */
export async function identifyAnywhere(
  credential: Credential,
  parts: IdentifyParts & { readonly foreignCodes: ForeignCodes },
): Promise<Identification> {
  const here = identify(credential, parts)
  if (here.ok || here.problem !== 'CODE_UNKNOWN' || credential.means !== 'code') return here
  const { text } = credential.code
  const platform = platformOf(text, parts.site()?.codePlatforms ?? [])
  if (platform === null) return here
  const answer = await parts.foreignCodes.whose(platform, text)
  const stopped = (problem: 'CODE_NEEDS_NETWORK' | 'CODE_PLATFORM_SILENT' | 'CODE_NOBODY'): Identification => ({
    ok: false,
    problem,
    means: 'code',
    values: { platform: platform.title.zh },
  })
  if (answer.result === 'offline') return stopped('CODE_NEEDS_NETWORK')
  if (answer.result === 'platform-silent') return stopped('CODE_PLATFORM_SILENT')
  if (answer.result === 'nobody') return stopped('CODE_NOBODY')
  return {
    ok: true,
    senior: parts.roster.bySenior(answer.senior),
    means: 'code',
    assurance: answer.assurance,
    codeKind: null,
    credentialKey: answer.senior,
    tail: null,
    spend: () => undefined,
  }
}
