import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newestCodeKeyList, publishCodeKeyList } from '../../../province/code-keys.ts'
import { openDatabase } from '../../../province/database.ts'
import type { DemoSenior } from '../../../province/demo-people.ts'
import { openKeyring } from '../../../province/keys.ts'
import { toBase64Url, utf8ToBytes } from '../../../shared/bytes.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { encodeElderCode } from '../../../shared/elder-code.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import {
  type Counter,
  claimOf,
  expectedClaim,
  members,
  mintCode,
  openCounter,
  ownPayOf,
  salesAtProvince,
  salesAtTerminal,
  untilAllSent,
  untilSeen,
} from '../../e2e/check-in/counter.ts'
import { holdBeforeCamera, titleOf } from '../../e2e/check-in/film-queue.ts'
import { type ElderCodeMaker, elderCodeClaims, elderCodeMaker } from '../../support/elder-code-maker.ts'

const folder = mkdtempSync(join(tmpdir(), 'aixin-film-'))
const nextMember = members()
let counter: Counter

beforeAll(async () => {
  counter = await openCounter()
})
afterAll(async () => {
  await counter?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a queue in which every other code is no good:', () => {
  /** An issuer whom the province knows and the terminal has heard of. */
  const issuer = elderCodeMaker()
  const outsider = elderCodeMaker()
  const served: DemoSenior[] = []
  let cashierSaw: string[]
  let customerSaw: string[]

  /** The issuer's key id under another one's signature. */
  async function forge(senior: SeniorId): Promise<string> {
    const claims = elderCodeClaims({ seniorId: senior, issuedAt: Math.floor(Date.now() / 1000) })
    return await encodeElderCode({ ...claims, keyId: issuer.key.keyId }, outsider.sign, 'base32')
  }

  async function publish({ key }: ElderCodeMaker): Promise<void> {
    const database = await openDatabase(counter.house.province.databaseUrl)
    try {
      const keys = await openKeyring(database)
      const list = (await newestCodeKeyList(database.pool))?.list
      if (list === undefined || keys.root === null) throw new Error('the demo province has no list of code keys')
      const text = canonicalJson({ ...list, number: list.number + 1, keys: [...list.keys, key] })
      const signature = toBase64Url(await keys.root.sign(utf8ToBytes(text)))
      await publishCodeKeyList(database, keys, { text, signature })
    } finally {
      await database.close()
    }
    // A pull that was under way may have missed it; the second one after it cannot have.
    for (let pulls = 0; pulls < 2; pulls++) {
      const { syncedAt } = counter.till.terminal().roster
      await counter.till.client.syncNow()
      await counter.till.untilTerminal(view => view.roster.syncedAt !== syncedAt)
    }
  }

  beforeAll(async () => {
    await publish(issuer)
    const now = Math.floor(Date.now() / 1000)
    const goodCodes: string[] = []
    for (let made = 0; made < 6; made++) {
      const senior = nextMember()
      served.push(senior)
      goodCodes.push(await mintCode(counter.house, senior.id, 'dynamic'))
    }
    const other = nextMember()
    const badCodes = [
      (await mintCode(counter.house, other.id, 'dynamic')).slice(0, 90),
      'https://pay.example/qr/123456',
      await issuer.mint({ seniorId: other.id, issuedAt: now - 600 }),
      goodCodes[0] ?? '',
      await forge(other.id),
      await outsider.mint({ seniorId: other.id, issuedAt: now }),
    ]
    await holdBeforeCamera(
      counter,
      folder,
      goodCodes.flatMap((good, at) => [badCodes[at] ?? '', good]),
    )
    const last = served.at(-1)
    if (last === undefined) throw new Error('nobody stands in the queue')
    await untilSeen(counter.customer, `好了，请取餐${titleOf(last)}，套餐 A实付¥${ownPayOf(last)}`)
    // The customer's screen may be quicker than the cashier's, whose last words are asked for below.
    const beforeTheLast = (await counter.cashier.history()).findIndex(words => words.includes('签发方还不认识'))
    await untilSeen(counter.cashier, `已入账¥${ownPayOf(last)}`, Math.max(0, beforeTheLast))
    cashierSaw = await counter.cashier.history()
    customerSaw = await counter.customer.history()
  })

  test.each([
    ['a torn code', '码没扫全，请再放一次', '擦净屏幕或换纸卡', '请再放一次'],
    ['a payment code', '不是长者码，可能是付款码', '打开长者码再扫，或刷卡', '请打开长者码'],
    ['an expired code', '码过了时间，刷新一下或用纸卡', '刷新再扫', '请刷新一下码'],
    ['a code that was used', '这个码已经用过，请刷新一下', '刷新再扫', '请刷新一下码'],
    ['a forged code', '码对不上签名，请核对本人', '刷卡，或重新打开长者码', '请用社会保障卡'],
    ['a code of an unknown issuer', '这个码的签发方还不认识，联网后再试', '刷卡；联网更新', '请用社会保障卡'],
  ])(
    '%s has words of its own for staff and for the senior, and the next person is served',
    (_, staff, next, senior) => {
      const place = cashierSaw.findIndex(words => words.includes(staff))
      expect(cashierSaw[place] ?? 'nothing of it').toContain(next)
      expect(cashierSaw.slice(place).some(words => words.includes('已入账'))).toBe(true)
      expect(customerSaw).toContainEqual(expect.stringContaining(senior))
    },
  )

  test('the words stand in the order of the queue, and each is followed by a price', () => {
    const told = cashierSaw.flatMap(words => {
      const [problem] = /码没扫全|不是长者码|码过了时间|这个码已经用过|码对不上签名|签发方还不认识/.exec(words) ?? []
      return problem ?? (words.includes('原价15.00') ? 'price' : [])
    })
    expect(told.filter((words, at) => words !== told[at - 1])).toEqual([
      '码没扫全',
      'price',
      '不是长者码',
      'price',
      '码过了时间',
      'price',
      '这个码已经用过',
      'price',
      '码对不上签名',
      'price',
      '签发方还不认识',
      'price',
    ])
  })

  test('everyone with a good code ate once, and the bad codes brought no record', async () => {
    await untilAllSent(counter)
    expect(await salesAtTerminal(counter)).toHaveLength(served.length)
    for (const senior of served) {
      expect(await claimOf(counter, senior.id)).toEqual(expectedClaim(senior))
      expect(await salesAtProvince(counter, senior.id)).toHaveLength(1)
    }
  })
})
