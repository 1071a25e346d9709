import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type DemoSenior, demoSeniors, stranger } from '../../../province/demo-people.ts'
import { maskName } from '../../../shared/person-names.ts'
import { type LedgerRecord, ledgerRecord } from '../../../shared/record.ts'
import { type KioskHouse, openKioskHouse, seniorPin, staffPin, subsidised } from '../../support/kiosk-house.ts'
import { present } from '../../support/people.ts'
import { readLedger } from '../../support/read-ledger.ts'

const next = subsidised()
const withPin = Array.from({ length: 6 }, next)
let pinned = 0
const somebodyWithPin = (): DemoSenior => {
  const senior = withPin[pinned++]
  if (!senior) throw new Error('everybody with a PIN has eaten')
  return senior
}

let place: KioskHouse

beforeAll(async () => {
  place = await openKioskHouse(withPin)
})
afterAll(() => place.close())
afterEach(async () => {
  const { kiosk } = place
  await kiosk.client.kiosk.reset({ turn: kiosk.view().turn })
  await kiosk.until('idle')
})

async function comes(senior: DemoSenior, by: 'card' | 'dynamic-code' | 'paper-code'): Promise<void> {
  expect(await place.staff.client.simulate({ senior: senior.id, present: by })).toEqual({ result: 'done' })
}

type Sale = Extract<LedgerRecord, { kind: 'sale' }>

/** Presses once more where rights that came meanwhile changed the price under the finger. */
async function takesMeal(): Promise<Sale> {
  const { checkIn, digest } = await place.kiosk.until('priced')
  const result = await place.kiosk.client.kiosk.confirm({ checkIn, digest })
  if (result.result === 'price-changed') return await takesMeal()
  expect(result).toMatchObject({ result: 'recorded' })
  return await saleOf(checkIn)
}

async function saleOf(id: string): Promise<Sale> {
  const { records } = await readLedger(place.house.dataDir)
  const found = records.find(record => record.id === id)
  const sale = ledgerRecord.parse(found)
  if (sale.kind !== 'sale') throw new Error('no sale')
  return sale
}

const subsidyOf = ({ payload }: Sale) => payload.subsidies.reduce((sum, { fen }) => sum + fen, 0)

test('somebody whom nobody here knows is asked of the province, and has their subsidised meal by a fresh code', async () => {
  const [visitor] = demoSeniors().filter(({ homeSite, expected }) => homeSite === 'demo-riverside' && expected.fen > 0)
  if (!visitor) throw new Error('the demo has nobody from elsewhere')
  const theirs = { state: 'priced', pending: false, surname: visitor.name[0] }
  const shown = () => expect.poll(() => place.kiosk.view().now, { timeout: 10_000 }).toMatchObject(theirs)
  // A busy machine's province may answer after the kiosk's patience; who comes again is asked again.
  await vi.waitFor(
    async () => {
      await place.kiosk.client.kiosk.reset({ turn: place.kiosk.view().turn })
      await comes(visitor, 'dynamic-code')
      await shown()
    },
    { timeout: 50_000 },
  )
  expect(subsidyOf(await takesMeal())).toBe(visitor.expected.fen)
})

test('a card alone is sold at the list price, and the province decides', async () => {
  await comes(next(), 'card')
  const { checkIn, listFen } = await place.kiosk.until('choosing')
  expect(listFen).toBe(1500)
  await place.kiosk.client.kiosk.takeListPrice({ checkIn })
  expect(await place.kiosk.until('priced')).toMatchObject({ pending: true })
  const sale = await takesMeal()
  expect(sale.payload).toMatchObject({ claimPending: true, assurance: 'presented' })
  expect(subsidyOf(sale)).toBe(0)
})

test('a card with its PIN has the subsidy', async () => {
  await comes(somebodyWithPin(), 'card')
  const { checkIn } = await place.kiosk.until('choosing')
  expect(await place.kiosk.client.kiosk.enterPin({ checkIn, pin: seniorPin })).toEqual({ result: 'done' })
  const sale = await takesMeal()
  expect(sale.payload).toMatchObject({ claimPending: false, assurance: 'verified', ownPayFen: 750 })
  expect(subsidyOf(sale)).toBe(600)
})

test('a fresh code has the subsidy without another question', async () => {
  await comes(next(), 'dynamic-code')
  const sale = await takesMeal()
  expect(sale.payload).toMatchObject({ assurance: 'possessed', ownPayFen: 750 })
})

test('a paper code is asked like a card', async () => {
  await comes(next(), 'paper-code')
  const { checkIn } = await place.kiosk.until('choosing')
  await place.kiosk.client.kiosk.takeListPrice({ checkIn })
  expect(subsidyOf(await takesMeal())).toBe(0)
})

