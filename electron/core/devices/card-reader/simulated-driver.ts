import { randomBytes } from 'node:crypto'
import type { CardRead } from '../../../../shared/credential.ts'
import { deviceEventId } from '../../../../shared/ids.ts'
import { uuidV7 } from '../../../../shared/uuid.ts'
import { driverLink } from '../driver-link.ts'
import type { ToDriver } from '../driver-protocol.ts'

/** Process entry of a card reader without a device, for the demo and for training: cards come by `simulate`. */

const link = driverLink()
const stamp = () => ({ eventId: deviceEventId.parse(uuidV7(Date.now(), randomBytes(10))), at: Date.now() })
let opened = false
let enabled = false
/** A card that was shown while the gate was shut lies in the reader until it opens. */
let waiting: CardRead | undefined

function postState(): void {
  const media = waiting === undefined ? 'absent' : 'present'
  if (opened) link.post({ type: 'state', state: 'idle', media, detail: 'simulated: no real reader' })
  else link.post({ type: 'state', state: 'closed', media: 'unknown', detail: 'simulated: no real reader' })
}

function readWaitingCard(): void {
  if (!opened || !enabled || waiting === undefined) return
  const card: CardRead = waiting.source === 'uid' ? waiting : { ...waiting, source: 'simulated' }
  waiting = undefined
  enabled = false
  link.post({ type: 'reading', ...stamp() })
  link.post({ type: 'data', ...stamp(), data: card })
}

function receive(message: ToDriver): void {
  switch (message.type) {
    case 'open':
    case 'close':
      opened = message.type === 'open'
      enabled = false
      waiting = undefined
      postState()
      return
    case 'enable':
      enabled = true
      readWaitingCard()
      return
    case 'disable':
      enabled = false
      return
    case 'health':
      postState()
      return
    // Nothing real that another process could hold.
    case 'claim':
    case 'release':
      return
    case 'simulate':
      if ('text' in message.data)
        link.post({ type: 'fault', ...stamp(), code: 'BAD_DATA', detail: 'a card reader was shown a code' })
      else {
        waiting = message.data
        readWaitingCard()
      }
      return
  }
}

link.onMessage(receive, problem => link.post({ type: 'fault', ...stamp(), code: 'IO', detail: problem }))
