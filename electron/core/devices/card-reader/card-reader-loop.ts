import type { CardRead } from '../../../../shared/credential.ts'
import type { DeviceEventId } from '../../../../shared/ids.ts'
import type { DeviceState, FaultCode, FromDriver, MediaState } from '../driver-protocol.ts'
import { type PcscContext, PcscError, pcscCode, type ReaderStatus } from './pcsc-binding.ts'
import { causeOf, faultOf } from './pcsc-fault.ts'
import { readSocialSecurityCard } from './social-security-card.ts'

/** A read that takes longer ends in TIMEOUT. */
const readDeadline = 2_000
const firstBackoff = 250
const lastBackoff = 4_000
const readerPoll = 1_000
/** A cancel that comes just before its wait is lost; this bounds what that costs. */
const waitSlice = 250
/** Longer than the slowest poll of a reader seen (400 ms): by then a pulled card is known to be gone. */
const retryPause = 600

export interface CardReaderOptions {
  establish(): Promise<PcscContext>
  /** Part of the reader's name; the first reader where absent. */
  reader?: string
  post(message: FromDriver): void
  /** Unix time in ms. */
  now(): number
  newEventId(): DeviceEventId
}

export interface CardReaderLoop {
  enable(): void
  disable(): void
  /** Posts the present state. */
  health(): void
  /** Ends the loop and posts `closed`; resolves also where a call to the reader hangs. */
  close(): Promise<void>
}

interface Insertion {
  count: number
  reported: Set<FaultCode>
  attempts: number
  done: boolean
  retryAt: number
}

type Outcome = { kind: 'card'; card: CardRead } | { kind: 'fault'; code: FaultCode; detail: string }

function stateAfter(code: FaultCode): DeviceState {
  if (code === 'SERVICE_DOWN') return 'no-service'
  return code === 'READER_GONE' ? 'no-device' : 'error'
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
const pause = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))

/**
 * Watches one card reader and heals by itself: service, reader and card may each go and come back at any time. A card is reported once for
 * each time it is put in, and only while enabled; a report disables. A card that cannot be read is tried again while it lies there (a quick
 * swap may go unseen by the service), but each fault is reported once.
 */
