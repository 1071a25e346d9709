import { calendarDate, isCitizenNumber, namePattern, type SocialSecurityCard } from '../social-security-card.ts'
import type { CardItems } from './helper-protocol.ts'

/** `detail` names the item that is wrong, never what it holds. */
export type CardFromItems = { ok: true; card: SocialSecurityCard } | { ok: false; detail: string }

const bad = (detail: string): CardFromItems => ({ ok: false, detail })

/** Region of the issuer, the mark of all social-security cards, serial (LD/T 32-2015). */
const cardIdPattern = /^[1-9]\d{5}D156000005[0-9A-F]{16}$/

/**
 * Judges the items of a helper like the records of a card that we read ourselves (social-security-card.ts): what is there must be right,
 * what is absent may be absent, but for the card id. Each item is held against its own form, so that items in wrong places never pass.
 */
export function cardFromItems(items: CardItems): CardFromItems {
  const warnings: string[] = []
  const cardId = items.cardId?.toUpperCase()
  if (cardId === undefined) return bad('no card id')
  if (!cardIdPattern.test(cardId)) return bad('the card id has a wrong form')
  if (items.region !== undefined && items.region !== cardId.slice(0, 6))
    return bad('the region is not that of the card id')

  const { version, cardNumber, citizenNumber: socialNumber } = items
  if (version !== undefined && !/^\d\.\d\d$/.test(version)) return bad('not a version')
  if (cardNumber !== undefined && !/^[0-9A-Za-z]{1,32}$/.test(cardNumber)) return bad('not a card number')

  const issued = dateOf(items.issuedOn)
  const expiry = dateOf(items.validUntil)
  if (issued === 'not digits') return bad('not a date of issue')
  if (expiry === 'not digits') return bad('not a date of expiry')
  if (issued === 'in no calendar') warnings.push('the date of issue is in no calendar')
  if (expiry === 'in no calendar') warnings.push('the date of expiry is in no calendar')

  let citizenNumber: string | undefined
  if (socialNumber !== undefined) {
    const number = socialNumber.toUpperCase()
    if (!/^[0-9A-Z]+$/.test(number)) return bad('not a citizen number')
    if (!/^\d{17}[\dX]$/.test(number)) warnings.push('the social-security number is not a citizen number')
    else if (isCitizenNumber(number)) citizenNumber = number
    else return bad('the check digit of the citizen number is wrong')
  }

  let name: string | undefined
  if (items.name !== undefined) {
    if (!namePattern.test(items.name)) return bad('not a name')
    if (items.name.length > 64) return bad('the name is too long')
    if (/\p{Co}/u.test(items.name)) warnings.push('the name has characters of a private font')
    else name = items.name
  }

  return {
    ok: true,
    card: {
      cardId,
      ...(version === undefined ? {} : { version }),
      ...(cardNumber === undefined ? {} : { cardNumber }),
      ...(typeof expiry === 'object' ? { validUntil: expiry.date } : {}),
      ...(citizenNumber === undefined ? {} : { citizenNumber }),
      ...(name === undefined ? {} : { name }),
      full: citizenNumber !== undefined && name !== undefined,
      warnings,
    },
  }
}

/** 'YYYYMMDD'; blank where absent or filled with 0 or F. */
function dateOf(text: string | undefined): { date: string } | 'blank' | 'not digits' | 'in no calendar' {
  if (text === undefined || /^(0{8}|F{8})$/i.test(text)) return 'blank'
  if (!/^\d{8}$/.test(text)) return 'not digits'
  const date = calendarDate(text)
  return date === undefined ? 'in no calendar' : { date }
}
