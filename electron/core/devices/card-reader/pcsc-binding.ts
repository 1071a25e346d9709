import koffi, { type LibraryHandle } from 'koffi'

/**
 * PC/SC through koffi: `libpcsclite.so.1` (pcsc-lite 1.9) or `winscard.dll`. Every call runs off the main thread, so a reader that hangs
 * never stops this process from answering. UNCHECKED: the Windows side (32-bit DWORD, pointer-sized handles, 36 bytes of ATR) is written
 * after the Windows headers and has never run.
 */
const windows = process.platform === 'win32'
const dword = windows ? 'uint32' : 'ulong'
const long = windows ? 'int32' : 'long'
const handle = windows ? 'uintptr_t' : 'long'
const atrBytes = windows ? 36 : 33
const libraryFile = windows ? 'winscard.dll' : 'libpcsclite.so.1'

/** Result codes of PC/SC, as unsigned 32-bit numbers (winscard.h, pcsclite.h). */
export const pcscCode = {
  cancelled: 0x80100002,
  invalidHandle: 0x80100003,
  unknownReader: 0x80100009,
  timeout: 0x8010000a,
  sharingViolation: 0x8010000b,
  noSmartCard: 0x8010000c,
  protocolMismatch: 0x8010000f,
  systemCancelled: 0x80100012,
  communication: 0x80100013,
  notTransacted: 0x80100016,
  readerUnavailable: 0x80100017,
  noService: 0x8010001d,
  serviceStopped: 0x8010001e,
  noReaders: 0x8010002e,
  communicationLost: 0x8010002f,
  unsupportedCard: 0x80100065,
  unresponsiveCard: 0x80100066,
  unpoweredCard: 0x80100067,
  resetCard: 0x80100068,
  removedCard: 0x80100069,
} as const

const stateFlag = { ignore: 0x1, changed: 0x2, unknown: 0x4, unavailable: 0x8, present: 0x20, mute: 0x200 }
const scopeSystem = 2
const shareExclusive = 1
const protocolT0OrT1 = 3
const dispositions = { leave: 0, reset: 1 }

/** A PC/SC call that failed; `code` is one of `pcscCode` or another code of the service. */
export class PcscError extends Error {
  readonly code: number
  constructor(call: string, code: number) {
    super(`${call}: 0x${code.toString(16).padStart(8, '0')}`)
    this.name = 'PcscError'
    this.code = code
  }
}

/** What a reader holds. `insertions` counts its insertions and removals; `raw` is to be handed to the next wait. */
export interface ReaderStatus {
  raw: number
  insertions: number
  gone: boolean
  present: boolean
  mute: boolean
}

export interface PcscCard {
  /** One command APDU, the answer with its status word. Rejects with a PcscError. */
  transmit(command: Uint8Array): Promise<Uint8Array>
  /**
   * Lets go of the card, powered as it is or after a reset. pcscd takes a reset that fails for a removal that it never told, and then does
   * not see a card that is put in again before its next look: reset only what was just seen lying there.
   */
  disconnect(disposition: 'leave' | 'reset'): Promise<void>
}

export interface PcscContext {
  /** Names of the readers; empty where there are none. Rejects with a PcscError. */
  listReaders(): Promise<string[]>
  /** Waits until the state of `reader` differs from `known` (0 at first), is cancelled, or `milliseconds` passed. */
  waitForChange(reader: string, known: number, milliseconds: number): Promise<ReaderStatus>
  /** Ends a wait that is under way; nothing where there is none. */
  cancel(): Promise<void>
  /** Powers the card up for this process alone. Rejects with a PcscError. */
  connect(reader: string): Promise<PcscCard>
  release(): Promise<void>
}

type NativeFunction = ReturnType<LibraryHandle['func']>
type TypeSpec = Parameters<typeof koffi.sizeof>[0]

function loadLibrary() {
  const library = koffi.load(libraryFile)
  const stateType = koffi.struct({
    szReader: 'const char *',
    pvUserData: 'void *',
    dwCurrentState: dword,
    dwEventState: dword,
    cbAtr: dword,
    rgbAtr: koffi.array('uint8_t', atrBytes),
  })
  const bytes = 'uint8_t *'
  const bind = (name: string, parameters: TypeSpec[]): [string, NativeFunction] => [
    name,
    windows ? library.func('__stdcall', name, long, parameters) : library.func(name, long, parameters),
  ]
  const suffix = windows ? 'A' : ''
  return {
    establishContext: bind('SCardEstablishContext', [dword, 'void *', 'void *', bytes]),
    releaseContext: bind('SCardReleaseContext', [handle]),
    listReaders: bind(`SCardListReaders${suffix}`, [handle, 'const char *', bytes, bytes]),
    getStatusChange: bind(`SCardGetStatusChange${suffix}`, [
      handle,
      dword,
      koffi.inout(koffi.pointer(stateType)),
      dword,
    ]),
    cancel: bind('SCardCancel', [handle]),
    connect: bind(`SCardConnect${suffix}`, [handle, 'const char *', dword, dword, bytes, bytes]),
    disconnect: bind('SCardDisconnect', [handle, dword]),
    transmit: bind('SCardTransmit', [handle, bytes, bytes, dword, 'void *', bytes, bytes]),
  }
}

