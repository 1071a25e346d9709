import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newestCodeKeyList, revokeCodeKey } from '../../../province/code-keys.ts'
import { type Database, openDatabase } from '../../../province/database.ts'
import { demoSeniors } from '../../../province/demo-people.ts'
import { simulatedPlatformCode } from '../../../province/demo-platform.ts'
import { enrolDeviceKey, revokeDeviceKey } from '../../../province/device-keys.ts'
import { openKeyring } from '../../../province/keys.ts'
import { putRevocation } from '../../../province/revocations.ts'
import { fromBase64Url, toBase64Url, utf8ToBytes } from '../../../shared/bytes.ts'
import { deviceKeyClaim } from '../../../shared/code-keys.ts'
import { parseElderCode } from '../../../shared/elder-code.ts'
import { deviceEventId, type SeniorId } from '../../../shared/ids.ts'
import { demoCodeReply } from '../../../shared/province-api.ts'
import { standardSuite } from '../../../shared/suite.ts'
import type { CashierView } from '../../../shared/terminal-api.ts'
import { uuidV7 } from '../../../shared/uuid.ts'
import { openProvinceLine, type ProvinceLine } from '../../rush/province-line.ts'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import { type ElderCodeMaker, elderCodeMaker } from '../../support/elder-code-maker.ts'
import { isPriced, isProblem, type Till } from '../../support/till.ts'

let house: DemoHouse
let line: ProvinceLine
let till: Till
let database: Database

beforeAll(async () => {
  house = await openDemoHouse({
    async reachableAt(address) {
      line = await openProvinceLine(address)
      return line.address
    },
  })
  till = await house.openTill()
  database = await openDatabase(house.province.databaseUrl)
})
afterAll(async () => {
  await database?.close()
  await house?.close()
  await line?.close()
})
beforeEach(() => till.client.dismiss())
afterEach(() => till.client.dismiss())

const members = demoSeniors()
let next = 60
function somebody(): SeniorId {
  const member = members[next++]
  if (!member) throw new Error('no demo members left')
  return member.id
}

