import { bytesToHex, concatBytes, hexToBytes } from '../../../../shared/bytes.ts'
import type { CardRead } from '../../../../shared/credential.ts'
import type { FaultCode } from '../driver-protocol.ts'

/** Sends one command APDU; resolves to the answer with its status word, or to nothing at all where the card is gone. */
export type Transmit = (command: Uint8Array) => Promise<Uint8Array>

/** What the card itself tells; the driver adds its source and time. */
export type SocialSecurityCard = Omit<CardRead, 'source' | 'readMilliseconds'>

/** `detail` names the step and the status word, never what the card holds. */
export type CardResult =
  | { ok: true; card: SocialSecurityCard }
  | { ok: false; code: Extract<FaultCode, 'NOT_SSC' | 'CARD_REMOVED' | 'BAD_DATA' | 'CARD_ERROR'>; detail: string }

type Failure = Extract<CardResult, { ok: false }>
type Answer = { ok: true; data: Uint8Array; status: number } | Failure
type Value = { ok: true; value: Uint8Array } | { ok: true; refused: number } | Failure

/** Name of the social-security environment: `sx1.sh.` and 社会保障 in GBK (LD/T 32-2015). */
const environmentName = hexToBytes('7378312e73682ec9e7bbe1b1a3d5cf')
const issuerMark = 'd156000005'
const notThisCard = new Set([0x6700, 0x6a81, 0x6a82, 0x6a86, 0x6d00, 0x6e00])
const success = 0x9000

const bad = (detail: string): Failure => ({ ok: false, code: 'BAD_DATA', detail })
const hex = (status: number) => status.toString(16).toUpperCase().padStart(4, '0')

/**
 * Reads a social-security card (LD/T 32-2015, file structure 2.0): EF05 always, EF06 where the card gives it without authentication
 * (generations 1.x and 2.x). Each field is checked for tag, length and character set; at the end the card id is read again, so that two
 * cards are never mixed into one identity. Rejects only where `transmit` rejects.
 */
export async function readSocialSecurityCard(transmit: Transmit): Promise<CardResult> {
  const environment = await send(transmit, [0x00, 0xa4, 0x04, 0x00, environmentName.length, ...environmentName])
  if (!environment.ok) return environment
  if (notThisCard.has(environment.status))
    return { ok: false, code: 'NOT_SSC', detail: `SELECT SSSE: ${hex(environment.status)}` }
  if (environment.status !== success) return refusal('SELECT SSSE', environment.status)

  const basic = await readBasicFile(transmit)
  if (!basic.ok) return basic
  const person = await readPersonFile(transmit)
  if (!person.ok) return person
  const again = await readCardId(transmit)
  if (!again.ok) return again
  if (again.cardId !== basic.cardId) return bad('the card id changed while reading')

  const { cardId, version, cardNumber, validUntil } = basic
  const { citizenNumber, name } = person
  return {
    ok: true,
    card: {
      cardId,
      ...(version === undefined ? {} : { version }),
      ...(cardNumber === undefined ? {} : { cardNumber }),
      ...(validUntil === undefined ? {} : { validUntil }),
      ...(citizenNumber === undefined ? {} : { citizenNumber }),
      ...(name === undefined ? {} : { name }),
      full: citizenNumber !== undefined && name !== undefined,
      warnings: [...basic.warnings, ...person.warnings],
    },
  }
}

async function readCardId(transmit: Transmit): Promise<{ ok: true; cardId: string } | Failure> {
  const selected = await selectFile(transmit, 0x05)
  if (!selected.ok) return selected
  if (selected.status !== success) return refusal('SELECT EF05', selected.status)
  const id = await readRecord(transmit, 0x01, 16)
  if (!id.ok) return id
  if ('refused' in id) return refusal('EF05 record 01', id.refused)
  const text = bytesToHex(id.value)
  if (!/^[1-9]\d{5}$/.test(text.slice(0, 6))) return bad('EF05 record 01: no region code')
  if (text.slice(6, 16) !== issuerMark) return bad('EF05 record 01: no issuer mark')
  return { ok: true, cardId: text.toUpperCase() }
}

