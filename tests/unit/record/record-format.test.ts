import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { anchor } from '../../../shared/anchor.ts'
import { fromBase64Url, sha256, toBase64Url } from '../../../shared/bytes.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { countableOf } from '../../../shared/countable.ts'
import { addUp } from '../../../shared/day-close/add-up.ts'
import { quoteResult } from '../../../shared/policy/quote-form.ts'
import { proxyIdOf, proxyRefOf } from '../../../shared/proxy.ts'
import {
  chainStart,
  commitmentHolds,
  commitTo,
  commitToAgent,
  commitToCard,
  commitToNote,
  commitToProxy,
  commitToQuote,
  inputsContext,
  type LedgerRecord,
  ledgerRecord,
  openedAgent,
  openedCard,
  openedInputs,
  openedNote,
  openedProxy,
  recordBytes,
  recordHash,
  recordKinds,
} from '../../../shared/record.ts'
import { seniorRefOf } from '../../../shared/senior-ref.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { readFormatPage } from './format-page.ts'

const format = readFormatPage()
const records = format.examples.map(({ text }) => ledgerRecord.parse(JSON.parse(text)))
const examples = format.examples.map((example, index) => ({ ...example, name: nameOf(records[index]) }))

function nameOf(record: LedgerRecord | undefined): string {
  return record ? `${record.generation}/${record.seq} ${record.kind}` : '?'
}

describe('every example of the page', () => {
  test.each(examples)('$name is a canonical record', ({ text }) => {
    const record = ledgerRecord.parse(JSON.parse(text))
    expect(new TextDecoder().decode(recordBytes(record))).toBe(text)
  })

  test.each(examples)('$name has the hash that the page says', ({ text, hash }) => {
    expect(recordHash(new TextEncoder().encode(text))).toBe(hash)
  })

  test('stands in the order of the chain, each with the hash of the one before', () => {
    expect(records.map(({ prev }) => prev)).toEqual([chainStart, ...examples.slice(0, -1).map(({ hash }) => hash)])
    expect(records.map(({ generation, seq }) => [generation, seq])).toEqual([
      ...Array.from({ length: 13 }, (_, index) => [1, index + 1]),
      ...Array.from({ length: 19 }, (_, index) => [2, index + 1]),
    ])
  })

  test('the anchor is one, and names a record of the chain', () => {
    const { generation, seq, hash, terminal } = anchor.parse(JSON.parse(format.anchor))
    const at = records.findIndex(record => record.generation === generation && record.seq === seq)
    expect([examples[at]?.hash, records[at]?.terminal]).toEqual([hash, terminal])
  })

  test('is explained: each member that occurs in one is named by the page', () => {
    const named = new Set([...format.page.matchAll(/`(\w+)`/g)].map(([, name]) => name))
    const members = new Set(records.flatMap(membersOf))
    expect([...members].filter(member => !named.has(member))).toEqual([])
  })
})

test('the totals of the examples are the sums of the examples, as records were before they named the funds of each meal', () => {
  const at = records.findIndex(({ kind }) => kind === 'totals')
  const totals = records[at]
  const close = records[at - 1]
  if (totals?.kind !== 'totals' || close?.kind !== 'shift') throw new Error('no day is closed')
  expect(totals.payload.of).toBe(close.id)
  const find = (id: string) => records.find(record => record.id === id) ?? null
  const { meals, ...sums } = addUp(records.slice(0, at - 1), find)
  expect(totals.payload.figures).toEqual({ ...sums, meals: meals.map(({ subsidies: _, ...meal }) => meal) })
})

test('every kind of record has an example and a heading', () => {
  const withExample = new Set(records.map(({ kind }) => kind))
  expect(recordKinds.filter(kind => ![...withExample].some(known => known === kind))).toEqual([])
  expect(recordKinds.filter(kind => !format.page.includes(`\n## \`${kind}\`\n`))).toEqual([])
})

test('no list of the examples is empty everywhere, so that each form is shown once', () => {
  const lists = ['subsidies', 'debits', 'tenders', 'items', 'entries']
  const shown = format.examples.map(({ text }) => text).join('\n')
  expect(lists.filter(list => !new RegExp(`"${list}":\\[\\{`).test(shown))).toEqual([])
})

