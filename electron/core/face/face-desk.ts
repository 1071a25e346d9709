import type { FaceCredential, TurnSeen } from '../../../shared/credential.ts'
import { type FaceOutcome, mostTries, searchFrames, searchMembers, stepAfter } from '../../../shared/face/decide.ts'
import type { Embedding } from '../../../shared/face/embedding.ts'
import type { LookStage } from '../../../shared/face-api.ts'
import type { CheckInId, OperatorId, SeniorId } from '../../../shared/ids.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { FaceWithdrawal } from '../../../shared/province-api.ts'
import type { Done, Notice } from '../../../shared/terminal-api.ts'
import type { BlankCheckIn, CheckInState, FaceToConfirm, OpenCheckIn } from '../check-in-state.ts'
import type { FaceCounterParts } from './counter-parts.ts'
import { numbersIn } from './face-parts.ts'
import type { FaceRules } from './face-setting.ts'
import { hasTurned } from './has-turned.ts'
import { judgeOne } from './judge.ts'

/** Who was asked "is it you?" and has not answered after this long (ms) has gone. */
const patience = 2 * 60_000

/** A look whose page went away in the middle of it is over after this long (ms). */
const longestLook = 60_000

/** What an outcome says of a person who came by another means. */
const besides = { 'person-confirms': 'match', 'staff-compares': 'staff-compares', nobody: 'differs' } as const

const done: Done = { result: 'done' }

/** What faces need of the counter where somebody stands, the till's one check-in or the station's desk; every call of it happens in the queue. */
export interface FaceFloor {
  state(): CheckInState
  set(state: CheckInState): void
  inQueue<T>(work: () => Promise<T> | T): Promise<T>
  /** See check-in.ts: false where a sale stays on the screen. */
  makesWay(): Promise<boolean>
  obstacle(): Notice | null
  /** Says that the same credential has just made a sale; false where it has not. */
  tellRepeat(key: string, means: 'face'): boolean
  blank(): BlankCheckIn
  begin(open: OpenCheckIn): void
  /** Staff compared the person of this check-in with their papers or portrait. */
  compared(id: CheckInId, operator: OperatorId): Promise<Done>
  /** See `Floor`; `key` names the credential for repeats. */
  arrive(open: OpenCheckIn, key: string): Promise<void>
  problem(code: ProblemCode, extra: { means: 'face'; faceTries?: number; values?: Notice['values'] }): void
}

export type Look = Omit<FaceCredential, 'means'> & {
  checkIn: CheckInId | null
  senior: SeniorId | null
  turn: TurnSeen | null
}

export interface FaceDesk {
  look(look: Look): Promise<Done>
  /** What a look asks of the person now; null where none goes on. */
  atCamera(): LookStage | null
  setAtCamera(stage: LookStage | null): Done
  confirm(id: CheckInId, by: 'person' | 'staff' | 'compared'): Promise<Done>
  notThem(id: CheckInId): Promise<Done>
  portrait(id: CheckInId): Uint8Array | null
  /** See `FaceTries`. */
  forgetTries(senior: SeniorId | null): void
  /** Takes a question off the screen whose answer was withdrawn at another counter meanwhile. */
  hear(withdrawals: readonly FaceWithdrawal[]): void
}

/**
 * Recognises faces. A face never opens a check-in: it names somebody, and a person says whether it is them. Beside a card, a code or a name
 * it tells staff whether to compare, and lifts nothing by itself.
 */
