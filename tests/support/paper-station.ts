import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { DemoSenior } from '../../province/demo-people.ts'
import { demoSites } from '../../province/demo-people.ts'
import { toBase64Url } from '../../shared/bytes.ts'
import { checkInId, type RecordId } from '../../shared/ids.ts'
import { fen } from '../../shared/money.ts'
import { packHash, parsePack } from '../../shared/policy/parse-pack.ts'
import { quote } from '../../shared/policy/quote.ts'
import { quoteInputs } from '../../shared/policy/quote-form.ts'
import { commitTo, commitToNote, commitToQuote, type NoteInputs, type SealedInputs } from '../../shared/record.ts'
import { seniorRefOf } from '../../shared/senior-ref.ts'
import { uuidV7 } from '../../shared/uuid.ts'
import { listFenOf } from '../../shared/visit/price.ts'
import type { PaperTerminal } from './paper-terminal.ts'
import type { ProvinceHouse } from './province-house.ts'

/** When a record is made: its business date, and what the clock shows (ms). */
export interface PaperTime {
  readonly date: string
  readonly clock: number
}

const packFile = (id: string) => new URL(`../../resources/policies/${id}.json`, import.meta.url)

/** What a station records, by a terminal that a test plays: visits that the last pack of their service prices, and attendance without money. */
export async function paperStation(house: ProvinceHouse, till: PaperTerminal, siteName = 'demo-canteen') {
  const site = demoSites().find(({ id }) => id === siteName)
  const services = site?.station?.services ?? []
  const [row] = await house.rows('select site_key from site where site_id = $1', [siteName])
  if (site === undefined || !(row?.site_key instanceof Buffer)) throw new Error(`no site ${siteName}`)
  const siteKey = new Uint8Array(row.site_key)
  const who = (senior: Pick<DemoSenior, 'id'>) => ({
    ...{ site: siteName, senior: seniorRefOf(siteKey, senior.id), means: 'card', assurance: 'possessed' },
    ...{ device: 'paper', deviceEvent: null },
  })
  const location = { evidence: 'unproven', reference: null }

  function priced(
    senior: Pick<DemoSenior, 'id' | 'person'>,
    service: string,
    minutes: number,
    date: string,
    endedEarly = false,
  ) {
    const price = services.find(({ id }) => id === service)?.price
    const paying = price?.packs.at(-1)
    if (!price || !paying) throw new Error(`${service} has no price`)
    const parsed = parsePack(JSON.parse(readFileSync(packFile(paying.pack), 'utf8')))
    if (!parsed.ok) throw new Error(`${paying.pack} is not sound`)
    const inputs: SealedInputs = {
      ...{ v: 1, checkIn: checkInId.parse(uuidV7(Date.now(), randomBytes(10))), senior: senior.id, credential: null },
      quote: quoteInputs.parse({
        person: senior.person,
        visit: {
          ...{ businessDate: date, channel: 'dine-in', service: paying.service, minutes, paidByInsurance: false },
          ...{ listFen: fen(listFenOf(price, { minutes, endedEarly })), site: site?.facts },
        },
        ...{ used: {}, rights: 'whole-cap' },
      }),
    }
    const said = quote(parsed.pack, inputs.quote)
    const salt = randomBytes(32)
    const outcome = {
      policy: { pack: said.pack, version: said.version, hash: packHash(parsed.pack) },
      ...{ listFen: said.listFen, discountFen: said.discountFen, ownPayFen: said.ownPayFen },
      subsidies: said.subsidies.map(({ fund, fen: amount }) => ({ fund, fen: amount })),
      ...{ operatorFen: said.operatorFen, cashRoundingFen: 0, pendingFen: said.pendingFen },
      claimPending: said.pendingFen > 0,
      debits: said.debits.map(({ limit, label, unit, amount }) => ({ limit, label, unit, amount })),
      quoteCommitment: commitToQuote(said.digest, salt),
      inputsCommitment: commitTo(inputs, salt),
      tenders: [{ kind: 'account', fen: said.ownPayFen, status: 'settled', reference: null }],
      operator: null,
    }
    return { outcome, opened: { salt: toBase64Url(salt), inputs } }
  }

  return {
    /** A visit of an hour for a service of the catalogue: its two records, the end last; with `early` two minutes, for nothing. */
    async visit(
      senior: Pick<DemoSenior, 'id' | 'person'>,
      service: string,
      { date, clock }: PaperTime,
      early: string | null = null,
    ) {
      const minutes = early === null ? 60 : 2
      const about = { carer: 'wu-cuilan', service, order: null, location, operator: null }
      const began = await till.sign('visit-in', { ...who(senior), ...about }, null, { date, clock })
      const { outcome, opened } = priced(senior, service, minutes, date, early !== null)
      const ended = { ...who(senior), of: began.id, minutes, endedEarly: early, location, ...outcome }
      return [began, await till.sign('visit-out', ended, opened, { date, clock: clock + 3_600_000 })] as const
    },
    /** A visit that was entered on a later day; nobody approved it where it is held. */
    async lateVisit(
      senior: Pick<DemoSenior, 'id' | 'person'>,
      service: string,
      servedOn: string,
      { date, clock }: PaperTime,
      held: boolean,
    ) {
      const { outcome, opened } = priced(senior, service, 60, servedOn)
      const visit = { ...who(senior), minutes: 60, ...outcome, shift: null }
      const approver = held ? null : (site.operators[0]?.id ?? null)
      const about = { servedOn, from: '09:00', until: '10:00', carer: 'wu-cuilan', service, reason: 'a test' }
      return await till.sign('late-visit', { ...about, approver, held, visit }, opened, { date, clock })
    },
    /** Somebody was there, saw a doctor, was called upon; `of`: the stay that this one ends. */
    async attend(
      senior: Pick<DemoSenior, 'id'>,
      service: string,
      { date, clock }: PaperTime,
      event: 'once' | 'in' | { readonly of: RecordId } = 'once',
    ) {
      const salt = randomBytes(32)
      const inputs: NoteInputs = { v: 1, senior: senior.id, note: null }
      const isEnd = typeof event === 'object'
      const payload = {
        ...{ ...who(senior), service, event: isEnd ? 'out' : event, of: isEnd ? event.of : null },
        ...{ minutes: isEnd ? 60 : null, seen: null, carer: null, order: null, location },
        ...{ noteCommitment: commitToNote(inputs, salt), operator: null },
      }
      return await till.sign('attendance', payload, { salt: toBase64Url(salt), inputs }, { date, clock })
    },
    /** A meal that was handed over too long ago to be entered: nothing but its delivery is recorded. With `of` its sale, with `round` a stop of that round. */
    async deliveredLongAgo(
      senior: Pick<DemoSenior, 'id'>,
      { date, clock }: PaperTime,
      { of = null, round = randomBytes(8).toString('hex') }: { of?: RecordId | null; round?: string } = {},
    ) {
      const payload = {
        ...{ site: siteName, senior: seniorRefOf(siteKey, senior.id), round, stop: 1 },
        ...{ order: 'list-1', result: randomBytes(8).toString('hex'), outcome: 'handed', proof: null, seen: 'well' },
        ...{ servedAt: clock, courier: '小周', portions: 1, of, toldFen: 0, collectedFen: 0, carriedFen: 0 },
        operator: null,
      }
      return await till.sign('delivery', payload, null, { date, clock })
    },
  }
}