export function runCardReader(options: CardReaderOptions): CardReaderLoop {
  const { post, now, newEventId } = options
  let state: DeviceState = 'no-service'
  let media: MediaState = 'unknown'
  let detail: string | undefined
  let posted = ''
  let enabled = false
  let closed = false
  let backoff = firstBackoff
  let context: PcscContext | undefined
  let wakePause: (() => void) | undefined
  const { promise: whenClosed, resolve: tellClosed } = Promise.withResolvers<void>()
  // What was read last, and whether the reader was seen empty since: after the service came back, the same card may still lie there.
  let lastCardId: string | undefined
  let emptiedSince = true

  const postState = () => post({ type: 'state', state, media, ...(detail === undefined ? {} : { detail }) })

  function setState(nextState: DeviceState, nextMedia: MediaState, nextDetail?: string): void {
    state = nextState
    media = nextMedia
    detail = nextDetail
    const key = JSON.stringify([state, media, detail])
    if (key !== posted) postState()
    posted = key
  }

  function postFault(code: FaultCode, words: string): void {
    post({ type: 'fault', eventId: newEventId(), at: now(), code, detail: words })
  }

  async function sleep(milliseconds: number): Promise<void> {
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, milliseconds)
      wakePause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    wakePause = undefined
  }

  async function run(): Promise<void> {
    while (!closed) {
      try {
        context = await options.establish()
        await watchService(context)
      } catch (error) {
        setState(context === undefined ? 'no-service' : stateAfter(faultOf(error)), 'unknown', wordsOf(error))
      }
      // Its result does not matter: the service that would refuse it is the one that is gone.
      await context?.release()
      context = undefined
      if (closed) return
      await sleep(backoff)
      backoff = Math.min(backoff * 2, lastBackoff)
    }
  }

  async function watchService(service: PcscContext): Promise<void> {
    while (!closed) {
      const names = await service.listReaders()
      backoff = firstBackoff
      const name = names.find(each => options.reader === undefined || each.includes(options.reader))
      if (name !== undefined) await watchReader(service, name)
      if (closed) return
      const others = names.filter(each => each !== name)
      setState('no-device', 'unknown', `other readers: ${others.length === 0 ? 'none' : others.join(', ')}`)
      await sleep(readerPoll)
    }
  }

  /** Returns when the reader is gone; rejects when the service is. */
  async function watchReader(service: PcscContext, name: string): Promise<void> {
    let known = 0
    let insertion: Insertion | undefined
    while (!closed) {
      let status: ReaderStatus
      try {
        status = await service.waitForChange(name, known, waitSlice)
      } catch (error) {
        if (faultOf(error) === 'READER_GONE') return
        throw error
      }
      if (status.gone) return
      known = status.raw
      if (!status.present) {
        insertion = undefined
        emptiedSince = true
        setState('idle', 'absent', name)
        continue
      }
      if (insertion?.count !== status.insertions) {
        if (insertion !== undefined) emptiedSince = true
        insertion = { count: status.insertions, reported: new Set(), attempts: 0, done: false, retryAt: 0 }
      }
      if (enabled && !insertion.done && now() >= insertion.retryAt) {
        if ((await tryCard(service, name, insertion, known)) === 'reader gone') return
        insertion.retryAt = now() + retryPause
      }
      setState('idle', status.mute ? 'mute' : 'present', name)
    }
  }

  async function tryCard(
    service: PcscContext,
    name: string,
    insertion: Insertion,
    known: number,
  ): Promise<'reader gone' | undefined> {
    insertion.attempts += 1
    const first = insertion.attempts === 1
    // Only the first try shows: a faulty card that is left in must not make the screen flicker.
    if (first && emptiedSince) {
      post({ type: 'reading', eventId: newEventId(), at: now() })
      setState('busy', 'present', name)
    }
    const { outcome, hanging } = await readWithDeadline(service, name)
    if (hanging !== undefined) {
      if (enabled && !insertion.reported.has('TIMEOUT')) postFault('TIMEOUT', `no whole answer in ${readDeadline} ms`)
      insertion.reported.add('TIMEOUT')
      setState('error', 'present', 'the card does not answer')
      // The card takes no other command before: nothing to do but wait, or be closed.
      await Promise.race([hanging, whenClosed])
      return
    }
    if (closed) return
    if (outcome.kind === 'card') {
      // Disabled meanwhile: the card is read again when the core asks for it.
      if (!enabled) return
      insertion.done = true
      if (!emptiedSince && outcome.card.cardId === lastCardId) return
      lastCardId = outcome.card.cardId
      emptiedSince = false
      enabled = false
      post({ type: 'data', eventId: newEventId(), at: now(), data: outcome.card })
      return
    }
    const { code } = outcome
    // To a retry, a card that was just pulled looks like a faulty one: let the reader notice first.
    if (!first && code !== 'SERVICE_DOWN' && code !== 'READER_GONE') {
      if (code === 'CARD_REMOVED' || insertion.reported.has(code)) return
      if (!(await staysIn(service, name, insertion, known))) return
    }
    if (enabled && !insertion.reported.has(code)) postFault(code, outcome.detail)
    insertion.reported.add(code)
    if (code === 'SERVICE_DOWN') throw new PcscError('read', pcscCode.noService)
    return code === 'READER_GONE' ? 'reader gone' : undefined
  }

  async function staysIn(service: PcscContext, name: string, insertion: Insertion, known: number): Promise<boolean> {
    let status: ReaderStatus = { raw: known, insertions: insertion.count, gone: false, present: true, mute: false }
    const until = now() + retryPause
    while (now() < until && status.present && status.insertions === insertion.count)
      status = await service.waitForChange(name, status.raw, until - now())
    return status.present && status.insertions === insertion.count
  }

  /** One read. After the deadline `hanging` is what is still under way; the command that comes next in it is not sent. */
  async function readWithDeadline(
    service: PcscContext,
    name: string,
  ): Promise<{ outcome: Outcome; hanging?: never } | { outcome?: never; hanging: Promise<Outcome> }> {
    const over = new AbortController()
    const work = readCard(service, name, now(), over.signal)
    let timeout: NodeJS.Timeout | undefined
    const late = new Promise<undefined>(resolve => {
      timeout = setTimeout(() => resolve(undefined), readDeadline)
    })
    const outcome = await Promise.race([work, late])
    clearTimeout(timeout)
    if (outcome !== undefined) return { outcome }
    over.abort()
    return { hanging: work }
  }

  async function readCard(service: PcscContext, name: string, startedAt: number, over: AbortSignal): Promise<Outcome> {
    try {
      const card = await connectAlone(service, name, over)
      try {
        const result = await readSocialSecurityCard(command => {
          over.throwIfAborted()
          return card.transmit(command)
        })
        if (!result.ok) return { kind: 'fault', code: result.code, detail: result.detail }
        return {
          kind: 'card',
          card: { ...result.card, source: 'ssc-pcsc', readMilliseconds: Math.max(0, now() - startedAt) },
        }
      } finally {
        await card.disconnect()
      }
    } catch (error) {
      return { kind: 'fault', code: await causeOf(error, service), detail: wordsOf(error) }
    }
  }

  const loop = run()
  return {
    enable: () => {
      enabled = true
      wake()
    },
    disable: () => {
      enabled = false
    },
    health: postState,
    close: async () => {
      closed = true
      tellClosed()
      wake()
      await Promise.race([loop, pause(500)])
      setState('closed', 'unknown')
    },
  }

  function wake(): void {
    wakePause?.()
    void context?.cancel()
  }
}

/** Other programs look at a new card for a moment (Windows itself does): wait for them. */
async function connectAlone(service: PcscContext, name: string, over: AbortSignal) {
  for (;;) {
    over.throwIfAborted()
    try {
      return await service.connect(name)
    } catch (error) {
      if (!(error instanceof PcscError) || error.code !== pcscCode.sharingViolation) throw error
      await pause(50)
    }
  }
}
