import { describe, expect, test } from 'vitest'
import { canonicalJson, type Json } from '../../../../shared/canonical-json.ts'
import { evidenceLine } from '../../../../shared/evidence.ts'
import { fen } from '../../../../shared/money.ts'
import { gather } from '../../../../shared/policy/replay/gather.ts'
import { readEvidenceLine } from '../../../../shared/policy/replay/read-line.ts'
import type { OpenedInputs } from '../../../../shared/record.ts'
import { evidenceMaker, mealAtInstant, type Served, seniorNumber } from '../../../support/evidence-maker.ts'
import { packOf, person, subsidyStep } from '../../../support/policy-kit.ts'

const noon = Date.parse('2026-11-20T11:42:00+08:00')
const pack = packOf([subsidyStep('city', 300, { limits: ['meal'] })], {
  limits: [{ id: 'meal', period: 'meal', unit: 'count', cap: 1 }],
})

function maker() {
  const made = evidenceMaker(pack)
  const serve = (more: Partial<Served> = {}) =>
    made.serve({ at: noon, senior: 1, person: person(), visit: mealAtInstant(noon), ...more })
  return { ...made, serve }
}
const read = (lines: readonly string[]) => lines.map((line, index) => readEvidenceLine(line, index + 1))

/** What is read of one sale whose line tells these inputs. */
function factsTold(tell: (opened: OpenedInputs) => OpenedInputs | null, more: Partial<Served> = {}) {
  const made = maker()
  made.serve({ tell, ...more })
  const [line] = read(made.lines)
  return line?.is === 'priced' ? line.record.facts : line
}
const withQuote = (opened: OpenedInputs, more: object): OpenedInputs => ({
  ...opened,
  inputs: { ...opened.inputs, quote: { ...opened.inputs.quote, ...more } },
})

describe('a line', () => {
  test('of a sale gives its amounts, and the facts that they were computed from', () => {
    const made = maker()
    const id = made.serve()
    expect(read(made.lines)).toMatchObject([
      {
        ...{ line: 1, is: 'priced', id, day: '2026-11-20' },
        record: {
          ...{ line: 1, id, kind: 'sale', date: '2026-11-20', at: noon, terminal: 'till-1', generation: 1, seq: 1 },
          sale: { listFen: 1500, ownPayFen: 1200, subsidies: [{ fund: 'city', fen: 300 }] },
          facts: { ok: true, senior: seniorNumber(1), quote: { visit: { listFen: 1500 } } },
        },
      },
    ])
  })

  test('of a late entry counts for the day on which the meal was served, though it was made on another', () => {
    const made = maker()
    const visit = mealAtInstant(noon - 86_400_000)
    made.serve({ kind: 'late-entry', visit })
    expect(read(made.lines)).toMatchObject([
      { day: '2026-11-20', record: { kind: 'late-entry', date: '2026-11-19', facts: { ok: true } } },
    ])
  })

  test('of a void or a refund tells what it takes back, and a refund how much', () => {
    const made = maker()
    const of = made.serve()
    made.takeBack(noon, of)
    made.refund(noon, of, 50)
    expect(read(made.lines).slice(1)).toMatchObject([
      { is: 'reversal', record: { of, refund: null } },
      { is: 'reversal', record: { of, refund: { subsidies: [{ fund: 'city', fen: 150 }], ownPayFen: 600 } } },
    ])
  })

  test('of another kind tells no more than its day', () => {
    const made = maker()
    made.shift(noon)
    expect(read(made.lines)).toEqual([{ line: 1, is: 'other', id: expect.any(String), day: '2026-11-20' }])
  })

  test.each(['', '{', '[]', '{"record":"x"}', '{"opened":null,"record":7}', '{"opened":null,"record":"{}","more":1}'])(
    'that is no evidence line is told: %s',
    text => {
      expect(readEvidenceLine(text, 7)).toEqual({ line: 7, is: 'fault', code: 'UNREADABLE' })
    },
  )

  test('whose text is no record, or not its canonical form, is told', () => {
    const made = maker()
    made.serve()
    const { record, opened } = evidenceLine.parse(JSON.parse(made.lines[0] ?? ''))
    const json: Json = JSON.parse(record)
    for (const text of ['{}', 'no JSON', ` ${record}`, JSON.stringify(json, null, 1), record.replace('"v":1', '"v":2')])
      expect(readEvidenceLine(canonicalJson({ record: text, opened }), 3)).toEqual({
        ...{ line: 3, is: 'fault', code: 'BAD_RECORD' },
      })
  })
})

