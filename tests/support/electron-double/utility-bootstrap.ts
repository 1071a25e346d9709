import { EventEmitter } from 'node:events'
import { pathToFileURL } from 'node:url'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { MessagePortMain } from './message-port-main.ts'

/** Runs a module the way a utility process does: with `process.parentPort`, whose events carry the ports handed over. */

class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    parentPort?.postMessage(message)
  }
}

const port = new ParentPort()
Object.assign(process, { parentPort: port })
parentPort?.on('message', ({ data, ports }: { data: unknown; ports: MessagePort[] }) => {
  port.emit('message', { data, ports: ports.map(handed => new MessagePortMain(handed)) })
})
await import(pathToFileURL(String(workerData.modulePath)).href)