async function mint(senior: SeniorId, kind: 'dynamic' | 'paper'): Promise<string> {
  const reply = await fetch(`${house.province.province.address}/v1/demo/codes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ senior, kind }),
  })
  return demoCodeReply.parse(await reply.json()).text
}

async function show(text: string): Promise<void> {
  const eventId = deviceEventId.parse(uuidV7(Date.now(), standardSuite.randomBytes(10)))
  await till.client.codeSeen({ camera: 'test', eventId, text })
}
const priced = async (text: string) => {
  await show(text)
  return await till.untilCashier(isPriced)
}
const problem = async (text: string) => {
  await show(text)
  return (await till.untilCashier(isProblem)).notice.code
}

/** Everything that the province holds now has been pulled: the second round that ends from now on began after now. */
async function synced(): Promise<void> {
  for (let rounds = 0; rounds < 2; rounds += 1) {
    const before = till.terminal().roster.syncedAt ?? 0
    await till.client.syncNow()
    await till.untilTerminal(view => (view.roster.syncedAt ?? 0) > before)
  }
}
const offline = async () => {
  line.cut()
  await till.client.syncNow()
  await till.untilTerminal(view => view.network.state === 'offline')
}
const online = async () => {
  line.mend()
  await till.client.syncNow()
  await till.untilTerminal(view => view.network.state === 'online')
}

async function enrolPhone(senior: SeniorId, phone: ElderCodeMaker): Promise<void> {
  const publicKey = fromBase64Url(phone.key.publicKey)
  const proof = toBase64Url(phone.sign(utf8ToBytes(deviceKeyClaim(senior, publicKey))))
  const now = Math.floor(Date.now() / 1000)
  await enrolDeviceKey(database, { senior, publicKey: phone.key.publicKey, proof }, 'test', now)
}
/** A code that a phone makes by itself, without a network. */
const byPhone = (phone: ElderCodeMaker, senior: SeniorId, counter: number) =>
  phone.mint({ seniorId: senior, issuedAt: Math.floor(Date.now() / 1000), counter })

describe('a phone with a key of its own', () => {
  it('is taken with no network on either side, once for each code, and no more after it was revoked', async () => {
    const senior = somebody()
    const phone = elderCodeMaker()
    expect(await problem(await byPhone(phone, senior, 1))).toBe('CODE_KEY_UNKNOWN')
    await till.client.dismiss()
    await enrolPhone(senior, phone)
    await synced()
    await offline()
    const code = await byPhone(phone, senior, 2)
    expect(await priced(code)).toMatchObject({ codeKind: 'dynamic', assurance: 'possessed', means: 'code' })
    await till.client.dismiss()
    expect(await problem(code)).toBe('CODE_REPLAYED')
    await till.client.dismiss()
    expect(await problem(await byPhone(phone, senior, 2))).toBe('CODE_REPLAYED')
    await till.client.dismiss()
    expect(await problem(await byPhone(phone, somebody(), 9))).toBe('CODE_KEY_UNKNOWN')
    await till.client.dismiss()
    await online()
    await revokeDeviceKey(database, { senior, keyId: phone.key.keyId }, 'test', Math.floor(Date.now() / 1000))
    await synced()
    expect(await problem(await byPhone(phone, senior, 3))).toBe('CODE_KEY_UNKNOWN')
  })
})

describe('a paper code', () => {
  it('that was reported lost by its number is not taken, and another card of the same senior is', async () => {
    const senior = somebody()
    const [lost, kept] = [await mint(senior, 'paper'), await mint(senior, 'paper')]
    const parsed = parseElderCode(lost)
    if (!parsed.ok) throw new Error(parsed.problem)
    await putRevocation(database, { kind: 'paper', serial: parsed.token.serial })
    await synced()
    expect(await problem(lost)).toBe('CODE_REVOKED')
    await till.client.dismiss()
    expect(await priced(kept)).toMatchObject({ codeKind: 'paper', assurance: 'presented' })
  })

  it('issued before all codes of its senior were revoked is not taken', async () => {
    const senior = somebody()
    const old = await mint(senior, 'paper')
    await putRevocation(database, { kind: 'codes', senior, before: Math.floor(Date.now() / 1000) + 1 })
    await synced()
    expect(await problem(old)).toBe('CODE_REVOKED')
  })
})

describe('a dynamic code', () => {
  it('that was shown at the desk is used up', async () => {
    const text = await mint(somebody(), 'dynamic')
    await till.client.openDesk()
    await show(text)
    await till.untilCashier(
      (view): view is Extract<CashierView, { state: 'desk' }> => view.state === 'desk' && view.person !== null,
    )
    await till.client.dismiss()
    expect(await problem(text)).toBe('CODE_REPLAYED')
  })

  it('that was used is remembered over a restart', async () => {
    const code = await mint(somebody(), 'dynamic')
    await priced(code)
    await till.client.dismiss()
    till.close()
    await house.restart()
    till = await house.openTill()
    await till.client.dismiss()
    expect(await problem(code)).toBe('CODE_REPLAYED')
  })
})

describe('a code of an outside platform', () => {
  it('is a senior when the province can be asked, and says calmly what to do when it cannot', async () => {
    const senior = somebody()
    const code = simulatedPlatformCode(senior)
    expect(await priced(code)).toMatchObject({ means: 'code', codeKind: null, assurance: 'presented' })
    await till.client.dismiss()
    expect(await problem(`${code.slice(0, -4)}0000`)).toBe('CODE_NOBODY')
    await till.client.dismiss()
    await offline()
    expect(await problem(simulatedPlatformCode(somebody()))).toBe('CODE_NEEDS_NETWORK')
    const shown = till.cashier()
    expect(shown.state === 'problem' && shown.notice.values).toEqual({ platform: '模拟的电子社保卡' })
    await online()
  })

  it('of a maker that the site does not list goes nowhere', async () => {
    expect(await problem('286812345678901234')).toBe('CODE_UNKNOWN')
  })
})

describe('the list of code keys', () => {
  const arrives = (body: string, number: number) =>
    house.province.rows(
      `insert into code_key_list (number, body, signature, change) values ($1, $2, $3, nextval('feed_change'))`,
      [number, body, 'A'.repeat(86)],
    )

  it('ends a key at once, and the key that follows is taken', async () => {
    const senior = somebody()
    const old = await mint(senior, 'paper')
    const parsed = parseElderCode(old)
    if (!parsed.ok) throw new Error(parsed.problem)
    const keys = await openKeyring(database)
    await revokeCodeKey(database, keys, parsed.token.keyId, Math.floor(Date.now() / 1000))
    await synced()
    expect(await problem(old)).toBe('CODE_REVOKED')
    await till.client.dismiss()
    expect(await priced(await mint(senior, 'paper'))).toMatchObject({ codeKind: 'paper' })
  })

  it('with another signature is refused whole and said on the screen, over a restart too; the old one goes on', async () => {
    const before = await newestCodeKeyList(database.pool)
    if (before === null) throw new Error('no list')
    const code = await mint(somebody(), 'paper')
    const forged = { ...before.list, number: before.list.number + 1, keys: [] }
    await arrives(JSON.stringify(forged), forged.number)
    const noticed = (view: { notices: { code: string }[] }) => view.notices.some(one => one.code === 'CODE_KEYS_BAD')
    const view = await till.untilTerminal(noticed)
    expect(view.notices.find(one => one.code === 'CODE_KEYS_BAD')?.values.detail).toMatch(/签名/)
    till.close()
    await house.restart()
    till = await house.openTill()
    await till.untilTerminal(noticed)
    await till.client.dismiss()
    expect(await priced(code)).toMatchObject({ codeKind: 'paper' })
    await house.province.rows('delete from code_key_list where number = $1', [forged.number])
    await revokeCodeKey(
      database,
      await openKeyring(database),
      before.list.keys[0]?.keyId ?? '',
      Math.floor(Date.now() / 1000),
    )
    await till.untilTerminal(now => !noticed(now))
  })
})
