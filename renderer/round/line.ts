import type { PhoneRound } from '../../shared/round/round.ts'
import type { Language } from './words.ts'

/** What the province says: its answer, its own words on why not, or nothing at all. */
export type Answer<T> =
  | { readonly ok: true; readonly body: T }
  | { readonly ok: false; readonly refusal: { readonly code: string } & Readonly<Record<Language, string>> }
  | { readonly ok: false; readonly refusal: null }

/** Where a link leads: the fragment of its address, which reaches no server and no log. */
export interface RoundAddress {
  readonly terminal: string
  readonly round: string
  readonly secret: string
}

export function addressIn(hash: string): RoundAddress | null {
  const [, terminal, round, secret] = /^#([\w.-]{1,64})\/([0-9a-f]{16})\/([\w-]{22})$/.exec(hash) ?? []
  return terminal === undefined || round === undefined || secret === undefined ? null : { terminal, round, secret }
}

async function post<T>(path: string, body: unknown): Promise<Answer<T>> {
  try {
    const reply = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const said = await reply.json()
    if (reply.ok) return { ok: true, body: said }
    const isWorded = typeof said?.code === 'string' && typeof said.zh === 'string' && typeof said.en === 'string'
    return { ok: false, refusal: isWorded && reply.status < 500 ? said : null }
  } catch (error) {
    console.info('no answer:', error instanceof Error ? error.message : String(error))
    return { ok: false, refusal: null }
  }
}

export const openRound = (address: RoundAddress, device: string) => post<PhoneRound>('open', { ...address, device })

/** Which stops were cancelled since the round was made. */
export const askNews = ({ terminal, round }: PhoneRound, device: string) =>
  post<{ cancelled: number[] }>('news', { terminal, round, device })

export const handIn = (
  { terminal, round }: PhoneRound,
  parts: readonly string[],
  signatures: readonly { readonly result: string; readonly strokes: string }[],
) => post<{ results: string[]; today: boolean }>('results', { terminal, round, parts, signatures })
