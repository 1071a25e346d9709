import { connect, type Socket } from 'node:net'
import koffi from 'koffi'
import { z } from 'zod'
import { type VirtualCard, type VirtualCardProfile, virtualCard } from './virtual-card.ts'

/** A slot of the virtual reader, as a hand at the reader uses it. */
export interface VirtualReader {
  /** Puts a card in; a card that is in already is taken out first. Resolves when the reader has it. */
  insert(profile: VirtualCardProfile): Promise<void>
  /** Takes the card out and waits until the service can have noticed (it looks every 400 ms). */
  remove(): Promise<void>
}

const noticed = 600

/**
 * The virtual reader of vsmartcard-vpcd on this machine: a card is a TCP client of it. Slot 0 is the reader "Virtual PCD 00 00", slot 1 is
 * "Virtual PCD 00 01". Any process may play a card, one at a time for each slot.
 */
export function virtualReader(slot: 0 | 1 = 0): VirtualReader {
  let inside: Socket | undefined
  async function remove(): Promise<void> {
    if (inside === undefined) return
    inside.destroy()
    inside = undefined
    await new Promise(resolve => setTimeout(resolve, noticed))
  }
  return {
    insert: async profile => {
      await remove()
      inside = await play(virtualCard(profile), 0x8c7b + slot)
    },
    remove,
  }
}

function play(card: VirtualCard, port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  let held = Buffer.alloc(0)
  socket.on('data', chunk => {
    held = Buffer.concat([held, chunk])
    acknowledgeAtOnce(socket)
    while (held.length >= 2 && held.length >= 2 + held.readUInt16BE()) {
      const end = 2 + held.readUInt16BE()
      const frame = held.subarray(2, end)
      held = held.subarray(end)
      handleFrame(socket, card, frame)
    }
  })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      // The service may end while the card is in: for a card that is the same as being pulled.
      socket.on('error', () => socket.destroy())
      resolve(socket)
    })
  })
}

/** A frame of one byte is control: 0 off, 1 on, 2 reset, 4 asks for the ATR, and only 4 is answered. */
function handleFrame(socket: Socket, card: VirtualCard, frame: Buffer): void {
  const write = (bytes: Uint8Array) => {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(bytes.length)
    if (socket.writable) socket.write(Buffer.concat([length, bytes]))
  }
  if (frame.length === 1) {
    if (frame[0] === 4) write(card.atr)
    else card.reset()
    return
  }
  const answer = card.answer(frame)
  if (answer.kind === 'pull') socket.destroy()
  else if (answer.kind === 'bytes') {
    if (answer.afterMilliseconds === 0) write(answer.bytes)
    else setTimeout(() => write(answer.bytes), answer.afterMilliseconds)
  }
}

const handleOfSocket = z.object({ _handle: z.object({ fd: z.int().nonnegative() }) })
const setSocketOption =
  process.platform === 'linux'
    ? koffi.load('libc.so.6').func('int setsockopt(int fd, int level, int name, const int *value, uint32_t length)')
    : undefined

/** vpcd writes length and body apart without TCP_NODELAY: the kernel's late acknowledgement would cost 40 ms for each command. */
function acknowledgeAtOnce(socket: Socket): void {
  const parsed = handleOfSocket.safeParse(socket)
  const [tcpLevel, quickAcknowledge] = [6, 12]
  if (parsed.success) setSocketOption?.(parsed.data._handle.fd, tcpLevel, quickAcknowledge, [1], 4)
}