test('a price with a subsidy in it is not recorded before the person chose', async () => {
  await comes(next(), 'card')
  const { checkIn } = await place.kiosk.until('choosing')
  const { digest } = await place.staff.untilCashier(view => view.state === 'priced')
  expect(await place.kiosk.client.kiosk.confirm({ checkIn, digest })).toMatchObject({
    result: 'refused',
    notice: { code: 'ASSURANCE_LOW' },
  })
})

test('a wrong PIN charges nothing, and the way by list price stays', async () => {
  await comes(somebodyWithPin(), 'card')
  const { checkIn } = await place.kiosk.until('choosing')
  expect(await place.kiosk.client.kiosk.enterPin({ checkIn, pin: '111222' })).toMatchObject({
    notice: { code: 'PIN_WRONG' },
  })
  await place.kiosk.client.kiosk.takeListPrice({ checkIn })
  expect(await place.kiosk.until('priced')).toMatchObject({ offFen: expect.any(Number), already: false })
})

test('who has no PIN is asked the same, and told that it cannot be used', async () => {
  await comes(next(), 'card')
  const { checkIn } = await place.kiosk.until('choosing')
  expect(await place.kiosk.client.kiosk.enterPin({ checkIn, pin: seniorPin })).toMatchObject({
    notice: { code: 'PIN_NONE' },
  })
  await place.kiosk.until('choosing')
})

test('who comes again in this meal is told so before anything is sold twice', async () => {
  const senior = next()
  await comes(senior, 'dynamic-code')
  await takesMeal()
  await place.kiosk.client.kiosk.reset({ turn: place.kiosk.view().turn })
  await comes(senior, 'dynamic-code')
  expect(await place.kiosk.until('priced')).toMatchObject({ already: true })
})

test('the same meal confirmed twice is one record', async () => {
  await comes(next(), 'dynamic-code')
  const { checkIn, digest } = await place.kiosk.until('priced')
  const both = await Promise.all([1, 2].map(() => place.kiosk.client.kiosk.confirm({ checkIn, digest })))
  expect(both.map(one => one.result)).toEqual(['recorded', 'recorded'])
  const { records } = await readLedger(place.house.dataDir)
  expect(records.filter(record => String(record.id) === checkIn)).toHaveLength(1)
})

test('a kiosk pays by account, whatever staff chose at the till', async () => {
  expect(await place.staff.client.chooseTender({ tender: 'cash' })).toMatchObject({ notice: { code: 'KIOSK_SELLS' } })
  await comes(next(), 'dynamic-code')
  expect((await takesMeal()).payload.tenders).toMatchObject([{ kind: 'account' }])
})

test('a page of the staff sells nothing while the kiosk stands in front', async () => {
  expect(await place.staff.client.startGuest()).toMatchObject({ notice: { code: 'KIOSK_SELLS' } })
  await comes(next(), 'dynamic-code')
  const { checkIn, digest } = await place.kiosk.until('priced')
  expect(await place.staff.client.confirm({ checkIn, digest })).toMatchObject({ notice: { code: 'KIOSK_SELLS' } })
})

