import type { Assurance } from '../shared/credential.ts'
import type { SeniorId } from '../shared/ids.ts'
import type { ResolveBody, ResolveReply } from '../shared/province-api.ts'

/**
 * An outside platform that can say whose its codes are, such as 电子社保卡 (the site's configuration names it under the same id, with the
 * prefixes of its codes). A maker of a real one keeps its contract, its keys and its one-time rule behind this port.
 */
export interface CodePlatform {
  readonly id: string
  /** Whose code it is; null where it is nobody's whom the province knows. Rejects where the platform cannot be asked. @param signal aborts when the till has waited long enough */
  whose(
    text: string,
    signal: AbortSignal,
  ): Promise<{ readonly senior: SeniorId; readonly assurance: Exclude<Assurance, 'verified'> } | null>
}

/** The till gives up after 4 seconds; what comes later helps nobody. */
const patienceMs = 3000

/** Asks the platform that a terminal named. One that is not connected, or does not answer in time, is silent. */
export async function resolveCode(
  platforms: readonly CodePlatform[],
  asked: ResolveBody,
  onFault: (platform: string) => void,
): Promise<ResolveReply> {
  const platform = platforms.find(({ id }) => id === asked.platform)
  if (platform === undefined) return { result: 'platform-silent' }
  const signal = AbortSignal.timeout(patienceMs)
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  try {
    const found = await Promise.race([platform.whose(asked.text, signal), late])
    return found === null ? { result: 'nobody' } : { result: 'found', ...found }
  } catch {
    // Whatever an outside platform does wrong, to the till it is the same: it does not answer. Its words may quote the code, so they are not kept.
    onFault(platform.id)
    return { result: 'platform-silent' }
  }
}
