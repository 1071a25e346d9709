import { connect, type Socket } from 'node:net'
import iconv from 'iconv-lite'
import koffi from 'koffi'
import { z } from 'zod'

/** How a virtual card misbehaves. Commands are counted from 0, GET RESPONSE and repeats included, since it was put in. */
export type CardFault =
  | { kind: 'removed'; atCommand: number }
  | { kind: 'silent'; atCommand: number }
  | { kind: 'slow'; milliseconds: number }
  | { kind: 'garbage'; seed: number }
  | { kind: 'one-byte' }
  | { kind: 'not-social-security' }

/** Plain data, so that it can be passed between processes as JSON. */
export interface VirtualCardProfile {
  /** 32 hex digits: region (6), D156000005, serial. */
  cardId: string
  cardNumber: string
  citizenNumber: string
  name: string
  /** '3.00' keeps citizen number and name for authenticated readers. */
  version: '1.00' | '2.00' | '3.00'
  /** YYYY-MM-DD */
  validUntil: string
  fault?: CardFault
}

/** What a card does with one command; `pull` and `silence` stand for no answer at all. */
export type CardAnswer = { kind: 'bytes'; bytes: Uint8Array; afterMilliseconds: number } | { kind: 'pull' | 'silence' }

export interface VirtualCard {
  atr: Uint8Array
  /** Power off, on and reset: nothing is selected any more. */
  reset(): void
  answer(command: Uint8Array): CardAnswer
}

const environmentName = '7378312E73682EC9E7BBE1B1A3D5CF'
const status = (word: number) => Buffer.from([word >> 8, word & 0xff])

/**
 * A social-security card that speaks T=0: SELECT answers 61xx, a wrong length answers 6Cxx. Names are written in GB18030, split over the
 * name record (30 bytes) and its extension (20 bytes) as on a real card.
 */
export function virtualCard(profile: VirtualCardProfile): VirtualCard {
  const { fault } = profile
  const records = recordsOf(profile)
  let environment = false
  let file: number | undefined
  let waiting: Buffer | undefined
  let commands = 0
  const random = randomBytesFrom(fault?.kind === 'garbage' ? fault.seed : 0)

  function reset(): void {
    environment = false
    file = undefined
    waiting = undefined
  }

  function select(command: Buffer): Buffer {
    const target = command
      .subarray(5, 5 + (command[4] ?? 0))
      .toString('hex')
      .toUpperCase()
    if (command[2] === 0x04) {
      if (target !== environmentName || fault?.kind === 'not-social-security') return status(0x6a82)
      reset()
      environment = true
      waiting = Buffer.from(`6F19840F${environmentName}A5069F0C03860101`, 'hex')
      return status(0x6100 | waiting.length)
    }
    const found = /^EF0[56]$/.test(target) && environment && command[2] === 0x02
    if (!found) return status(0x6a82)
    file = Number.parseInt(target, 16)
    return status(0x9000)
  }

  function readRecord(command: Buffer): Buffer {
    if (file === undefined) return status(0x6985)
    if (file === 0xef06 && profile.version === '3.00') return status(0x6982)
    const record = records.get(`${file}:${command[2]}`)
    if (record === undefined || command[3] !== 0) return status(0x6a83)
    return command[4] === record.length ? Buffer.concat([record, status(0x9000)]) : status(0x6c00 | record.length)
  }

  function properAnswer(command: Buffer): Buffer {
    const instruction = command[1]
    if (instruction === 0xc0) {
      const answer = waiting === undefined ? status(0x6985) : Buffer.concat([waiting, status(0x9000)])
      waiting = undefined
      return answer
    }
    waiting = undefined
    if (instruction === 0xa4) return select(command)
    return instruction === 0xb2 ? readRecord(command) : status(0x6d00)
  }

  return {
    atr: Buffer.from('3B6D000000814E43238697159900BF7C7A', 'hex'),
    reset,
    answer: raw => {
      const number = commands
      commands += 1
      const proper = properAnswer(Buffer.from(raw))
      const bytes = (value: Uint8Array, afterMilliseconds = 0): CardAnswer => ({
        kind: 'bytes',
        bytes: value,
        afterMilliseconds,
      })
      switch (fault?.kind) {
        case 'removed':
          return number >= fault.atCommand ? { kind: 'pull' } : bytes(proper)
        case 'silent':
          return number >= fault.atCommand ? { kind: 'silence' } : bytes(proper)
        case 'slow':
          return bytes(proper, fault.milliseconds)
        case 'garbage':
          return bytes(Buffer.concat([random(raw[1] === 0xb2 ? (raw[4] ?? 0) : 0), status(0x9000)]))
        case 'one-byte':
          return bytes(Buffer.from([0x90]))
        default:
          return bytes(proper)
      }
    },
  }
}

function recordsOf(profile: VirtualCardProfile): Map<string, Buffer> {
  const name = iconv.encode(profile.name, 'gb18030')
  if (name.length > 50) throw new RangeError('a card holds a name of at most 50 bytes')
  const table: [file: number, tag: number, length: number, value: Buffer][] = [
    [0xef05, 0x01, 16, Buffer.from(profile.cardId, 'hex')],
    [0xef05, 0x03, 4, Buffer.from(profile.version, 'ascii')],
    [0xef05, 0x05, 4, Buffer.from('20180601', 'hex')],
    [0xef05, 0x06, 4, Buffer.from(profile.validUntil.replaceAll('-', ''), 'hex')],
    [0xef05, 0x07, 9, Buffer.from(profile.cardNumber, 'ascii')],
    [0xef06, 0x08, 18, Buffer.from(profile.citizenNumber, 'ascii')],
    [0xef06, 0x09, 30, name.subarray(0, 30)],
  ]
  // A first-generation card has no extension of the name.
  if (profile.version !== '1.00') table.push([0xef06, 0x4e, 20, name.subarray(30)])
  return new Map(
    table.map(([file, tag, length, value]) => {
      if (value.length > length) throw new RangeError(`record ${tag.toString(16)} is longer than ${length} bytes`)
      const padded = Buffer.concat([value, Buffer.alloc(length - value.length)])
      return [`${file}:${tag}`, Buffer.concat([Buffer.from([tag, length]), padded])]
    }),
  )
}

/** Random bytes that a seed repeats (xorshift32). */
function randomBytesFrom(seed: number): (length: number) => Buffer {
  let state = seed | 1
  return length =>
    Buffer.from(
      Array.from({ length }, () => {
        state ^= state << 13
        state ^= state >>> 17
        state ^= state << 5
        return state & 0xff
      }),
    )
}

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
