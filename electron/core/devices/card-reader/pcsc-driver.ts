import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { deviceEventId } from '../../../../shared/ids.ts'
import { uuidV7 } from '../../../../shared/uuid.ts'
import { driverLink } from '../driver-link.ts'
import type { FaultCode, ToDriver } from '../driver-protocol.ts'
import { type CardReaderLoop, runCardReader } from './card-reader-loop.ts'
import { establishPcsc } from './pcsc-binding.ts'

/** Process entry of the driver of social-security cards over PC/SC; speaks the driver protocol with whoever started it. */

const config = z.strictObject({ reader: z.string().min(1).optional() })

const link = driverLink()
const now = () => Date.now()
const newEventId = () => deviceEventId.parse(uuidV7(now(), randomBytes(10)))
let loop: CardReaderLoop | undefined

function fault(code: FaultCode, detail: string): void {
  link.post({ type: 'fault', eventId: newEventId(), at: now(), code, detail })
}

function open(raw: unknown): void {
  if (loop !== undefined) {
    fault('IO', 'the reader is open already')
    return
  }
  const parsed = config.safeParse(raw)
  if (!parsed.success) {
    fault('IO', `configuration of the card reader: ${z.prettifyError(parsed.error)}`)
    return
  }
  const { reader } = parsed.data
  loop = runCardReader({
    establish: establishPcsc,
    ...(reader === undefined ? {} : { reader }),
    post: link.post,
    now,
    newEventId,
  })
}

async function close(): Promise<void> {
  const closing = loop
  loop = undefined
  if (closing === undefined) link.post({ type: 'state', state: 'closed', media: 'unknown' })
  else await closing.close()
}

function receive(message: ToDriver): void {
  switch (message.type) {
    case 'open':
      open(message.config)
      return
    case 'enable':
      loop?.enable()
      return
    case 'disable':
      loop?.disable()
      return
    case 'health':
      if (loop === undefined) link.post({ type: 'state', state: 'closed', media: 'unknown' })
      else loop.health()
      return
    case 'close':
      void close()
      return
    case 'simulate':
      fault('IO', 'this driver reads real cards only')
      return
  }
}

link.onMessage(receive, problem => fault('IO', problem))
