import type { TerminalId } from '../../../shared/ids.ts'
import { type SiteTills, siteTills } from '../../../shared/province-api.ts'
import type { KeyPair } from '../../../shared/suite.ts'
import type { Documents } from '../store/documents.ts'
import type { askFirst, LaneLine } from './lane-client.ts'
import { laneKey } from './lane-key.ts'
import type { LaneAnswer, LaneKind, LaneQuestion } from './lane-messages.ts'

/** The tills of this site, as the province last listed them. */
export function tillsOf(documents: Documents): SiteTills | null {
  return documents.read('tills', siteTills)
}

/** Where the second till's questions go: to the first till of the site, as the province's newest list has it. */
export interface FirstLine {
  /** The till that is the first one now; null where the list names no other. */
  first(): TerminalId | null
  /** True for a till that can be asked at all: it is listed, and the settings say where. */
  reaches(till: TerminalId): boolean
  /** Since when the first till gives no answer (ms); null while it answers, or was not asked yet. */
  awaySince(): number | null
  /** Asks the first till, and notes whether it is there. Null: no answer in `patience` (ms). */
  ask<K extends LaneKind>(kind: K, question: LaneQuestion<K>, patience: number): Promise<LaneAnswer<K> | null>
  /** Asks the till that was the first one when this began. Whether it is there stays as it was noted. */
  askAt<K extends LaneKind>(
    till: TerminalId,
    kind: K,
    question: LaneQuestion<K>,
    patience: number,
  ): Promise<LaneAnswer<K> | null>
}

export interface FirstLineParts {
  /** Where the first till listens; null: this till sells by itself. */
  readonly join: { readonly host: string; readonly port: number } | null
  readonly terminal: TerminalId
  readonly sealing: KeyPair
  readonly documents: Documents
  /** Carries a question over. */
  readonly carry: typeof askFirst
  now(): number
  onChange(): void
}

export function createFirstLine(parts: FirstLineParts): FirstLine {
  const { join, terminal } = parts
  let away: number | null = null
  let heardAt = parts.now()
  /** Questions so far, and the last one that got no answer: what was asked before that proves nothing of now. */
  let asked = 0
  let unanswered = 0
  let known: { readonly till: SiteTills['tills'][number]; readonly key: Buffer } | null = null

  function first(): TerminalId | null {
    const list = join && tillsOf(parts.documents)
    return list?.tills.find(till => till.terminal === list.first && till.terminal !== terminal)?.terminal ?? null
  }

  function lineTo(there: TerminalId | null): LaneLine | null {
    const till = join && tillsOf(parts.documents)?.tills.find(one => one.terminal === there && there !== terminal)
    if (!join || !till) return null
    if (known?.till.terminal !== till.terminal || known.till.key !== till.key)
      known = { till, key: laneKey(parts.sealing, till.key, { first: till.terminal, second: terminal }) }
    return { ...join, identity: terminal, key: known.key }
  }

  function note(number: number, isAnswered: boolean): void {
    const wasAway = away !== null
    if (!isAnswered) {
      unanswered = asked
      away ??= heardAt
    } else if (number > unanswered) {
      heardAt = parts.now()
      away = null
    }
    if (wasAway !== (away !== null)) parts.onChange()
  }

  async function askAt<K extends LaneKind>(
    till: TerminalId | null,
    kind: K,
    question: LaneQuestion<K>,
    patience: number,
  ): Promise<LaneAnswer<K> | null> {
    const line = lineTo(till)
    return line && (await parts.carry(line, kind, question, patience))
  }

  return {
    first,
    reaches: till => lineTo(till) !== null,
    awaySince: () => away,
    async ask(kind, question, patience) {
      asked += 1
      const number = asked
      const answer = await askAt(first(), kind, question, patience)
      note(number, answer !== null)
      return answer
    },
    askAt,
  }
}