interface BasicFile {
  ok: true
  cardId: string
  version?: string
  cardNumber?: string
  validUntil?: string
  warnings: string[]
}

async function readBasicFile(transmit: Transmit): Promise<BasicFile | Failure> {
  const id = await readCardId(transmit)
  if (!id.ok) return id
  const basic: BasicFile = { ok: true, cardId: id.cardId, warnings: [] }

  const version = await readRecord(transmit, 0x03, 4)
  if (!version.ok) return version
  if ('refused' in version) basic.warnings.push(`no version: ${hex(version.refused)}`)
  else {
    const text = ascii(version.value)
    if (!/^\d\.\d\d$/.test(text)) return bad('EF05 record 03: not a version')
    basic.version = text
  }

  const validUntil = await readRecord(transmit, 0x06, 4)
  if (!validUntil.ok) return validUntil
  if ('refused' in validUntil) basic.warnings.push(`no date of expiry: ${hex(validUntil.refused)}`)
  else if (!isBlank(validUntil.value)) {
    const digits = bytesToHex(validUntil.value)
    if (!/^\d{8}$/.test(digits)) return bad('EF05 record 06: not a date')
    const date = calendarDate(digits)
    if (date === undefined) basic.warnings.push('the date of expiry is in no calendar')
    else basic.validUntil = date
  }

  const number = await readRecord(transmit, 0x07, 9, 'or longer')
  if (!number.ok) return number
  if ('refused' in number) basic.warnings.push(`no card number: ${hex(number.refused)}`)
  else {
    const text = ascii(withoutPadding(number.value.subarray(0, 9)))
    if (!/^[0-9A-Za-z]*$/.test(text)) return bad('EF05 record 07: not a card number')
    if (text !== '') basic.cardNumber = text
  }
  return basic
}

interface PersonFile {
  ok: true
  citizenNumber?: string
  name?: string
  warnings: string[]
}

async function readPersonFile(transmit: Transmit): Promise<PersonFile | Failure> {
  const person: PersonFile = { ok: true, warnings: [] }
  const selected = await selectFile(transmit, 0x06)
  if (!selected.ok) return selected
  const number =
    selected.status === success ? await readRecord(transmit, 0x08, 18) : { ok: true as const, refused: selected.status }
  if (!number.ok) return number
  if ('refused' in number) {
    // A third-generation card keeps this file for authenticated readers: no fault, the card id is enough.
    if (number.refused !== 0x6982) person.warnings.push(`no citizen number: ${hex(number.refused)}`)
    return person
  }
  const numberText = ascii(withoutPadding(number.value))
  if (!/^[0-9A-Z]*$/.test(numberText)) return bad('EF06 record 08: not a citizen number')
  if (/^\d{17}[\dX]$/.test(numberText)) {
    if (!isCitizenNumber(numberText)) return bad('EF06 record 08: the check digit is wrong')
    person.citizenNumber = numberText
  } else person.warnings.push('the social-security number is not a citizen number')

  const name = await readRecord(transmit, 0x09, 30)
  if (!name.ok) return name
  if ('refused' in name) {
    person.warnings.push(`no name: ${hex(name.refused)}`)
    return person
  }
  const extension = await readRecord(transmit, 0x4e, 20)
  if (!extension.ok) return extension
  const rest = 'refused' in extension ? new Uint8Array() : withoutPadding(extension.value)
  const nameBytes = concatBytes(withoutPadding(name.value), rest)
  if (nameBytes.length === 0) {
    person.warnings.push('the name is blank')
    return person
  }
  const text = decodeName(nameBytes)
  if (text === undefined) return bad('EF06 record 09: not a name in GBK')
  if (/\p{Co}/u.test(text)) person.warnings.push('the name has characters of a private font')
  else person.name = text
  return person
}