let loaded: ReturnType<typeof loadLibrary> | undefined

function call([, native]: [string, NativeFunction], ...parameters: unknown[]): Promise<number> {
  return new Promise((resolve, reject) => {
    native.async(...parameters, (error: unknown, result: unknown) => {
      if (error) reject(error)
      // pcsc-lite answers in a 64-bit long, Windows in a negative 32-bit one.
      else resolve(Number(result) >>> 0)
    })
  })
}

async function must(bound: [string, NativeFunction], ...parameters: unknown[]): Promise<void> {
  const code = await call(bound, ...parameters)
  if (code !== 0) throw new PcscError(bound[0], code)
}

const wordSize = koffi.sizeof(dword)
const handleSize = koffi.sizeof(handle)

function word(value: number): Buffer {
  const buffer = Buffer.alloc(wordSize)
  buffer.writeUInt32LE(value)
  return buffer
}

function readHandle(buffer: Buffer): number | bigint {
  return handleSize === 8 ? buffer.readBigInt64LE() : buffer.readInt32LE()
}

/**
 * A connection to the PC/SC service. Rejects with a PcscError where the service is down, and with koffi's error where its library is not
 * installed. One wait or one card call at a time; `cancel` may come at any moment.
 */
export async function establishPcsc(): Promise<PcscContext> {
  loaded ??= loadLibrary()
  const native = loaded
  const contextOut = Buffer.alloc(handleSize)
  await must(native.establishContext, scopeSystem, null, null, contextOut)
  const context = readHandle(contextOut)
  return {
    listReaders: async () => {
      const names = Buffer.alloc(8192)
      const length = word(names.length)
      const code = await call(native.listReaders, context, null, names, length)
      if (code === pcscCode.noReaders) return []
      if (code !== 0) throw new PcscError(native.listReaders[0], code)
      const text = names.subarray(0, length.readUInt32LE()).toString('utf8')
      return text.split('\0').filter(name => name !== '')
    },
    waitForChange: async (reader, known, milliseconds) => {
      const state = {
        szReader: reader,
        pvUserData: null,
        dwCurrentState: known,
        dwEventState: 0,
        cbAtr: 0,
        rgbAtr: new Uint8Array(atrBytes),
      }
      const code = await call(native.getStatusChange, context, milliseconds, state, 1)
      if (code === pcscCode.timeout || code === pcscCode.cancelled) return readerStatus(known)
      if (code !== 0) throw new PcscError(native.getStatusChange[0], code)
      return readerStatus(Number(state.dwEventState))
    },
    cancel: async () => {
      await call(native.cancel, context)
    },
    connect: async reader => {
      const cardOut = Buffer.alloc(handleSize)
      const protocol = word(0)
      await must(native.connect, context, reader, shareExclusive, protocolT0OrT1, cardOut, protocol)
      return connectedCard(native, readHandle(cardOut), protocol.readUInt32LE())
    },
    release: async () => {
      await call(native.releaseContext, context)
    },
  }
}

function readerStatus(event: number): ReaderStatus {
  const raw = (event & ~stateFlag.changed) >>> 0
  const has = (flag: number) => (raw & flag) !== 0
  return {
    raw,
    insertions: raw >>> 16,
    gone: has(stateFlag.ignore) || has(stateFlag.unknown) || has(stateFlag.unavailable),
    present: has(stateFlag.present),
    mute: has(stateFlag.mute),
  }
}

function connectedCard(native: ReturnType<typeof loadLibrary>, card: number | bigint, protocol: number): PcscCard {
  const protocolInfo = Buffer.concat([word(protocol), word(2 * wordSize)])
  return {
    transmit: async command => {
      const answer = Buffer.alloc(512)
      const length = word(answer.length)
      await must(native.transmit, card, protocolInfo, Buffer.from(command), command.length, null, answer, length)
      return new Uint8Array(answer.subarray(0, length.readUInt32LE()))
    },
    disconnect: async disposition => {
      await call(native.disconnect, card, dispositions[disposition])
    },
  }
}
