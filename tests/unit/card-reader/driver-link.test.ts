import { EventEmitter } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { driverLink } from '../../../electron/core/devices/driver-link.ts'
import type { ToDriver } from '../../../electron/core/devices/driver-protocol.ts'

/** Electron's `process.parentPort`: messages come wrapped as `{ data }`. */
class FakeParentPort extends EventEmitter {
  readonly sent: unknown[] = []
  postMessage(message: unknown): void {
    this.sent.push(message)
  }
}

afterEach(() => {
  Reflect.deleteProperty(process, 'parentPort')
})

function listen() {
  const port = new FakeParentPort()
  Reflect.set(process, 'parentPort', port)
  const link = driverLink()
  const [messages, problems]: [ToDriver[], string[]] = [[], []]
  link.onMessage(
    message => messages.push(message),
    problem => problems.push(problem),
  )
  return { port, link, messages, problems }
}

test('in an Electron utility process the link is the parent port', () => {
  const { port, link, messages } = listen()
  link.post({ type: 'state', state: 'idle', media: 'absent' })
  port.emit('message', { data: { type: 'enable' } })
  expect(port.sent).toEqual([{ type: 'state', state: 'idle', media: 'absent' }])
  expect(messages).toEqual([{ type: 'enable' }])
})

test('a message outside the protocol is told as a problem and not handed on', () => {
  const { port, messages, problems } = listen()
  port.emit('message', { data: { type: 'format-disk' } })
  expect(messages).toEqual([])
  expect(problems).toEqual([expect.stringContaining('driver protocol')])
})