describe('the signatures', () => {
  test.each(['ledger-a', 'ledger-b'])('%s is the pair that the page publishes', name => {
    expect(publicOf(format.key(`${name}-private`))).toBe(format.key(`${name}-public`))
  })

  test('are those of the key in force: a key-change is signed by the key before it', () => {
    const signers = examples.map(({ text, signature }) =>
      ['ledger-a', 'ledger-b'].find(
        name => signature === toBase64Url(sign(null, Buffer.from(text), privateKey(format.key(`${name}-private`)))),
      ),
    )
    expect(signers).toEqual([
      ...Array.from({ length: 12 }, () => 'ledger-a'),
      ...Array.from({ length: 20 }, () => 'ledger-b'),
    ])
  })

  test('verify through the suite, and not over other bytes', async () => {
    const key = fromBase64Url(format.key('ledger-a-public'))
    const [first, second] = format.examples
    if (!first || !second) throw new Error('the page has too few examples')
    const signature = fromBase64Url(first.signature)
    expect(await standardSuite.verify(key, new TextEncoder().encode(first.text), signature)).toBe(true)
    expect(await standardSuite.verify(key, new TextEncoder().encode(second.text), signature)).toBe(false)
  })
})

test('a verifier written from the page alone, with nothing of this project, accepts the chain', () => {
  expect(verifyByThePage(format.examples)).toBe('sound')
})

test.each([
  ['a changed amount', 3, (text: string) => text.replace('"listFen":1500', '"listFen":1501')],
  ['white space', 3, (text: string) => text.replace('{', '{ ')],
  ['a left-out record', 5, () => null],
] as const)('that verifier notices %s', (_, at, change) => {
  const changed = format.examples.flatMap((example, index) => {
    const text = index === at ? change(example.text) : example.text
    return text === null ? [] : [{ ...example, text }]
  })
  expect(verifyByThePage(changed)).not.toBe('sound')
})

describe('the commitments of the examples', () => {
  const countable = records.flatMap(record => {
    const counted = countableOf(record)
    return counted === null ? [] : [{ id: record.id, ...counted }]
  })
  const cases = format.openedInputs.map((text, index) => {
    const opened = openedInputs.parse(JSON.parse(text))
    const quote = quoteResult.parse(JSON.parse(format.quotes[index] ?? 'null'))
    const checkIn: string = opened.inputs.checkIn
    const outcome = countable.find(({ id }) => id === checkIn)
    if (!outcome) throw new Error(`no example has the check-in ${checkIn}`)
    return { text, opened, quote, outcome }
  })

  test('stand with their inputs and quote for each kind that has them', () => {
    expect(cases.map(({ outcome }) => outcome.id)).toEqual(countable.map(({ id }) => id))
    expect(format.quotes).toHaveLength(cases.length)
  })

  test.each(cases)('$outcome.id commits to the published inputs, and to no others', ({ text, opened, outcome }) => {
    expect(canonicalJson(opened)).toBe(text)
    expect(commitmentHolds(opened, outcome.inputsCommitment)).toBe(true)
    const other = { ...opened, inputs: { ...opened.inputs, quote: { ...opened.inputs.quote, used: { 'week|x': 1 } } } }
    expect(commitmentHolds(other, outcome.inputsCommitment)).toBe(false)
    expect(commitTo(opened.inputs, sha256('another salt'))).not.toBe(outcome.inputsCommitment)
  })

  test.each(cases)('$outcome.id commits to the digest of the published quote', ({ opened, quote, outcome }) => {
    const { digest, ...rest } = quote
    expect(toBase64Url(sha256(canonicalJson(rest)))).toBe(digest)
    expect(commitToQuote(digest, fromBase64Url(opened.salt))).toBe(outcome.quoteCommitment)
  })

  test.each(cases)('$outcome.id has the amounts of its quote, and they add up', ({ quote, outcome }) => {
    const subsidies = outcome.subsidies.reduce((sum, { fen }) => sum + fen, 0)
    const taken = outcome.tenders.reduce((sum, { fen }) => sum + fen, 0)
    expect(outcome).toMatchObject({ listFen: quote.listFen, subsidies: quote.subsidies, ownPayFen: quote.ownPayFen })
    expect(outcome.discountFen + subsidies + outcome.ownPayFen).toBe(outcome.listFen)
    expect(taken + outcome.cashRoundingFen).toBe(outcome.ownPayFen)
  })

  test.each(cases)('$outcome.id names the senior by the site key, or nobody', ({ opened, outcome }) => {
    const { senior } = opened.inputs
    const siteKey = fromBase64Url(format.key('site-key'))
    expect(outcome.senior).toBe(senior === null ? null : seniorRefOf(siteKey, senior))
  })

  test('the sealed inputs of the page open with the published sealing key, for this terminal only', async () => {
    const pair = {
      privateKey: fromBase64Url(format.key('province-sealing-private')),
      publicKey: fromBase64Url(format.key('province-sealing-public')),
    }
    const sealed = fromBase64Url(format.sealed)
    const plain = await standardSuite.open(pair, sealed, inputsContext('example-1'))
    expect(plain && new TextDecoder().decode(plain)).toBe(format.openedInputs[0])
    expect(await standardSuite.open(pair, sealed, inputsContext('example-2'))).toBeNull()
  })
})

