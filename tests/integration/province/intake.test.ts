import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { chainStart } from '../../../shared/record.ts'
import { standardSuite } from '../../../shared/suite.ts'
import type { PaperTerminal } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const outcomes = (reply: Awaited<ReturnType<PaperTerminal['push']>>) =>
  reply.verdicts.map(({ verdict, code }) => (code === null ? verdict : `${verdict} ${code}`))

describe('intake of records', () => {
  let house: ProvinceHouse
  const seniors = demoSeniors().filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen === 600)
  let next = 0
  /** A senior aged 80 or more whom no other test uses: 6.00 of subsidies from three funds. */
  const someone = (): DemoSenior => {
    const senior = seniors[next++]
    if (senior === undefined) throw new Error('no senior left for this test')
    return senior
  }
  const claimed = (terminal: PaperTerminal) =>
    house.number('select sum(fen) from claim_line where terminal_id = $1', [terminal.terminal])
  const used = (senior: DemoSenior, limit: string) =>
    house.number('select sum(amount) from counter where senior_id = $1 and limit_id = $2', [senior.id, limit])

  beforeAll(async () => {
    house = await openProvinceHouse()
  })
  afterAll(() => house.close())

  it('accepts sales, books each fund to the senior, site and day, and acknowledges the last', async () => {
    const terminal = await house.terminal()
    const [one, two] = [someone(), someone()]
    const reply = await terminal.push([await terminal.sale(one), await terminal.sale(two)])
    expect(outcomes(reply)).toEqual(['accepted', 'accepted'])
    expect(reply.acknowledged).toEqual({ generation: 1, seq: 2 })
    const lines = await house.rows(
      'select fund, site_id, held, fen::int from claim_line where senior_id = $1 order by fen desc',
      [one.id],
    )
    expect(lines).toEqual([
      { fund: 'city', site_id: 'demo-canteen', held: false, fen: 300 },
      { fund: 'district', site_id: 'demo-canteen', held: false, fen: 200 },
      { fund: 'street', site_id: 'demo-canteen', held: false, fen: 100 },
    ])
  })

  it('answers a batch pushed again with duplicates and leaves all sums as they were', async () => {
    const terminal = await house.terminal()
    const senior = someone()
    const batch = [await terminal.sale(senior), await terminal.sale(someone())]
    await terminal.push(batch)
    const reply = await terminal.push(batch)
    expect(outcomes(reply)).toEqual(['duplicate', 'duplicate'])
    expect(reply.acknowledged.seq).toBe(2)
    expect(await claimed(terminal)).toBe(1200)
    expect(await used(senior, 'week')).toBe(1)
    expect(await house.number('select count(*) from ledger where terminal_id = $1', [terminal.terminal])).toBe(2)
  })

  it('takes two pushes of the same batch at the same moment once', async () => {
    const terminal = await house.terminal()
    const batch = [await terminal.sale(someone())]
    const envelope = await terminal.pushEnvelope(batch)
    const send = () => terminal.send('/v1/ledger', envelope, body => body)
    const replies = await Promise.all([send(), send(), send()])
    expect(replies.every(({ ok }) => ok)).toBe(true)
    expect(await claimed(terminal)).toBe(600)
  })

  it('acknowledges what comes before a gap and answers GAP to the rest, until the missing record comes', async () => {
    const terminal = await house.terminal()
    const batch = [await terminal.sale(someone()), await terminal.sale(someone()), await terminal.sale(someone())]
    const [first, second, third] = batch
    if (!first || !second || !third) throw new Error('three sales')
    const gapped = await terminal.push([first, third])
    expect(outcomes(gapped)).toEqual(['accepted', 'rejected GAP'])
    expect(gapped.acknowledged.seq).toBe(1)
    expect(await claimed(terminal)).toBe(600)
    expect(outcomes(await terminal.push([third, second]))).toEqual(['rejected GAP', 'rejected GAP'])
    expect(outcomes(await terminal.push([second, third]))).toEqual(['accepted', 'accepted'])
    expect(await claimed(terminal)).toBe(1800)
  })

  it('flags a sale whose amounts are not those of its quote, stores and holds it', async () => {
    const terminal = await house.terminal()
    const more = await terminal.sale(someone(), {
      alter: payload => ({
        ...payload,
        subsidies: payload.subsidies.map(item => ({ ...item, fen: item.fen + 100 })),
        ownPayFen: payload.ownPayFen - 300,
      }),
    })
    expect(outcomes(await terminal.push([more]))).toEqual(['flagged QUOTE_DIFFERS'])
    expect(
      await house.rows('select distinct held from claim_line where terminal_id = $1', [terminal.terminal]),
    ).toEqual([{ held: true }])
  })

  it('flags a debit that was left out, by which a limit would be spared', async () => {
    const terminal = await house.terminal()
    const sale = await terminal.sale(someone(), { alter: payload => ({ ...payload, debits: [] }) })
    expect(outcomes(await terminal.push([sale]))).toEqual(['flagged QUOTE_DIFFERS'])
  })

  it('rejects a record changed after it was signed, keeps it as it came, and goes on behind it', async () => {
    const terminal = await house.terminal()
    const sale = await terminal.sale(someone())
    const changed = { ...sale, record: sale.record.replace('"fen":300', '"fen":900') }
    expect(changed.record).not.toBe(sale.record)
    const reply = await terminal.push([changed])
    expect(outcomes(reply)).toEqual(['rejected BAD_SIGNATURE'])
    expect(reply.acknowledged.seq).toBe(1)
    expect(await claimed(terminal)).toBe(0)
    const [row] = await house.rows("select convert_from(record, 'UTF8') as text from ledger where terminal_id = $1", [
      terminal.terminal,
    ])
    expect(row?.text).toBe(changed.record)
  })

  it('rejects a signature by another key', async () => {
    const terminal = await house.terminal()
    const sale = await terminal.sale(someone())
    const forger = await standardSuite.signer(await standardSuite.generateSigningKey())
    const signature = toBase64Url(await forger.sign(Buffer.from(sale.record, 'utf8')))
    expect(outcomes(await terminal.push([{ ...sale, signature }]))).toEqual(['rejected BAD_SIGNATURE'])
  })

  it('rejects what is no record, even with NUL in it, and chains on from its bytes', async () => {
    const terminal = await house.terminal()
    const nonsense = { seq: 1, record: '{"torn\u0000', signature: 'A'.repeat(86), inputs: null }
    expect(outcomes(await terminal.push([nonsense]))).toEqual(['rejected BAD_RECORD'])
  })

  it('rejects a record that is spelled otherwise than its canonical form', async () => {
    const terminal = await house.terminal()
    const sale = await terminal.sale(someone())
    const spaced = { ...sale, record: sale.record.replace('{', '{ ') }
    expect(outcomes(await terminal.push([spaced]))).toEqual(['rejected BAD_RECORD'])
  })

  it('rejects a record of another terminal', async () => {
    const [one, other] = [await house.terminal(), await house.terminal()]
    expect(outcomes(await other.push([await one.sale(someone())]))).toEqual(['rejected BAD_RECORD'])
  })

  it('flags a record that does not link to the one before', async () => {
    const terminal = await house.terminal()
    const first = await terminal.sale(someone())
    const loose = await terminal.sign('void', { of: first.id, reason: 'x', operator: null }, null, {
      at: { seq: 1, hash: chainStart },
    })
    expect(outcomes(await terminal.push([first, loose]))).toEqual(['accepted', 'flagged CHAIN_BROKEN'])
  })

  it('tells a copied disk by another record at a known place, and quarantines the terminal', async () => {
    const terminal = await house.terminal()
    await terminal.push([await terminal.sale(someone())])
    const other = await terminal.sign(
      'void',
      { of: '01900000-0000-7000-8000-000000000000', reason: 'x', operator: null },
      null,
      {
        at: { seq: 0, hash: chainStart },
        moveHead: false,
      },
    )
    const reply = await terminal.push([other])
    expect(outcomes(reply)).toEqual(['conflict COPIED_DISK'])
    expect(reply.acknowledged.seq).toBe(1)
    expect(await house.rows('select quarantined from terminal where terminal_id = $1', [terminal.terminal])).toEqual([
      { quarantined: true },
    ])
  })

  /** The record by which a restored terminal begins a generation after its newest record. */
  const resumed = async (terminal: PaperTerminal, generation: number) => {
    const lastHead = { generation: 1, ...terminal.head() }
    const ledgerKey = toBase64Url(terminal.keys.ledger.publicKey)
    return await terminal.sign('key-change', { reason: 'restored', ledgerKey, lastHead }, null, {
      ...{ generation, moveHead: false },
      at: { seq: 0, hash: lastHead.hash },
    })
  }

  it('lets a restored terminal go on in a generation of its own, and takes no copy for it', async () => {
    const terminal = await house.terminal()
    await terminal.push([await terminal.sale(someone())])
    expect(outcomes(await terminal.push([await resumed(terminal, 3)], 3))).toEqual(['accepted'])
    expect(await house.rows('select quarantined from terminal where terminal_id = $1', [terminal.terminal])).toEqual([
      { quarantined: false },
    ])
  })

  it('finds the disk that was copied, or left behind, where an older generation goes on beside a newer one', async () => {
    const terminal = await house.terminal()
    const senior = someone()
    await terminal.push([await terminal.sale(senior)])
    await terminal.push([await resumed(terminal, 2)], 2)
    expect(outcomes(await terminal.push([await terminal.sale(someone())]))).toEqual(['flagged COPIED_DISK'])
    expect(await house.rows('select quarantined from terminal where terminal_id = $1', [terminal.terminal])).toEqual([
      { quarantined: true },
    ])
    expect(
      await house.number('select sum(fen) from claim_line where terminal_id = $1 and not held', [terminal.terminal]),
    ).toBe(600)
  })

  it('gives a terminal its own records back, page by page, and nobody else’s', async () => {
    const [terminal, other] = [await house.terminal(), await house.terminal()]
    const sales = [await terminal.sale(someone()), await terminal.sale(someone()), await terminal.sale(someone())]
    await terminal.push(sales)
    await other.push([await other.sale(someone())])
    const first = await terminal.history({ after: { generation: 1, seq: 1 }, before: 2, limit: 1 })
    expect(first.items).toEqual([
      { generation: 1, seq: 2, record: sales[1]?.record, signature: sales[1]?.signature, counted: true },
    ])
    expect([first.more, first.heads]).toEqual([true, [{ generation: 1, ...terminal.head() }]])
    const rest = await terminal.history({ after: { generation: 1, seq: 2 }, before: null, limit: 9 })
    expect([rest.items.map(({ seq }) => seq), rest.more]).toEqual([[3], false])
    expect((await terminal.history({ after: { generation: 0, seq: 0 }, before: 1, limit: 9 })).items).toEqual([])
  })

  it('flags a sale without inputs, and one whose inputs are not those it committed to', async () => {
    const terminal = await house.terminal()
    const [bare, one, two] = [
      await terminal.sale(someone()),
      await terminal.sale(someone()),
      await terminal.sale(someone()),
    ]
    const reply = await terminal.push([{ ...bare, inputs: null }, { ...one, inputs: two.inputs }, two])
    expect(outcomes(reply)).toEqual(['flagged INPUTS_MISSING', 'flagged INPUTS_DIFFER', 'accepted'])
    expect(await house.number('select count(*) from ledger where terminal_id = $1', [terminal.terminal])).toBe(3)
  })

  it('flags a reference that names another senior than the inputs do', async () => {
    const terminal = await house.terminal()
    const sale = await terminal.sale(someone(), { alter: payload => ({ ...payload, senior: null }) })
    expect(outcomes(await terminal.push([sale]))).toEqual(['flagged INPUTS_DIFFER'])
  })

  it('flags inputs that differ in anything from what was committed to', async () => {
    const terminal = await house.terminal()
    const sale = await terminal.sale(someone(), {
      alter: payload => ({ ...payload, inputsCommitment: 'A'.repeat(43) }),
    })
    expect(outcomes(await terminal.push([sale]))).toEqual(['flagged INPUTS_DIFFER'])
  })

  it('flags a quote on facts that the province never published: a made-up category brings nothing unseen', async () => {
    const terminal = await house.terminal()
    const { id, person } = someone()
    const sale = await terminal.sale({ id, person: { ...person, categories: [{ id: 'dibao' }] } })
    expect(outcomes(await terminal.push([sale]))).toEqual(['flagged INPUTS_DIFFER'])
  })

  it('flags a sale under a pack that was never published', async () => {
    const terminal = await house.terminal()
    const sale = await terminal.sale(someone(), {
      alter: payload => ({ ...payload, policy: { ...payload.policy, hash: 'A'.repeat(43) } }),
    })
    expect(outcomes(await terminal.push([sale]))).toEqual(['flagged POLICY_UNKNOWN'])
  })

  it('flags the second terminal that uses up the same right of a meal', async () => {
    const [one, two] = [await house.terminal(), await house.terminal()]
    const senior = someone()
    expect(outcomes(await one.push([await one.sale(senior)]))).toEqual(['accepted'])
    expect(outcomes(await two.push([await two.sale(senior)]))).toEqual(['flagged CAP_EXCEEDED'])
  })

  it('reverses claims and counters by a void, in the same push or a later one, and lets the meal be sold anew', async () => {
    const terminal = await house.terminal()
    const senior = someone()
    const wrong = await terminal.sale(senior)
    const right = [wrong, await terminal.voidOf(wrong.id), await terminal.sale(senior)]
    expect(outcomes(await terminal.push(right))).toEqual(['accepted', 'accepted', 'accepted'])
    expect(await claimed(terminal)).toBe(600)
    const last = right[2]
    if (!last) throw new Error('three records')
    expect(outcomes(await terminal.push([await terminal.voidOf(last.id)]))).toEqual(['accepted'])
    expect(await claimed(terminal)).toBe(0)
    expect(await used(senior, 'meal')).toBe(0)
  })

  it('flags a second void, and a void of a record that nobody knows', async () => {
    const terminal = await house.terminal()
    const sale = await terminal.sale(someone())
    const records = [
      sale,
      await terminal.voidOf(sale.id),
      await terminal.voidOf(sale.id),
      await terminal.sign('void', { of: '01900000-0000-7000-8000-000000000000', reason: 'x', operator: null }, null),
    ]
    expect(outcomes(await terminal.push(records))).toEqual([
      'accepted',
      'accepted',
      'flagged ALREADY_VOID',
      'flagged UNKNOWN_RECORD',
    ])
    expect(outcomes(await terminal.push([await terminal.voidOf(sale.id)]))).toEqual(['flagged ALREADY_VOID'])
    expect(await claimed(terminal)).toBe(0)
  })

  it('does not let one site void the sale of another', async () => {
    const [here, there] = [await house.terminal(), await house.terminal('demo-riverside')]
    const sale = await here.sale(someone())
    await here.push([sale])
    expect(outcomes(await there.push([await there.voidOf(sale.id)]))).toEqual(['flagged UNKNOWN_RECORD'])
    expect(await claimed(here)).toBe(600)
  })

  it('takes back the money of a refund, and no more than the sale brought', async () => {
    const terminal = await house.terminal()
    const [one, two] = [await terminal.sale(someone()), await terminal.sale(someone())]
    const refund = (of: string, fen: number) =>
      terminal.sign(
        'refund',
        { of, subsidies: [{ fund: 'city', fen }], ownPayFen: 0, reason: 'x', operator: null },
        null,
      )
    const reply = await terminal.push([one, two, await refund(one.id, 300), await refund(two.id, 301)])
    expect(outcomes(reply)).toEqual(['accepted', 'accepted', 'accepted', 'flagged QUOTE_DIFFERS'])
    expect(await claimed(terminal)).toBe(900)
  })

  it('judges the records after a key change by the new key', async () => {
    const terminal = await house.terminal()
    const fresh = await standardSuite.generateSigningKey()
    const change = await terminal.sign(
      'key-change',
      { reason: 'rotated', ledgerKey: toBase64Url(fresh.publicKey), lastHead: null },
      null,
    )
    const old = await terminal.sale(someone())
    const signer = await standardSuite.signer(fresh)
    const signature = toBase64Url(await signer.sign(Buffer.from(old.record, 'utf8')))
    expect(outcomes(await terminal.push([change, { ...old, signature }]))).toEqual(['accepted', 'accepted'])
    expect(outcomes(await terminal.push([await terminal.sale(someone())]))).toEqual(['rejected BAD_SIGNATURE'])
  })

  it('keeps inputs sealed in its database: no birth date of a senior lies there in plain beside the roster', async () => {
    const terminal = await house.terminal()
    const senior = someone()
    await terminal.push([await terminal.sale(senior)])
    const rows = await house.rows(
      "select convert_from(l.record, 'UTF8') as record, i.sealed from ledger l join sale_inputs i using (terminal_id, generation, seq) where l.terminal_id = $1",
      [terminal.terminal],
    )
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(senior.person.birthDate)
    expect(JSON.stringify(rows[0]?.record)).not.toContain(senior.id)
  })
})
