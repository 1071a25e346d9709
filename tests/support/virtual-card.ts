import iconv from 'iconv-lite'

/** How a virtual card misbehaves. Commands are counted from 0, GET RESPONSE and repeats included, since it was put in. */
export type CardFault =
  | { kind: 'removed'; atCommand: number }
  | { kind: 'silent'; atCommand: number }
  | { kind: 'slow'; milliseconds: number }
  | { kind: 'garbage'; seed: number }
  | { kind: 'one-byte' }
  | { kind: 'not-social-security'; status?: 0x6a81 | 0x6a82 }

/** A social-security card. Plain data, so that it can be passed between processes as JSON. */
export interface SocialSecurityProfile {
  /** 32 hex digits: region (6), D156000005, serial. */
  cardId: string
  cardNumber: string
  citizenNumber: string
  name: string
  /** '3.00' keeps citizen number and name for authenticated readers. */
  version: '1.00' | '2.00' | '3.00'
  /** YYYY-MM-DD */
  validUntil: string
  /** Lies on a contactless slot: speaks T=1, and the reader tells this UID of it (hex in air order). A card in a contact slot speaks T=0. */
  contactless?: { uid: string }
  /** Knows its records by their number only (READ RECORD with P2 = 04), not by their tag. */
  numberedRecords?: boolean
  /** Takes SELECT of a file with this P1 only; 02 where absent. */
  selectsFilesBy?: 0x00 | 0x02
  /** Its record of the card number has room for 12 characters instead of 9. */
  longCardNumber?: boolean
  fault?: CardFault
}

/** A card of another kind: a bank's chip, which knows an application of its own, or a plain NFC card, which knows no commands at all. */
export interface OtherCardProfile {
  kind: 'bank' | 'nfc'
  /** What a contactless reader tells as its UID, hex; null in a contact slot. */
  uid: string | null
  fault?: CardFault
}

export type VirtualCardProfile = SocialSecurityProfile | OtherCardProfile

/** What a card does with one command; `pull` and `silence` stand for no answer at all. */
export type CardAnswer = { kind: 'bytes'; bytes: Uint8Array; afterMilliseconds: number } | { kind: 'pull' | 'silence' }

export interface VirtualCard {
  atr: Uint8Array
  /** Power off, on and reset: nothing is selected any more. */
  reset(): void
  answer(command: Uint8Array): CardAnswer
}

/** The card, and what a contactless reader adds of its own. */
interface Chip {
  atr: Uint8Array
  reset(): void
  properAnswer(command: Buffer): Buffer
}

const environmentName = '7378312E73682EC9E7BBE1B1A3D5CF'
const bankDirectory = '315041592E5359532E4444463031'
const status = (word: number) => Buffer.from([word >> 8, word & 0xff])
const selectedName = (command: Buffer) =>
  command
    .subarray(5, 5 + (command[4] ?? 0))
    .toString('hex')
    .toUpperCase()