test('what only staff may do is not there for the kiosk', async () => {
  const { client } = place.kiosk
  const { operator } = place
  const refused = [
    client.voidSale({
      sale: (await place.staff.untilTerminal(view => view.lastSales.length > 0)).lastSales[0]?.record ?? '',
    }),
    client.startGuest(),
    client.dismiss(),
    client.openDesk(),
    client.findSeniors({ text: '张' }),
    client.setPin({ pin: seniorPin }),
    client.openShift({ operator: operator.id, date: '2026-11-20' }),
    client.afterwards.setPin({ pin: staffPin }),
    client.face.switch({ on: true }),
    client.usbSticks(),
    client.simulatedPeople(),
    client.backToKiosk(),
  ]
  for (const call of refused) await expect(call).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(client.watchTerminal()).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test.each([
  ['a card that waits for its choice', 'card', 'choosing'],
  ['a fresh code and its price', 'dynamic-code', 'priced'],
] as const)(
  '%s stays when another card is read: that one was is told, and only the first is recorded',
  async (_, by, state) => {
    const first = next()
    const second = next()
    await comes(first, by)
    const shown = await place.kiosk.until(state)
    await comes(second, 'card')
    await expect.poll(() => place.kiosk.view().now).toEqual({ ...shown, another: expect.any(Number) })
    if (state === 'choosing') await place.kiosk.client.kiosk.takeListPrice({ checkIn: shown.checkIn })
    const sale = await takesMeal()
    expect(sale.id).toBe(shown.checkIn)
    const { records } = await readLedger(place.house.dataDir)
    const sales = records.flatMap(({ kind, id }) => (kind === 'sale' ? [String(id)] : []))
    expect(sales.at(-1)).toBe(shown.checkIn)
  },
)

test('somebody whom nobody knows keeps their choice like any other when another card is read', async () => {
  expect(await place.staff.client.simulate({ senior: stranger.id, present: 'card' })).toEqual({ result: 'done' })
  const shown = await place.kiosk.until('choosing')
  await comes(next(), 'card')
  await expect.poll(() => place.kiosk.view().now).toEqual({ ...shown, another: expect.any(Number) })
})

test('a reset of what stood there before takes nobody else away', async () => {
  const { turn } = place.kiosk.view()
  await comes(next(), 'dynamic-code')
  await place.kiosk.until('priced')
  await place.kiosk.client.kiosk.reset({ turn })
  expect(place.kiosk.view().now.state).toBe('priced')
})

test('a call for help stands on the page of the staff until somebody goes', async () => {
  await place.kiosk.client.kiosk.callHelp()
  await place.staff.untilTerminal(view => view.kiosk?.helpSince != null)
  await place.staff.client.answerHelp()
  await place.staff.untilTerminal(view => view.kiosk?.helpSince === null)
})

test('a restart in the middle of a check-in leaves the price where it was, and sells it once', async () => {
  await comes(next(), 'dynamic-code')
  const { checkIn } = await place.kiosk.until('priced')
  await place.again()
  expect(await place.kiosk.until('priced')).toMatchObject({ checkIn })
  await takesMeal()
})

test('a list of people paid together waits for staff while the kiosk sells, shows nowhere, and lets go whoever comes by themselves', async () => {
  const { operator, staff } = place
  const [stays, comesAgain, other] = [next(), next(), next()]
  expect(await place.kiosk.client.kiosk.leave({ operator: operator.id, pin: staffPin })).toEqual({ result: 'done' })
  await staff.client.group.start()
  for (const [at, senior] of [stays, comesAgain].entries()) {
    const { checkIn, digest } = await present(staff, senior.id, 'dynamic-code')
    expect(await staff.client.confirm({ checkIn, digest })).toEqual({ result: 'listed' })
    await staff.untilTerminal(({ group }) => group?.members.length === at + 1)
  }
  await staff.client.backToKiosk()
  await place.again()
  await place.kiosk.until('idle')
  expect(place.kiosk.view().front).toBe('kiosk')
  for await (const { now } of await place.staff.client.watchCustomer()) {
    expect(now).toEqual({ state: 'idle' })
    break
  }
  await comes(other, 'dynamic-code')
  await takesMeal()
  expect(place.staff.terminal().group?.members).toHaveLength(2)
  await comes(comesAgain, 'dynamic-code')
  expect((await takesMeal()).payload).toMatchObject({ ownPayFen: 750, tenders: [{ kind: 'account' }] })

  await place.kiosk.client.kiosk.leave({ operator: operator.id, pin: staffPin })
  await place.kiosk.client.kiosk.reset({ turn: place.kiosk.view().turn })
  const { group } = await place.staff.untilTerminal(view => view.group?.members.length === 1)
  expect(group).toMatchObject({ sumFen: 750, members: [{ name: maskName(stays.name), changed: false }] })
  expect(await place.staff.client.group.pay({ digest: group?.digest ?? '' })).toMatchObject({ result: 'recorded' })
  await place.staff.client.backToKiosk()
  await place.again()
})

test('staff come in by their PIN, may do all, and their page ends when the kiosk comes back', async () => {
  const { client } = place.kiosk
  const { operator } = place
  expect(await client.kiosk.leave({ operator: operator.id, pin: '111222' })).toMatchObject({
    notice: { code: 'STAFF_PIN_WRONG' },
  })
  expect(await client.kiosk.leave({ operator: operator.id, pin: staffPin })).toEqual({ result: 'done' })
  expect(await client.startGuest()).toEqual({ result: 'done' })
  await client.backToKiosk().catch(() => undefined)
  await place.kiosk.closed
  await place.again()
  await expect(place.kiosk.client.startGuest()).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('five wrong PINs lock that member of staff out, over a restart too', async () => {
  const { operator } = place
  for (let tries = 1; tries <= 5; tries += 1)
    await place.kiosk.client.kiosk.leave({ operator: operator.id, pin: '111222' })
  await place.again()
  expect(await place.kiosk.client.kiosk.leave({ operator: operator.id, pin: staffPin })).toMatchObject({
    notice: { code: 'STAFF_PIN_LOCKED' },
  })
  expect(place.kiosk.view().front).toBe('kiosk')
})
