import type { SocialSecurityCardRead } from '../../../../../shared/credential.ts'
import type { DeviceTools, OpenDevice } from '../../driver-main.ts'
import type { DeviceState, FaultCode, MediaState } from '../../driver-protocol.ts'
import { cardFromItems } from './card-from-items.ts'
import type { Helper, HelperAnswer, HelperRequest } from './helper-process.ts'
import { vendorMeaning, withoutNumbers } from './vendor-errors.ts'

const firstBackoff = 250
const lastBackoff = 5_000
/** Between two looks, in ms; the second one while a card that was read still lies there. */
const lookPause = 300
const lyingPause = 1_000

export interface VendorReaderOptions extends DeviceTools {
  startHelper(): Helper
  profile: Extract<HelperRequest, { type: 'open' }>['profile']
  /** How long the helper may take (ms) to open its library, and to look for a card and read it. */
  deadlines: { open: number; read: number }
}

/** Where a fault leaves the device; a card that cannot be read leaves the reader ready. */
const statesAfter: Partial<Record<FaultCode, DeviceState>> = {
  READER_GONE: 'no-device',
  READER_SETUP: 'error',
  IO: 'error',
}

/**
 * Watches a reader through a helper program, by asking it for a card again and again while enabled. A card is reported once as long as it
 * lies there, each fault once until the reader was empty or another card was read. A helper that hangs or ends is started again, with a
 * pause that grows from 250 ms to 5 s.
 */
export function runVendorReader(options: VendorReaderOptions): OpenDevice {
  const { post, now, newEventId, deadlines } = options
  let state: DeviceState = 'closed'
  let media: MediaState = 'unknown'
  let detail: string | undefined
  let posted = ''
  let enabled = false
  let closed = false
  let backoff = firstBackoff
  let helper: Helper | undefined
  let wakePause: (() => void) | undefined
  let lyingCard: string | undefined
  const reported = new Set<FaultCode>()

  const postState = () => post({ type: 'state', state, media, ...(detail === undefined ? {} : { detail }) })

  function setState(nextState: DeviceState, nextMedia: MediaState, nextDetail?: string): void {
    state = nextState
    media = nextMedia
    detail = nextDetail
    const key = JSON.stringify([state, media, detail])
    if (key !== posted) postState()
    posted = key
  }

  function fault(code: FaultCode, words: string): void {
    if (!reported.has(code)) post({ type: 'fault', eventId: newEventId(), at: now(), code, detail: words })
    reported.add(code)
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
      const started = options.startHelper()
      helper = started
      const opened = await started.ask({ type: 'open', profile: options.profile }, deadlines.open)
      if (!closed && isOpen(opened)) {
        setState('idle', 'unknown')
        while (!closed && (await look(started)) === 'goes on') await sleep(restTime())
      }
      started.end()
      if (closed) return
      await sleep(backoff)
      backoff = Math.min(backoff * 2, lastBackoff)
    }
  }

  const restTime = () => (!enabled || lyingCard !== undefined ? lyingPause : lookPause)

  function isOpen(answer: HelperAnswer): boolean {
    if (!answer.ok) {
      setState('error', 'unknown', `the helper program: ${answer.detail}`)
      fault('DRIVER_CRASHED', `the helper program: ${answer.detail}`)
      return false
    }
    if (answer.reply.type === 'opened') return true
    const words = 'text' in answer.reply ? withoutNumbers(answer.reply.text) : 'a card before it was open'
    setState('error', 'unknown', `the middleware does not open: ${words}`)
    fault('IO', `the middleware does not open: ${words}`)
    return false
  }

  async function look(from: Helper): Promise<'goes on' | 'lost'> {
    if (!enabled) return 'goes on'
    const startedAt = now()
    const answer = await from.ask({ type: 'read' }, deadlines.read)
    if (closed) return 'lost'
    if (!answer.ok) {
      setState('error', 'unknown', `the helper program: ${answer.detail}`)
      if (answer.lost === 'silent') fault('TIMEOUT', `the middleware hangs: ${answer.detail}`)
      else post({ type: 'fault', eventId: newEventId(), at: now(), code: 'DRIVER_CRASHED', detail: answer.detail })
      return 'lost'
    }
    backoff = firstBackoff
    const { reply } = answer
    if (reply.type === 'card') {
      const judged = cardFromItems(reply.card)
      if (judged.ok)
        cardRead({ ...judged.card, source: 'ssc-vendor', readMilliseconds: Math.max(0, now() - startedAt) })
      else unread('BAD_DATA', judged.detail)
    } else if (reply.type === 'opened') unread('IO', 'it opened what was open')
    else if (reply.type === 'error') refused(reply.code, withoutNumbers(reply.text))
    else unread(reply.type === 'setup' ? 'READER_SETUP' : 'BAD_DATA', withoutNumbers(reply.text))
    return 'goes on'
  }

  function cardRead(card: SocialSecurityCardRead): void {
    setState('idle', 'present')
    // Disabled meanwhile: the card is read again when the core asks for it.
    if (!enabled || card.cardId === lyingCard) return
    lyingCard = card.cardId
    reported.clear()
    enabled = false
    post({ type: 'reading', eventId: newEventId(), at: now() })
    post({ type: 'data', eventId: newEventId(), at: now(), data: card })
  }

  function refused(code: number, text: string): void {
    const meaning = vendorMeaning(code)
    if (meaning.kind === 'fault') {
      unread(meaning.fault, text === '' ? meaning.words : `${meaning.words}: ${text}`)
      return
    }
    lyingCard = undefined
    reported.clear()
    setState('idle', 'absent')
  }

  function unread(code: FaultCode, words: string): void {
    const nextState = statesAfter[code]
    if (nextState !== undefined) setState(nextState, 'unknown', words)
    else setState('idle', code === 'CARD_MUTE' ? 'mute' : 'present', words)
    if (enabled) fault(code, words)
  }

  const loop = run()
  return {
    enable: () => {
      enabled = true
      wakePause?.()
    },
    disable: () => {
      enabled = false
    },
    health: postState,
    close: async () => {
      closed = true
      helper?.end()
      wakePause?.()
      await loop
      setState('closed', 'unknown')
    },
  }
}