export function createFaceDesk(parts: FaceCounterParts, floor: FaceFloor): FaceDesk {
  const { faces, setting, roster, clock, tries } = parts
  let camera: { stage: LookStage; at: number } | null = null
  const refuse = (code: ProblemCode): Done => ({ result: 'refused', notice: { code, values: {} } })

  /** The template of one person: kept here for a member, fetched for this one look for a visitor. */
  async function templateFor(senior: SeniorId, rules: FaceRules): Promise<Embedding | ProblemCode> {
    const own = roster.isMember(senior) ? faces.templateOf(senior, rules) : await parts.away.fetch(senior, rules)
    return own === null ? 'FACE_NOT_ENROLLED' : own === 'other-engine' ? 'FACE_ENGINE_DIFFERS' : own
  }

  /** How many tries are gone: those that are remembered, and those that stand on the screen, however long they do. */
  function triesGone({ senior }: Look): number {
    const state = floor.state()
    return Math.max(tries.gone(senior), state.state === 'problem' ? state.faceTries : 0)
  }

  /** Says that one of the tries is gone. */
  function missed(before: number, code: ProblemCode = 'FACE_TRY_AGAIN'): void {
    const faceTries = before + 1
    const isOver = stepAfter('nobody', faceTries) === 'other-means'
    floor.problem(isOver ? 'FACE_NO_MATCH' : code, { means: 'face', faceTries })
  }

  /** A look without the turn that this site asks for compares nothing, and is one of the tries. */
  async function withoutTurn(look: Look): Promise<Done> {
    return await floor.inQueue(async () => {
      const state = floor.state()
      if (look.checkIn === null) {
        const before = triesGone(look)
        if (before >= mostTries) return refuse('FACE_NO_MATCH')
        if (await floor.makesWay()) {
          tries.count(look.senior)
          missed(before, 'FACE_NO_TURN')
        }
        return refuse('FACE_NO_TURN')
      }
      if (state.state !== 'priced' || state.open.id !== look.checkIn) return refuse('CHECK_IN_GONE')
      if (state.open.proxy !== null) return refuse('PROXY_STANDS_HERE')
      const before = state.open.face?.tries ?? 0
      if (before >= mostTries) return refuse('FACE_NO_MATCH')
      floor.begin({ ...state.open, held: true, face: { result: 'no-turn', tries: before + 1 } })
      return refuse('FACE_NO_TURN')
    })
  }

  async function lookBeside(id: CheckInId, frames: readonly Embedding[], rules: FaceRules): Promise<Done> {
    const asked = floor.state()
    const senior = asked.state === 'priced' && asked.open.id === id ? asked.open.senior : null
    if (senior === null) return refuse('CHECK_IN_GONE')
    const template = await templateFor(senior, rules)
    if (typeof template === 'string') return refuse(template)
    return await floor.inQueue(() => {
      const state = floor.state()
      if (state.state !== 'priced' || state.open.id !== id) return refuse('CHECK_IN_GONE')
      if (state.open.proxy !== null) return refuse('PROXY_STANDS_HERE')
      const before = state.open.face?.tries ?? 0
      if (before >= mostTries) return refuse('FACE_NO_MATCH')
      const result = judgeOne(frames, template, rules)
      if (result === 'person-confirms') touch(senior)
      parts.measure.hold(id, senior, frames)
      // A face that does not fit is a reason to look at the person, so nothing records itself any more.
      const held = state.open.held || result !== 'person-confirms'
      floor.begin({ ...state.open, held, face: { result: besides[result], tries: before + 1 } })
      return done
    })
  }

  async function lookFor(look: Look, frames: readonly Embedding[], rules: FaceRules): Promise<Done> {
    if (look.senior !== null && roster.bySenior(look.senior)?.kind !== 'full') return refuse('FACE_NOT_ENROLLED')
    const named = look.senior === null ? null : await templateFor(look.senior, rules)
    if (typeof named === 'string') return refuse(named)
    return await floor.inQueue(async () => {
      const before = triesGone(look)
      if (before >= mostTries) return refuse('FACE_NO_MATCH')
      if (!(await floor.makesWay())) return done
      const inTheWay = floor.obstacle()
      if (inTheWay) {
        floor.problem(inTheWay.code, { means: 'face', values: inTheWay.values })
        return done
      }
      const found =
        look.senior !== null && named !== null
          ? { senior: look.senior, outcome: judgeOne(frames, named, rules) }
          : among(frames, rules)
      if (typeof found === 'string') return refuse(found)
      // A question that nobody answers was a try, too; the right answer forgets it.
      tries.count(look.senior)
      if (found === null || found.outcome === 'nobody') missed(before)
      else {
        const asking = asked(look, found.senior, found.outcome, before)
        parts.measure.hold(asking.open.id, found.senior, frames)
        floor.set(asking)
      }
      return done
    })
  }

  function among(
    frames: readonly Embedding[],
    rules: FaceRules,
  ): ProblemCode | { senior: SeniorId; outcome: FaceOutcome } | null {
    const members = faces.gallery(rules).filter(({ id }) => roster.isMember(id))
    if (frames.length !== searchFrames) return 'FACE_UNCLEAR'
    const found = searchMembers({ frames, members, model: rules, allowed: setting.mostMembers() })
    if (found.outcome === 'too-many-members') return 'FACE_ONLY_WITH_OTHER'
    // Whose tries by name are gone is not asked about in another way.
    if (found.outcome === 'nobody' || tries.gone(found.id) >= mostTries) return null
    return { senior: found.id, outcome: found.outcome }
  }

  function asked(look: Look, senior: SeniorId, result: FaceToConfirm['result'], tries: number): FaceToConfirm {
    const open: OpenCheckIn = {
      ...floor.blank(),
      who: 'senior',
      senior,
      means: 'face',
      assurance: 'presented',
      codeKind: null,
      credentialKey: null,
      tail: null,
      atListPrice: false,
      device: { id: `camera:${look.camera}`.slice(0, 64), eventId: look.eventId, simulated: false },
      face: null,
    }
    return { state: 'face-to-confirm', open, result, tries, at: clock.now() }
  }

  function toConfirm(id: CheckInId): FaceToConfirm | null {
    const state = floor.state()
    const isHere = state.state === 'face-to-confirm' && state.open.id === id && clock.now() - state.at < patience
    return isHere ? state : null
  }

  /** A member whose face went while the question stood there: it names nobody any more. */
  function isWithdrawn(senior: SeniorId | null, rules: FaceRules): boolean {
    return senior !== null && roster.isMember(senior) && faces.templateOf(senior, rules) === null
  }

  function touch(senior: SeniorId): void {
    const held = faces.consentOf(senior)
    if (held && held.usedOn < parts.today()) faces.note({ ...held, usedOn: parts.today() })
  }

  return {
    atCamera: () => (camera !== null && clock.monotonic() - camera.at < longestLook ? camera.stage : null),
    setAtCamera(stage) {
      if (setting.rules() === null && stage !== null) return refuse('FACE_OFF')
      camera = stage === null ? null : { stage, at: clock.monotonic() }
      parts.onChange()
      return done
    },
    async look(look) {
      const rules = setting.rules()
      if (rules === null) return refuse('FACE_OFF')
      const frames = numbersIn(rules, look, look.frames)
      if (frames === null) return refuse('FACE_ENGINE_DIFFERS')
      if (rules.headTurn === true && !hasTurned(rules, look, frames)) return await withoutTurn(look)
      return look.checkIn === null ? await lookFor(look, frames, rules) : await lookBeside(look.checkIn, frames, rules)
    },
    confirm: (id, by) =>
      floor.inQueue(async () => {
        const rules = setting.rules()
        if (rules === null) return refuse('FACE_OFF')
        const asking = toConfirm(id)
        if (asking === null) return refuse('CHECK_IN_GONE')
        if (isWithdrawn(asking.open.senior, rules)) {
          floor.problem('FACE_NOT_ENROLLED', { means: 'face' })
          return refuse('FACE_NOT_ENROLLED')
        }
        if (asking.result === 'staff-compares' && by !== 'compared') return refuse('FACE_STAFF_COMPARES')
        const { open } = asking
        const key = `face|${open.senior}`
        if (floor.tellRepeat(key, 'face')) return done
        const inTheWay = floor.obstacle()
        if (inTheWay) return { result: 'refused', notice: inTheWay }
        if (by === 'compared') {
          const operator = parts.operator()
          if (operator === null) return refuse('NO_SHIFT')
          const compared = await floor.compared(open.id, operator)
          if (compared.result === 'refused') return compared
        }
        if (open.senior !== null) touch(open.senior)
        parts.measure.confirmed(open.id)
        await floor.arrive({ ...open, assurance: by === 'compared' ? 'verified' : 'presented' }, key)
        return done
      }),
    notThem: id =>
      floor.inQueue(() => {
        const asking = toConfirm(id)
        if (asking === null) return refuse('CHECK_IN_GONE')
        missed(asking.tries)
        return done
      }),
    portrait(id) {
      const state = floor.state()
      const open =
        state.state === 'face-to-confirm' || (state.state === 'priced' && state.open.assurance !== 'verified')
          ? state.open
          : null
      if (setting.rules() === null || open?.id !== id || open.senior === null) return null
      return roster.isMember(open.senior) ? faces.portraitOf(open.senior) : null
    },
    forgetTries: tries.forget,
    hear(withdrawals) {
      const isOver = (senior: SeniorId | null) =>
        withdrawals.some(heard => heard.senior === senior && heard.what.some(kind => kind !== 'portrait'))
      void floor.inQueue(() => {
        const state = floor.state()
        if (state.state !== 'face-to-confirm' || !isOver(state.open.senior)) return
        floor.problem('FACE_NOT_ENROLLED', { means: 'face' })
      })
    },
  }
}
