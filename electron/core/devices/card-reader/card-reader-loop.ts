import { cardKey } from '../../../../shared/credential.ts'
import type { DeviceEventId } from '../../../../shared/ids.ts'
import type { ReleaseClaim } from '../device-claim.ts'
import type { DeviceState, FaultCode, FromDriver, MediaState } from '../driver-protocol.ts'
import { type PcscContext, PcscError, pcscCode, type ReaderStatus } from './pcsc-binding.ts'
import { faultOf } from './pcsc-fault.ts'
import { type ReadOptions, readDeadline, readWithDeadline, wordsOf } from './read-card.ts'
import { readersFor } from './reader-names.ts'

const firstBackoff = 250
/** Asking a service that is down costs little, and a till waits for the answer. */
const lastBackoff = 1_000
const readerPoll = 1_000
/** A cancel that comes just before its wait is lost; this bounds what that costs. */
const waitSlice = 250
/** A service that has not answered such a wait after this long (ms) hangs. */
const hungAfter = 5_000
/** Longer than the slowest poll of a reader seen (400 ms): by then a pulled card is known to be gone. */
const retryPause = 600

export interface CardReaderOptions extends ReadOptions {
  establish(): Promise<PcscContext>
  /** Takes a reader for this driver alone; undefined where another holds it. */
  claim(reader: string): Promise<ReleaseClaim | undefined>
  /** Pattern of the reader's name; the reader that suits best where absent. */
  reader?: string
  post(message: FromDriver): void
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

function stateAfter(code: FaultCode): DeviceState {
  if (code === 'SERVICE_DOWN') return 'no-service'
  return code === 'READER_GONE' ? 'no-device' : 'error'
}

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
  let lastCard: string | undefined
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
      const fitting = readersFor(names, options.reader)
      const watched = await watchFirstFree(service, fitting)
      if (closed) return
      const others = names.filter(name => name !== watched)
      if (watched === undefined && fitting.length > 0)
        setState('error', 'unknown', `another driver holds ${fitting.join(', ')}`)
      else setState('no-device', 'unknown', `other readers: ${others.length === 0 ? 'none' : others.join(', ')}`)
      await sleep(readerPoll)
    }
  }

  /** The reader that was watched until it went; undefined where none of these could be claimed. */
  async function watchFirstFree(service: PcscContext, names: readonly string[]): Promise<string | undefined> {
    for (const name of names) {
      const release = await options.claim(name)
      if (release === undefined) continue
      try {
        await watchReader(service, name)
      } finally {
        await release()
      }
      return name
    }
    return undefined
  }

  /** Returns when the reader is gone; rejects when the service is. */
  async function watchReader(service: PcscContext, name: string): Promise<void> {
    let known = 0
    let insertion: Insertion | undefined
    while (!closed) {
      let status: ReaderStatus
      // Nothing ends a call to a service that hangs: it is said, and the wait goes on until the service answers or is started anew.
      const alarm = setTimeout(() => setState('no-service', 'unknown', 'the card service does not answer'), hungAfter)
      try {
        status = await service.waitForChange(name, known, waitSlice)
      } catch (error) {
        if (faultOf(error) === 'READER_GONE') return
        throw error
      } finally {
        clearTimeout(alarm)
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
    const { outcome, hanging } = await readWithDeadline(service, name, { ...options, isRetry: !first })
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
      if (!emptiedSince && cardKey(outcome.card) === lastCard) return
      lastCard = cardKey(outcome.card)
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
