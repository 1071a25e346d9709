import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { DemoSenior } from '../../province/demo-people.ts'
import { businessDateOf } from '../../shared/business-day.ts'
import { toBase64Url } from '../../shared/bytes.ts'
import { checkInId, type OperatorId } from '../../shared/ids.ts'
import { packHash, parsePack } from '../../shared/policy/parse-pack.ts'
import { quote } from '../../shared/policy/quote.ts'
import { quoteInputs } from '../../shared/policy/quote-form.ts'
import { commitTo, commitToQuote, type LedgerRecord, type SealedInputs } from '../../shared/record.ts'
import { uuidV7 } from '../../shared/uuid.ts'
import type { PaperTerminal } from './paper-terminal.ts'

type Payload<K extends LedgerRecord['kind']> = Extract<LedgerRecord, { kind: K }>['payload']
type Senior = Pick<DemoSenior, 'id' | 'person'>

const place = { evidence: 'unproven', reference: null } as const
const shown = { means: 'card', assurance: 'verified', device: 'paper', deviceEvent: null } as const

function voucherPack() {
  const file = new URL('../../resources/policies/CN-VOUCHER.json', import.meta.url)
  const parsed = parsePack(JSON.parse(readFileSync(file, 'utf8')))
  if (!parsed.ok) throw new Error('the CN-VOUCHER pack is not sound')
  return parsed.pack
}

/** A bath begins at a terminal of paper. @param at what its clock shows (ms) @param operator on duty */
export function bathBegins(
  terminal: PaperTerminal,
  senior: Senior,
  at: number,
  carer = 'wu-cuilan',
  operator: OperatorId | null = null,
) {
  const payload: Payload<'visit-in'> = {
    ...{ site: terminal.site, senior: terminal.refOf(senior), ...shown, carer, service: 'bathing' },
    ...{ order: null, location: place, operator },
  }
  return terminal.sign('visit-in', payload, null, { clock: at })
}

interface BathEnd {
  readonly of: string
  readonly at: number
  readonly minutes?: number
  readonly listFen?: number
  /** On duty. */
  readonly operator?: OperatorId | null
}

/** It ends, priced by the vouchers. @param of the record of its beginning */
export function bathEnds(
  terminal: PaperTerminal,
  senior: Senior,
  { of, at, minutes = 30, listFen = 12_000, operator = null }: BathEnd,
) {
  const pack = voucherPack()
  const id = uuidV7(at, randomBytes(10))
  const businessDate = businessDateOf(at)
  const visit = { businessDate, channel: 'dine-in', listFen, minutes, service: 'bathing', site: terminal.siteFacts }
  const inputs: SealedInputs = {
    ...{ v: 1, checkIn: checkInId.parse(id), senior: senior.id, credential: null },
    quote: quoteInputs.parse({
      ...{ person: senior.person, used: {}, rights: 'whole-cap' },
      visit: { ...visit, paidByInsurance: false },
    }),
  }
  const priced = quote(pack, inputs.quote)
  const salt = randomBytes(32)
  const payload = {
    ...{
      site: terminal.site,
      senior: terminal.refOf(senior),
      ...shown,
      of,
      minutes,
      endedEarly: null,
      location: place,
    },
    policy: { pack: priced.pack, version: priced.version, hash: packHash(pack) },
    ...{ listFen: priced.listFen, discountFen: priced.discountFen, subsidies: priced.subsidies },
    ...{ ownPayFen: priced.ownPayFen, operatorFen: priced.operatorFen, cashRoundingFen: 0 },
    ...{ pendingFen: priced.pendingFen, claimPending: priced.pendingFen > 0 },
    debits: priced.debits.map(({ limit, label, unit, amount }) => ({ limit, label, unit, amount })),
    ...{ quoteCommitment: commitToQuote(priced.digest, salt), inputsCommitment: commitTo(inputs, salt) },
    tenders: [{ kind: 'account', fen: priced.ownPayFen, status: 'settled', reference: null }],
    operator,
  }
  return terminal.sign('visit-out', payload, { salt: toBase64Url(salt), inputs }, { id, clock: at })
}