/** A card by its profile, with the fault that the profile gives it. Names are written in GB18030. */
export function virtualCard(profile: VirtualCardProfile): VirtualCard {
  const { fault } = profile
  const chip = 'kind' in profile ? otherChip(profile) : socialSecurityChip(profile)
  let commands = 0
  const random = randomBytesFrom(fault?.kind === 'garbage' ? fault.seed : 0)
  return {
    atr: chip.atr,
    reset: chip.reset,
    answer: raw => {
      const number = commands
      commands += 1
      const proper = chip.properAnswer(Buffer.from(raw))
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

/** In a contact slot over T=0: SELECT answers 61xx, a wrong length answers 6Cxx. On a contactless slot over T=1: the data comes at once. */
function socialSecurityChip(profile: SocialSecurityProfile): Chip {
  const { contactless, fault, numberedRecords = false, selectsFilesBy = 0x02 } = profile
  const files = filesOf(profile)
  let environment = false
  let file: Map<number, Buffer> | undefined
  let waiting: Buffer | undefined

  function reset(): void {
    environment = false
    file = undefined
    waiting = undefined
  }

  function select(command: Buffer): Buffer {
    const target = selectedName(command)
    if (command[2] === 0x04) {
      const refusal = fault?.kind === 'not-social-security' ? (fault.status ?? 0x6a82) : 0x6a82
      if (target !== environmentName || fault?.kind === 'not-social-security') return status(refusal)
      reset()
      environment = true
      const control = Buffer.from(`6F19840F${environmentName}A5069F0C03860101`, 'hex')
      if (contactless !== undefined) return Buffer.concat([control, status(0x9000)])
      waiting = control
      return status(0x6100 | control.length)
    }
    const found = environment && command[2] === selectsFilesBy ? files.get(target) : undefined
    if (found === undefined) return status(command[2] === selectsFilesBy ? 0x6a82 : 0x6a86)
    file = found
    return status(0x9000)
  }

  function readRecord(command: Buffer): Buffer {
    const [, , which = 0, how, length = 0] = command
    if (file === undefined) return status(0x6985)
    if (file === files.get('EF06') && profile.version === '3.00') return status(0x6982)
    if (how !== (numberedRecords ? 0x04 : 0x00)) return status(0x6a86)
    const record = numberedRecords ? [...file.values()][which - 1] : file.get(which)
    if (record === undefined) return status(0x6a83)
    const fits = contactless === undefined ? length === record.length : length >= record.length
    return fits ? Buffer.concat([record, status(0x9000)]) : status(0x6c00 | record.length)
  }

  function properAnswer(command: Buffer): Buffer {
    const [group, instruction] = command
    if (group === 0xff) return readersOwnAnswer(command, contactless?.uid ?? null)
    if (instruction === 0xc0) {
      const answer = waiting === undefined ? status(0x6985) : Buffer.concat([waiting, status(0x9000)])
      waiting = undefined
      return answer
    }
    waiting = undefined
    if (instruction === 0xa4) return select(command)
    return instruction === 0xb2 ? readRecord(command) : status(0x6d00)
  }

  const history = Buffer.from('00814E43238697159900BF7C7A', 'hex')
  const contactAtr = Buffer.concat([Buffer.from('3B6D0000', 'hex'), history])
  return { atr: contactless === undefined ? contactAtr : contactlessAtr(history), reset, properAnswer }
}

function otherChip({ kind, uid }: OtherCardProfile): Chip {
  function properAnswer(command: Buffer): Buffer {
    if (command[0] === 0xff) return readersOwnAnswer(command, uid)
    if (kind === 'nfc') return status(0x6a81)
    const isItsOwn = command[1] === 0xa4 && selectedName(command) === bankDirectory
    if (isItsOwn) return status(0x9000)
    return status(command[1] === 0xa4 ? 0x6a82 : 0x6d00)
  }
  const history = Buffer.from(kind === 'nfc' ? '804F0CA00000030603000100000000' : '0073C8400013009000', 'hex')
  const contactAtr = Buffer.concat([Buffer.from([0x3b, 0x60 | history.length, 0x00, 0x00]), history])
  return { atr: uid === null ? contactAtr : contactlessAtr(history), reset: () => undefined, properAnswer }
}

/** Class FF never reaches a card over the air: the reader itself answers it (PC/SC part 3). A contact slot hands it to the card. */
function readersOwnAnswer(command: Buffer, uid: string | null): Buffer {
  if (uid === null) return status(0x6e00)
  const asksForUid = command[1] === 0xca && command[2] === 0x00
  return asksForUid ? Buffer.concat([Buffer.from(uid, 'hex'), status(0x9000)]) : status(0x6a81)
}

/** The ATR that a reader makes up for a contactless card (PC/SC part 3): T=1, the historical bytes, and a check byte. */
function contactlessAtr(history: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from([0x80 | history.length, 0x80, 0x01]), history])
  return Buffer.concat([Buffer.from([0x3b]), body, Buffer.from([body.reduce((check, byte) => check ^ byte, 0)])])
}

/** EF05 and EF06 with their records in order, each as tag, length, value. */
function filesOf(profile: SocialSecurityProfile): Map<string, Map<number, Buffer>> {
  const name = iconv.encode(profile.name, 'gb18030')
  if (name.length > 50) throw new RangeError('a card holds a name of at most 50 bytes')
  const ascii = (text: string) => Buffer.from(text, 'ascii')
  type Row = [tag: number, length: number, value: Buffer]
  const basic: Row[] = [
    [0x01, 16, Buffer.from(profile.cardId, 'hex')],
    [0x02, 1, ascii('3')],
    [0x03, 4, ascii(profile.version)],
    [0x04, 12, Buffer.from('910000023304123456789012', 'hex')],
    [0x05, 4, Buffer.from('20180601', 'hex')],
    [0x06, 4, Buffer.from(profile.validUntil.replaceAll('-', ''), 'hex')],
    [0x07, profile.longCardNumber ? 12 : 9, ascii(profile.cardNumber)],
  ]
  // A first-generation card has no extension of the name.
  const extension: Row[] = profile.version === '1.00' ? [] : [[0x4e, 20, name.subarray(30)]]
  const person: Row[] = [
    [0x08, 18, ascii(profile.citizenNumber)],
    [0x09, 30, name.subarray(0, 30)],
    ...extension,
    [0x0a, 1, ascii('1')],
  ]
  const file = (rows: Row[]) =>
    new Map(
      rows.map(([tag, length, value]) => {
        if (value.length > length) throw new RangeError(`record ${tag.toString(16)} is longer than ${length} bytes`)
        return [tag, Buffer.concat([Buffer.from([tag, length]), value, Buffer.alloc(length - value.length)])]
      }),
    )
  return new Map([
    ['EF05', file(basic)],
    ['EF06', file(person)],
  ])
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
