import { type CheckInId, type OperatorId, type SeniorId, seniorId } from '../../../shared/ids.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { LookupBody } from '../../../shared/province-api.ts'
import type { FullSenior, ThinSenior } from '../../../shared/senior.ts'
import type { Done } from '../../../shared/terminal-api.ts'
import type { OpenCheckIn } from '../check-in-state.ts'
import type { Pins } from '../store/pins.ts'
import type { Roster } from '../store/roster.ts'
import type { ProvinceAnswer } from './ask-province.ts'
import type { Floor } from './people-desk.ts'
import { type ActParts, recordComparison } from './senior-acts.ts'

const done: Done = { result: 'done' }

export interface ProofParts extends ActParts {
  readonly roster: Roster
  readonly pins: Pins
  operator(): OperatorId | null
  /** Asks the province who somebody is. */
  ask(question: LookupBody): Promise<ProvinceAnswer>
  /** Takes what the province said of a person onto the roster. */
  welcome(senior: FullSenior): void
  onRecorded(): void
  /** Staff compared the person of this check-in. */
  onCompared(id: CheckInId): void
}

/** The ways to become surer of who stands there, and the way on without. */
export interface ProofDesk {
  comparePerson(id: CheckInId): Promise<Done>
  enterPin(id: CheckInId, pin: string): Promise<Done>
  takeListPrice(id: CheckInId): Promise<Done>
  askProvince(id: CheckInId): Promise<Done>
  askProvinceByName(name: string, numberTail: string): Promise<Done>
}

export function createProofDesk(
  parts: ProofParts,
  floor: Pick<Floor, 'state' | 'set' | 'inQueue' | 'begin' | 'arrive'>,
): ProofDesk {
  const refuse = (code: ProblemCode): Done => ({ result: 'refused', notice: { code, values: {} } })

  /** Changes the check-in whose price is on the screen, if `prepare` does not refuse; it is priced anew. */
  function change(id: CheckInId, to: Partial<OpenCheckIn>, prepare: (open: OpenCheckIn) => Promise<Done> | Done) {
    return floor.inQueue(async () => {
      const state = floor.state()
      if (state.state !== 'priced' || state.open.id !== id) return refuse('CHECK_IN_GONE')
      const prepared = await prepare(state.open)
      if (prepared.result === 'done') floor.begin({ ...state.open, ...to })
      return prepared
    })
  }

  async function compare({ id, senior, proxy }: OpenCheckIn): Promise<Done> {
    if (proxy !== null) return refuse('PROXY_STANDS_HERE')
    const by = parts.operator()
    if (by === null) return refuse('NO_SHIFT')
    if (senior === null) return refuse('SENIOR_UNKNOWN')
    const compared = await recordComparison(parts, id, by)
    if (compared.result === 'done') {
      parts.onRecorded()
      parts.onCompared(id)
    }
    return compared
  }

  function tryPin(open: OpenCheckIn, pin: string): Done {
    const found = open.senior === null ? 'none' : parts.pins.try(open.senior, pin)
    // The way by PIN may have ended with this try: the screen has to know.
    if (found === 'locked') floor.begin(open)
    const problems = { none: 'PIN_NONE', wrong: 'PIN_WRONG', locked: 'PIN_LOCKED' } as const
    return found === 'right' ? done : refuse(problems[found])
  }

  /** The check-in of a problem or a price on the screen. */
  function shownOpen(id: CheckInId): OpenCheckIn | null {
    const state = floor.state()
    const open = state.state === 'problem' ? state.stranger : state.state === 'priced' ? state.open : null
    return open?.id === id ? open : null
  }

  const knownAs = (senior: SeniorId | null) => (senior === null ? null : parts.roster.bySenior(senior))

  /** The question is asked outside of the queue: nobody waits behind a slow network. */
  async function ask(question: LookupBody, use: (senior: FullSenior) => Promise<Done> | Done): Promise<Done> {
    const answer = await parts.ask(question)
    if (!answer.ok) return refuse('LOOKUP_OFFLINE')
    const { senior } = answer
    if (senior === null) return refuse('PERSON_NOT_FOUND')
    return await floor.inQueue(async () => {
      parts.welcome(senior)
      return await use(senior)
    })
  }

  const verified = { assurance: 'verified', atListPrice: false } as const

  return {
    comparePerson: id => change(id, verified, compare),
    enterPin: (id, pin) => change(id, verified, open => tryPin(open, pin)),
    takeListPrice: id => change(id, { atListPrice: true }, () => done),
    async askProvince(id) {
      const asked = shownOpen(id)
      const key = asked?.credentialKey
      if (!key || !isAskable(asked, knownAs(asked.senior))) return refuse('CHECK_IN_GONE')
      const owner = seniorId.safeParse(key)
      const question: LookupBody =
        asked.means === 'code' && owner.success ? { by: 'code', senior: owner.data } : { by: 'card', card: key }
      return await ask(question, async senior => {
        // Priced anew even where the roster feed was faster: what stands on the screen is still the stranger's price.
        const open = shownOpen(id)
        const fits = question.by === 'code' ? senior.id === question.senior : senior.cards.includes(key)
        if (open && fits) await floor.arrive({ ...open, who: 'senior', senior: senior.id })
        return fits ? done : refuse('PERSON_NOT_FOUND')
      })
    },
    askProvinceByName: (name, numberTail) =>
      ask({ by: 'name', name, numberTail }, senior => {
        const state = floor.state()
        if (state.state === 'desk') floor.set({ ...state, person: senior.id, came: null, notice: null })
        return done
      }),
  }
}

/** A credential whose owner is not known here by name: the province may know. */
export function isAskable(open: OpenCheckIn, senior: FullSenior | ThinSenior | null): boolean {
  return open.credentialKey !== null && senior?.kind !== 'full'
}
