import { EventEmitter } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { MessagePortMain } from './message-port-main.ts'

/** Electron's utility process, played by a worker thread: Node can hand a port to a thread, not to a forked process. */
export class UtilityProcess extends EventEmitter {
  /** A thread has no process id. */
  readonly pid = undefined
  readonly #worker: Worker

  constructor(modulePath: string, args: readonly string[]) {
    super()
    this.#worker = new Worker(new URL('utility-bootstrap.ts', import.meta.url), {
      argv: [...args],
      execArgv: ['--import', new URL('register.ts', import.meta.url).href],
      workerData: { modulePath },
    })
    this.#worker.on('online', () => this.emit('spawn'))
    this.#worker.on('message', message => this.emit('message', message))
    this.#worker.on('error', error =>
      process.stderr.write(`utility process ${modulePath}: ${error.stack ?? String(error)}\n`),
    )
    this.#worker.on('exit', code => this.emit('exit', code))
  }

  postMessage(data: unknown, ports: readonly MessagePortMain[] = []): void {
    const handed = ports.map(port => port.transfer())
    this.#worker.postMessage({ data, ports: handed }, handed)
  }

  kill(): boolean {
    void this.#worker.terminate()
    return true
  }
}
