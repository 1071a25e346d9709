import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

/** Electron's MessagePortMain over a port of Node: messages wait until `start`, and come as events. */
export class MessagePortMain extends EventEmitter {
  readonly #port: MessagePort
  #transferred = false

  constructor(port: MessagePort) {
    super()
    this.#port = port
    port.on('close', () => this.emit('close'))
  }

  start(): void {
    this.#refuseTransferred()
    this.#port.on('message', data => this.emit('message', { data, ports: [] }))
  }

  postMessage(message: unknown): void {
    this.#refuseTransferred()
    this.#port.postMessage(message)
  }

  close(): void {
    this.#port.close()
  }

  /** Takes the port out, for its way to another process. */
  transfer(): MessagePort {
    this.#refuseTransferred()
    this.#transferred = true
    this.#port.removeAllListeners()
    return this.#port
  }

  #refuseTransferred(): void {
    if (this.#transferred) throw new Error('Electron double: this port was handed over already')
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new MessagePortMain(port1)
    this.port2 = new MessagePortMain(port2)
  }
}