/** SELECT by file id: P1 = 02 (an EF of this directory), then 00, as cards differ. */
async function selectFile(transmit: Transmit, shortId: number): Promise<Answer> {
  const selected = await send(transmit, [0x00, 0xa4, 0x02, 0x00, 0x02, 0xef, shortId])
  if (!selected.ok || selected.status === success || selected.status === 0x6982) return selected
  return send(transmit, [0x00, 0xa4, 0x00, 0x00, 0x02, 0xef, shortId])
}

/** READ RECORD by identifier; the answer is tag, length, value. A status word other than success comes back as `refused`. */
async function readRecord(transmit: Transmit, tag: number, length: number, more?: 'or longer'): Promise<Value> {
  const answer = await send(transmit, [0x00, 0xb2, tag, 0x00, length + 2])
  if (!answer.ok) return answer
  if (answer.status !== success) {
    // 69xx and 6Axx are the card's considered "no"; anything else is a card in trouble.
    const kind = answer.status >> 8
    return kind === 0x69 || kind === 0x6a
      ? { ok: true, refused: answer.status }
      : refusal(recordName(tag), answer.status)
  }
  const { data } = answer
  if (data[0] !== tag) return bad(`${recordName(tag)}: wrong tag`)
  if (data[1] !== data.length - 2) return bad(`${recordName(tag)}: wrong length`)
  if (more === undefined ? data.length !== length + 2 : data.length < length + 2)
    return bad(`${recordName(tag)}: wrong length`)
  return { ok: true, value: data.subarray(2) }
}

/** One command with what T=0 asks for: 61xx fetches the waiting answer, 6Cxx repeats with the right length. */
async function send(transmit: Transmit, command: number[]): Promise<Answer> {
  let next = command
  let data = new Uint8Array()
  for (let step = 0; step < 8; step++) {
    const answer = await transmit(Uint8Array.from(next))
    if (answer.length === 0) return { ok: false, code: 'CARD_REMOVED', detail: 'the card gave no answer at all' }
    if (answer.length === 1) return bad('an answer of one byte')
    const high = answer[answer.length - 2] ?? 0
    const low = answer[answer.length - 1] ?? 0
    data = concatBytes(data, answer.subarray(0, -2))
    if (high === 0x61) next = [0x00, 0xc0, 0x00, 0x00, low]
    else if (high === 0x6c && next.length === 5) next = [...next.slice(0, 4), low]
    else return { ok: true, data, status: (high << 8) | low }
  }
  return { ok: false, code: 'CARD_ERROR', detail: 'the card asks for the same command without end' }
}

function refusal(step: string, status: number): Failure {
  return { ok: false, code: 'CARD_ERROR', detail: `${step}: ${hex(status)}` }
}

function recordName(tag: number): string {
  return `record ${tag.toString(16).toUpperCase().padStart(2, '0')}`
}

function ascii(bytes: Uint8Array): string {
  return Array.from(bytes, byte => String.fromCharCode(byte)).join('')
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every(byte => byte === 0x00) || bytes.every(byte => byte === 0xff)
}

/** Text fields are padded on the right with 00; FF and spaces are met too, and neither ends a GBK character. */
function withoutPadding(bytes: Uint8Array): Uint8Array {
  const last = bytes.findLastIndex(byte => byte !== 0x00 && byte !== 0xff && byte !== 0x20)
  return bytes.subarray(0, last + 1)
}

function decodeName(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('gb18030', { fatal: true }).decode(bytes)
    return /^[\p{L}\p{Co}][\p{L}\p{M}\p{Co} .·•．'-]*$/u.test(text) ? text : undefined
  } catch (error) {
    // The decoder's only error: bytes that are no GB18030.
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/** 'YYYYMMDD' as 'YYYY-MM-DD'; undefined where there is no such day. */
function calendarDate(digits: string): string | undefined {
  const text = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined
}

/** Citizen number (GB 11643-1999): 17 digits with a real birth date, and the check digit of ISO 7064 MOD 11-2. */
export function isCitizenNumber(text: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(text) || calendarDate(text.slice(6, 14)) === undefined) return false
  let sum = 0
  for (let place = 0; place < 17; place++) sum += Number(text[place]) * (2 ** (17 - place) % 11)
  return '10X98765432'[sum % 11] === text[17]
}