describe('the inputs of a line', () => {
  test('that are not there leave the record without facts', () => {
    expect(factsTold(() => null)).toEqual({ ok: false, why: 'NO_INPUTS' })
  })

  test.each<[string, (opened: OpenedInputs) => OpenedInputs]>([
    ['another person', opened => withQuote(opened, { person: person({ birthDate: '1930-01-01' }) })],
    ['another salt', opened => ({ ...opened, salt: 'A'.repeat(43) })],
    ['another usage', opened => withQuote(opened, { used: { 'week|2026-W47': 1 } })],
  ])('that the record did not commit to are not taken: %s', (_, tell) => {
    expect(factsTold(tell)).toEqual({ ok: false, why: 'INPUTS_DIFFER' })
  })

  test.each<[string, Partial<Served>]>([
    ['list price', { alter: sale => ({ ...sale, listFen: 1600 }) }],
    ['meal', { alter: sale => ({ ...sale, meal: 'dinner' }) }],
    ['channel', { alter: sale => ({ ...sale, channel: 'takeaway' }) }],
    ['senior', { alter: sale => ({ ...sale, senior: null }) }],
    ['day', { dated: '2026-11-21' }],
  ])('that are committed to, but speak of another %s than the record, are not taken', (_, more) => {
    expect(factsTold(opened => opened, more)).toEqual({ ok: false, why: 'INPUTS_DIFFER' })
  })

  test('of a pending claim are not looked at, nor those of a person who was not known', () => {
    const pending = { ok: false, why: 'CLAIM_PENDING' }
    expect(factsTold(opened => opened, { rights: {} })).toEqual(pending)
    expect(factsTold(opened => opened, { person: null })).toEqual(pending)
  })

  test('of the end of a visit need no meal', () => {
    const visit = mealAtInstant(noon, { meal: undefined, service: 'bath', minutes: 40 })
    expect(factsTold(opened => opened, { kind: 'visit-out', visit })).toMatchObject({ ok: true })
  })
})

describe('lines put together', () => {
  test('count a record once, and tell where it stands again', () => {
    const made = maker()
    made.serve()
    const gathered = gather(read([...made.lines, ...made.lines]))
    expect(gathered.records).toHaveLength(1)
    expect(gathered).toMatchObject({ lines: 2, faults: [{ line: 2, code: 'REPEATED' }] })
  })

  test('take a record back once, by what comes first', () => {
    const made = maker()
    const of = made.serve()
    made.refund(noon, of, 100)
    made.takeBack(noon, of)
    const gathered = gather(read(made.lines))
    expect(gathered.takenBack.get(of)).toMatchObject({ line: 2, refund: { ownPayFen: 1200 } })
    expect(gathered.faults).toEqual([{ line: 3, code: 'TAKEN_BACK_TWICE' }])
  })

  test('find a record that is taken back before its own line', () => {
    const made = maker()
    const of = made.serve()
    made.takeBack(noon, of)
    const gathered = gather(read([...made.lines].reverse()))
    expect([...gathered.takenBack.keys()]).toEqual([of])
    expect(gathered.faults).toEqual([])
  })

  test('tell every fault by its line, in the order of the file', () => {
    const made = maker()
    const of = made.serve()
    made.takeBack(noon, of)
    const [sale = '', back = ''] = made.lines
    expect(gather(read([back, 'x', back])).faults).toEqual([
      { line: 1, code: 'UNKNOWN_RECORD' },
      { line: 2, code: 'UNREADABLE' },
      { line: 3, code: 'REPEATED' },
    ])
    expect(gather(read([sale])).faults).toEqual([])
  })

  test('begin on the day of the earliest record, whatever its kind; without a record on none', () => {
    const made = maker()
    made.shift(noon - 86_400_000)
    made.serve({ kind: 'late-entry', visit: mealAtInstant(noon - 5 * 86_400_000) })
    expect(gather(read([...made.lines].reverse())).firstDay).toBe('2026-11-19')
    expect(gather(read(['x'])).firstDay).toBeNull()
  })

  test('keep amounts as whole fen', () => {
    const made = maker()
    made.serve({ visit: mealAtInstant(noon, { listFen: fen(1505) }) })
    expect(gather(read(made.lines)).records[0]?.sale).toMatchObject({ listFen: 1505, ownPayFen: 1205 })
  })
})
