import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { deviceEventId } from '../../../../shared/ids.ts'
import { uuidV7 } from '../../../../shared/uuid.ts'
import { claimDevice } from '../device-claim.ts'
import { driverLink } from '../driver-link.ts'
import type { FaultCode, ToDriver } from '../driver-protocol.ts'
import { type CardReaderLoop, runCardReader } from './card-reader-loop.ts'
import { establishPcsc } from './pcsc-binding.ts'
import { pcscConfig } from './pcsc-config.ts'

/** Process entry of the driver of social-security cards over PC/SC; speaks the driver protocol with whoever started it. */

const link = driverLink()
const now = () => Date.now()
const newEventId = () => deviceEventId.parse(uuidV7(now(), randomBytes(10)))
let config: z.infer<typeof pcscConfig> | undefined
let loop: CardReaderLoop | undefined
let ending: Promise<void> | undefined

function fault(code: FaultCode, detail: string): void {
  link.post({ type: 'fault', eventId: newEventId(), at: now(), code, detail })
}

function open(raw: unknown): void {
  if (config !== undefined) {
    fault('IO', 'the reader is open already')
    return
  }
  const parsed = pcscConfig.safeParse(raw)
  if (parsed.success) config = parsed.data
  else fault('IO', `configuration of the card reader: ${z.prettifyError(parsed.error)}`)
}

function claim(): void {
  if (config === undefined) {
    fault('IO', 'the reader is not open')
    return
  }
  const { reader, uidOrder } = config
  loop ??= runCardReader({
    establish: establishPcsc,
    claim: claimDevice,
    ...(reader === undefined ? {} : { reader }),
    ...(uidOrder === undefined ? {} : { uidOrder }),
    post: link.post,
    now,
    newEventId,
  })
}

/** The loop says `closed` itself when it has ended. */
async function release(): Promise<void> {
  if (loop === undefined) {
    await ending
    link.post({ type: 'state', state: 'closed', media: 'unknown' })
    return
  }
  ending = loop.close()
  loop = undefined
}

function receive(message: ToDriver): void {
  switch (message.type) {
    case 'open':
      open(message.config)
      return
    case 'claim':
      claim()
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
      config = undefined
      void release()
      return
    case 'release':
      void release()
      return
    case 'simulate':
      fault('IO', 'this driver reads real cards only')
      return
  }
}

link.onMessage(receive, problem => fault('IO', problem))
