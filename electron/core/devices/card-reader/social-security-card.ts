import { bytesToHex, concatBytes, hexToBytes } from '../../../../shared/bytes.ts'
import type { SocialSecurityCardRead } from '../../../../shared/credential.ts'
import { type Answer, badData, type CardFailure, sendCommand, statusText, success, type Transmit } from './apdu.ts'

/** What the card itself tells; the driver adds its source and time. */
export type SocialSecurityCard = Omit<SocialSecurityCardRead, 'source' | 'readMilliseconds'>

export type CardResult = { ok: true; card: SocialSecurityCard } | CardFailure

type Value = { ok: true; value: Uint8Array } | { ok: true; refused: number } | CardFailure

/** A record of LD/T 32-2015: its tag, its place in the file, the length of its value in bytes, and whether some cards hold more. */
interface RecordPlace {
  readonly tag: number
  readonly number: number
  readonly length: number
  readonly orLonger?: true
}
const records = {
  cardId: { tag: 0x01, number: 1, length: 16 },
  version: { tag: 0x03, number: 3, length: 4 },
  validUntil: { tag: 0x06, number: 6, length: 4 },
  cardNumber: { tag: 0x07, number: 7, length: 9, orLonger: true },
  citizenNumber: { tag: 0x08, number: 1, length: 18 },
  name: { tag: 0x09, number: 2, length: 30 },
  // Only inferred from the order of the fields; a wrong place shows by its tag and counts as a card without this record.
  nameExtension: { tag: 0x4e, number: 3, length: 20 },
} satisfies Record<string, RecordPlace>

/** How the records of a file are asked for. Cards differ; the first record of each file finds out. */
type Addressing = 'identifier' | 'number'