describe('the card inputs of the example', () => {
  const opened = openedCard.parse(JSON.parse(format.openedCard))
  const change = records.find(record => record.kind === 'means-change')

  test('are those that its record committed to, and no others fit', () => {
    const salt = fromBase64Url(opened.salt)
    expect(canonicalJson(opened)).toBe(format.openedCard)
    expect(change?.payload.cardCommitment).toBe(commitToCard(opened.inputs, salt))
    expect(commitToCard({ ...opened.inputs, card: 'uid:04A1B2C3' }, salt)).not.toBe(change?.payload.cardCommitment)
  })

  test('name the senior by the site key, and the signed record names no card', () => {
    expect(change?.payload.senior).toBe(seniorRefOf(fromBase64Url(format.key('site-key')), opened.inputs.senior))
    expect(JSON.stringify(change)).not.toContain(opened.inputs.card)
  })
})

describe('the agent inputs of the example', () => {
  const opened = openedAgent.parse(JSON.parse(format.openedAgent))
  const consent = records.find(record => record.kind === 'consent')

  test('are those that its record committed to, and no other name fits', () => {
    const salt = fromBase64Url(opened.salt)
    expect(canonicalJson(opened)).toBe(format.openedAgent)
    expect(consent?.payload.agentCommitment).toBe(commitToAgent(opened.inputs, salt))
    expect(commitToAgent({ ...opened.inputs, agent: '陈芬' }, salt)).not.toBe(consent?.payload.agentCommitment)
  })

  test('name the senior by the site key, and the signed record names nobody', () => {
    expect(consent?.payload.senior).toBe(seniorRefOf(fromBase64Url(format.key('site-key')), opened.inputs.senior))
    expect(JSON.stringify(consent)).not.toContain(opened.inputs.agent)
  })
})

describe('the proxy inputs of the example', () => {
  const opened = openedProxy.parse(JSON.parse(format.openedProxy))
  const change = records.find(record => record.kind === 'proxy-change')
  const collection = records.find(record => record.kind === 'proxy-collection')
  const siteKey = fromBase64Url(format.key('site-key'))

  test('are those that its record committed to, and no other name fits', () => {
    const salt = fromBase64Url(opened.salt)
    expect(canonicalJson(opened)).toBe(format.openedProxy)
    expect(change?.payload.proxyCommitment).toBe(commitToProxy(opened.inputs, salt))
    expect(commitToProxy({ ...opened.inputs, name: '周平' }, salt)).not.toBe(change?.payload.proxyCommitment)
  })

  test('name senior and proxy by the site key, alike in both records, and the signed records name nobody', () => {
    const { senior, proxy, name, numberTail } = opened.inputs
    expect(proxyIdOf(name, numberTail ?? '')).toBe(proxy)
    const vouched = records.find(record => record.kind === 'visit-proxy')
    for (const record of [change, collection, vouched])
      expect(record?.payload).toMatchObject({ senior: seniorRefOf(siteKey, senior), proxy: proxyRefOf(siteKey, proxy) })
    expect(JSON.stringify([change, collection])).not.toMatch(new RegExp(`${name}|${proxy}`))
  })
})

