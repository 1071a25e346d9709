import { execFileSync } from 'node:child_process'
import { read } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { openPseudoTerminal } from './pseudo-terminal.ts'

/** A printer behind a device file: answers DLE EOT and GS r like one that is well, and keeps the bytes of its jobs. */
export interface DevicePrinter {
  readonly path: string
  bytes(): Uint8Array
  unplug(): void
}

export function openDevicePrinter(): DevicePrinter {
  const cable = openPseudoTerminal()
  execFileSync('stty', ['-F', cable.path, 'raw', '-echo'])
  const heard: number[] = []
  let open = true
  const some = () =>
    new Promise<Uint8Array | null>(resolve => {
      const room = Buffer.alloc(4096)
      read(cable.cable, room, 0, room.length, null, (error, count) => resolve(error ? null : room.subarray(0, count)))
    })
  async function listen(): Promise<void> {
    while (open) {
      // While nobody has the device open there is nothing to read, which pts(4) calls an error.
      const bytes = await some()
      if (bytes === null) await pause(10)
      else take(bytes)
    }
  }
  let rest: number[] = []
  function take(bytes: Uint8Array): void {
    rest.push(...bytes)
    while (rest.length > 0) {
      const [first, second] = rest
      if (first === 0x10 || (first === 0x1d && (second === 0x72 || second === undefined))) {
        if (rest.length < 3) return
        cable.write(Uint8Array.of(first === 0x10 ? 0x12 : 0))
        rest = rest.slice(3)
      } else {
        heard.push(first ?? 0)
        rest = rest.slice(1)
      }
    }
  }
  void listen()
  return {
    path: cable.path,
    bytes: () => Uint8Array.from(heard),
    unplug() {
      open = false
      cable.unplug()
    },
  }
}