/** Name of the social-security environment: `sx1.sh.` and 社会保障 in GBK (LD/T 32-2015). */
const environmentName = hexToBytes('7378312e73682ec9e7bbe1b1a3d5cf')
const issuerMark = 'd156000005'
/** 6300 is what some readers answer for a card that takes no such command at all. */
const notThisCard = new Set([0x6300, 0x6700, 0x6a81, 0x6a82, 0x6a86, 0x6d00, 0x6e00])
/** High bytes of status words that say no: length, security, parameters, instruction. Any other tells of a card in trouble. */
const noes = new Set([0x67, 0x69, 0x6a, 0x6b, 0x6d])
const recordNotFound = 0x6a83
/** Every record of EF05 and EF06 (LD/T 32-2015). */
const knownTags = new Set([0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x4e])
/** Security status or conditions of use: the record is there, and asking in another way changes nothing. */
const guarded = new Set([0x6982, 0x6985])
/** A person's name; `\p{Co}` are characters of a private font, which nobody else can read. */
export const namePattern = /^[\p{L}\p{Co}][\p{L}\p{M}\p{Co} .·•．'()（）-]*$/u

/**
 * Reads a social-security card (LD/T 32-2015, file structure 2.0): EF05 always, EF06 where the card gives it without authentication
 * (generations 1.x and 2.x). Each field is checked for tag, length and character set; at the end the card id is read again, so that two
 * cards are never mixed into one identity. Rejects only where `transmit` rejects.
 */
export async function readSocialSecurityCard(transmit: Transmit): Promise<CardResult> {
  const environment = await sendCommand(transmit, [0x00, 0xa4, 0x04, 0x00, environmentName.length, ...environmentName])
  if (!environment.ok) return environment
  if (notThisCard.has(environment.status))
    return { ok: false, code: 'NOT_SSC', detail: `SELECT SSSE: ${statusText(environment.status)}` }
  if (environment.status !== success) return refusal('SELECT SSSE', environment.status)

  const basic = await readBasicFile(transmit)
  if (!basic.ok) return basic
  const person = await readPersonFile(transmit)
  if (!person.ok) return person
  const again = await readCardId(transmit)
  if (!again.ok) return again
  if (again.cardId !== basic.cardId) return badData('the card id changed while reading')

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

async function readCardId(
  transmit: Transmit,
): Promise<{ ok: true; cardId: string; addressing: Addressing } | CardFailure> {
  const selected = await selectFile(transmit, 0x05)
  if (!selected.ok) return selected
  if (selected.status !== success) return refusal('SELECT EF05', selected.status)
  const { addressing, value: id } = await readFirstRecord(transmit, records.cardId)
  if (!id.ok) return id
  if ('refused' in id) return refusal('EF05 record 01', id.refused)
  const text = bytesToHex(id.value)
  if (!/^[1-9]\d{5}$/.test(text.slice(0, 6))) return badData('EF05 record 01: no region code')
  if (text.slice(6, 16) !== issuerMark) return badData('EF05 record 01: no issuer mark')
  return { ok: true, cardId: text.toUpperCase(), addressing }
}

interface BasicFile {
  ok: true
  cardId: string
  version?: string
  cardNumber?: string
  validUntil?: string
  warnings: string[]
}

async function readBasicFile(transmit: Transmit): Promise<BasicFile | CardFailure> {
  const id = await readCardId(transmit)
  if (!id.ok) return id
  const basic: BasicFile = { ok: true, cardId: id.cardId, warnings: [] }
  const read = (place: RecordPlace) => readRecord(transmit, place, id.addressing)

  const version = await read(records.version)
  if (!version.ok) return version
  if ('refused' in version) basic.warnings.push(`no version: ${statusText(version.refused)}`)
  else {
    const text = ascii(version.value)
    if (!/^\d\.\d\d$/.test(text)) return badData('EF05 record 03: not a version')
    basic.version = text
  }

  const validUntil = await read(records.validUntil)
  if (!validUntil.ok) return validUntil
  if ('refused' in validUntil) basic.warnings.push(`no date of expiry: ${statusText(validUntil.refused)}`)
  else if (!isBlank(validUntil.value)) {
    const digits = bytesToHex(validUntil.value)
    if (!/^\d{8}$/.test(digits)) return badData('EF05 record 06: not a date')
    const date = calendarDate(digits)
    if (date === undefined) basic.warnings.push('the date of expiry is in no calendar')
    else basic.validUntil = date
  }

  const number = await read(records.cardNumber)
  if (!number.ok) return number
  if ('refused' in number) basic.warnings.push(`no card number: ${statusText(number.refused)}`)
  else {
    const text = ascii(withoutPadding(number.value.subarray(0, 9)))
    if (!/^[0-9A-Za-z]*$/.test(text)) return badData('EF05 record 07: not a card number')
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

async function readPersonFile(transmit: Transmit): Promise<PersonFile | CardFailure> {
  const person: PersonFile = { ok: true, warnings: [] }
  const selected = await selectFile(transmit, 0x06)
  if (!selected.ok) return selected
  if (selected.status !== success) return withoutNumber(person, selected.status)
  const { addressing, value: number } = await readFirstRecord(transmit, records.citizenNumber)
  if (!number.ok) return number
  if ('refused' in number) return withoutNumber(person, number.refused)
  // Some issuers write the check digit X in lower case.
  const numberText = ascii(withoutPadding(number.value)).replace(/x$/, 'X')
  if (!/^[0-9A-Z]*$/.test(numberText)) return badData('EF06 record 08: not a citizen number')
  if (/^\d{17}[\dX]$/.test(numberText)) {
    if (!isCitizenNumber(numberText)) return badData('EF06 record 08: the check digit is wrong')
    person.citizenNumber = numberText
  } else person.warnings.push('the social-security number is not a citizen number')

  const name = await readRecord(transmit, records.name, addressing)
  if (!name.ok) return name
  if ('refused' in name) {
    person.warnings.push(`no name: ${statusText(name.refused)}`)
    return person
  }
  const extension = await readRecord(transmit, records.nameExtension, addressing)
  if (!extension.ok) return extension
  const rest = 'refused' in extension ? new Uint8Array() : withoutPadding(extension.value)
  const nameBytes = concatBytes(withoutPadding(name.value), rest)
  if (nameBytes.length === 0) {
    person.warnings.push('the name is blank')
    return person
  }
  const text = decodeName(nameBytes)
  if (text === undefined) return badData('EF06 record 09: not a name in GBK')
  if (/\p{Co}/u.test(text)) person.warnings.push('the name has characters of a private font')
  else person.name = text
  return person
}

/** SELECT by file id: P1 = 02 (an EF of this directory), then 00, as cards differ. */
async function selectFile(transmit: Transmit, shortId: number): Promise<Answer> {
  const selected = await sendCommand(transmit, [0x00, 0xa4, 0x02, 0x00, 0x02, 0xef, shortId])
  if (!selected.ok || selected.status === success || selected.status === 0x6982) return selected
  return sendCommand(transmit, [0x00, 0xa4, 0x00, 0x00, 0x02, 0xef, shortId])
}

/** The first record of a file, by identifier; by number where the card knows no identifiers. Also tells which of the two it was. */
async function readFirstRecord(
  transmit: Transmit,
  place: RecordPlace,
): Promise<{ addressing: Addressing; value: Value }> {
  const value = await readRecord(transmit, place, 'identifier')
  if (!value.ok || !('refused' in value) || guarded.has(value.refused)) return { addressing: 'identifier', value }
  const numbered = await readRecord(transmit, place, 'number')
  const found = !numbered.ok || 'value' in numbered || guarded.has(numbered.refused)
  return found ? { addressing: 'number', value: numbered } : { addressing: 'identifier', value }
}

/**
 * READ RECORD by identifier (P2 = 00) or by number (P2 = 04); the answer is tag, length, value. A considered "no" of the card comes back as
 * `refused`, and so does a record that has another tag than its place says.
 */
async function readRecord(transmit: Transmit, place: RecordPlace, addressing: Addressing): Promise<Value> {
  const { tag, number, length, orLonger } = place
  const [first, second] = addressing === 'identifier' ? [tag, 0x00] : [number, 0x04]
  const answer = await sendCommand(transmit, [0x00, 0xb2, first, second, length + 2])
  if (!answer.ok) return answer
  if (answer.status !== success)
    return noes.has(answer.status >> 8) ? { ok: true, refused: answer.status } : refusal(recordName(tag), answer.status)
  const { data } = answer
  if (data[0] !== tag)
    return addressing === 'number' && knownTags.has(data[0] ?? 0)
      ? { ok: true, refused: recordNotFound }
      : badData(`${recordName(tag)}: wrong tag`)
  if (data[1] !== data.length - 2) return badData(`${recordName(tag)}: wrong length`)
  if (orLonger === undefined ? data.length !== length + 2 : data.length < length + 2)
    return badData(`${recordName(tag)}: wrong length`)
  return { ok: true, value: data.subarray(2) }
}

/** A third-generation card keeps EF06 for authenticated readers: no fault, the card id is enough. */
function withoutNumber(person: PersonFile, status: number): PersonFile {
  if (status !== 0x6982) person.warnings.push(`no citizen number: ${statusText(status)}`)
  return person
}

function refusal(step: string, status: number): CardFailure {
  return { ok: false, code: 'CARD_ERROR', detail: `${step}: ${statusText(status)}` }
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
    return namePattern.test(text) ? text : undefined
  } catch (error) {
    // The decoder's only error: bytes that are no GB18030.
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/** 'YYYYMMDD' as 'YYYY-MM-DD'; undefined where there is no such day. */
export function calendarDate(digits: string): string | undefined {
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