describe('the note of the example', () => {
  const opened = openedNote.parse(JSON.parse(format.openedNote))
  const attendance = records.find(record => record.kind === 'attendance')

  test('is the one that its record committed to, and no other fits', () => {
    const salt = fromBase64Url(opened.salt)
    expect(canonicalJson(opened)).toBe(format.openedNote)
    expect(attendance?.payload.noteCommitment).toBe(commitToNote(opened.inputs, salt))
    expect(commitToNote({ ...opened.inputs, note: null }, salt)).not.toBe(attendance?.payload.noteCommitment)
  })

  test('names the senior by the site key, and the signed record says nothing of it', () => {
    expect(attendance?.payload.senior).toBe(seniorRefOf(fromBase64Url(format.key('site-key')), opened.inputs.senior))
    expect(JSON.stringify(attendance)).not.toContain(opened.inputs.note)
  })
})

describe('a record is taken only in its exact form', () => {
  const sale = records.find(({ kind }) => kind === 'sale')

  test.each([
    ['another version', { v: 2 }],
    ['another suite', { suite: 'sm' }],
    ['a sequence of 0', { seq: 0 }],
    ['a fraction of a millisecond', { at: 1.5 }],
    ['a member that the page does not list', { note: 'x' }],
    ['a kind that nobody knows', { kind: 'gift' }],
    ['a hash with stray bits at its end', { prev: `${'A'.repeat(42)}B` }],
    ['a date that no calendar has', { businessDate: '2026-02-30' }],
  ])('%s is refused', (_, change) => {
    expect(ledgerRecord.safeParse(sale).success).toBe(true)
    expect(ledgerRecord.safeParse({ ...sale, ...change }).success).toBe(false)
  })

  test('a fraction of a fen is refused', () => {
    if (sale?.kind !== 'sale') throw new Error('the page has no sale')
    expect(ledgerRecord.safeParse({ ...sale, payload: { ...sale.payload, ownPayFen: 7.5 } }).success).toBe(false)
  })
})

function membersOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = Array.isArray(value) ? [] : Object.keys(value)
  return [...own, ...Object.values(value).flatMap(membersOf)]
}

function privateKey(text: string) {
  return createPrivateKey({ key: Buffer.from(text, 'base64url'), format: 'der', type: 'pkcs8' })
}

function publicOf(text: string): string | undefined {
  return createPublicKey(privateKey(text)).export({ format: 'jwk' }).x
}

/** The six steps of the page, on Node's own crypto. Gives `sound`, or the first step and place that do not hold. */
function verifyByThePage(chain: readonly { text: string; signature: string }[]): string {
  let prev = Buffer.alloc(32).toString('base64url')
  let key: string | null = null
  let place = { generation: 0, seq: 0, hash: '' }
  for (const { text, signature } of chain) {
    const record = JSON.parse(text)
    const here = `${record.generation}/${record.seq}`
    if (sortedJson(record) !== text) return `1 at ${here}`
    const begins = record.generation > place.generation
    if (record.seq !== (begins ? 1 : place.seq + 1)) return `2 at ${here}`
    if (record.prev !== prev) return `3 at ${here}`
    const lastHead = place.generation === 0 ? null : place
    if (begins && record.kind !== 'key-change') return `4 at ${here}`
    if (begins && sortedJson(record.payload.lastHead) !== sortedJson(lastHead)) return `4 at ${here}`
    const signer: string = key ?? record.payload.ledgerKey
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: signer }, format: 'jwk' })
    if (!verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url'))) return `5 at ${here}`
    if (record.kind === 'key-change') key = record.payload.ledgerKey
    prev = createHash('sha256').update(text).digest('base64url')
    place = { generation: record.generation, seq: record.seq, hash: prev }
  }
  return 'sound'
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
}
