import { fork } from 'node:child_process'
import type { StartProcess } from './core-supervisor.ts'
import { entryFile } from './driver-entries.ts'

/**
 * Starts processes of the terminal as forked children of Node, from the sources as they are. `coreEntry` takes the core's place where given.
 * Each ends by itself when this process goes.
 */
export function forkProcess(coreEntry?: string): StartProcess<never> {
  return (entry, events) => {
    const file =
      entry === 'core' && coreEntry !== undefined ? coreEntry : entryFile(import.meta.dirname, entry, 'source')
    const child = fork(file, [], {
      serialization: 'advanced',
      // Ctrl-C reaches a whole group of processes; these are ended by their host, in order.
      detached: true,
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    let ended = false
    function end(): void {
      if (ended) return
      ended = true
      events.onExit()
    }
    child.on('message', message => events.onMessage(message))
    child.on('exit', end)
    // A fork that could not be made emits no `exit`.
    child.on('error', () => {
      if (child.pid === undefined) end()
    })
    return {
      // A child that just died takes no message; its exit tells that.
      post: message => {
        if (child.connected && typeof message === 'object' && message !== null) child.send(message, () => undefined)
      },
      kill: () => void child.kill('SIGKILL'),
      processId: () => child.pid ?? null,
    }
  }
}
