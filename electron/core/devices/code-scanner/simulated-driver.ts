import { randomBytes } from 'node:crypto'
import { deviceEventId } from '../../../../shared/ids.ts'
import { uuidV7 } from '../../../../shared/uuid.ts'
import { driverLink } from '../driver-link.ts'
import type { DeviceState, ToDriver } from '../driver-protocol.ts'

/** The driver process of a code scanner that is not there: it reads what `simulate` gives it, and says in every state that it is simulated. */
const link = driverLink()
let state: DeviceState = 'closed'
let isEnabled = false

function tell(remark?: string): void {
  const detail = remark === undefined ? 'simulated' : `simulated: ${remark}`
  link.post({ type: 'state', state, media: 'unknown', detail })
}

function enter(next: DeviceState): void {
  state = next
  tell()
}

function scan(data: Extract<ToDriver, { type: 'simulate' }>['data']): void {
  if (!('text' in data)) tell('a scanner reads no cards')
  else if (state !== 'idle' || !isEnabled) tell('a code came while the scanner was not enabled')
  else {
    isEnabled = false
    const at = Date.now()
    const eventId = deviceEventId.parse(uuidV7(at, randomBytes(10)))
    link.post({ type: 'data', eventId, at, data: { source: 'simulated', text: data.text } })
  }
}

function obey(message: ToDriver): void {
  if (message.type === 'enable') isEnabled = true
  else if (message.type === 'disable' || message.type === 'close') isEnabled = false
  if (message.type === 'open') enter('idle')
  else if (message.type === 'close') enter('closed')
  else if (message.type === 'health') tell()
  else if (message.type === 'simulate') scan(message.data)
}

link.onMessage(obey, tell)
