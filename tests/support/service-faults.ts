import type { TakenAway } from './code-check-mutants.ts'

const madeGood = 'province/leases/fold-made-good.ts'
const ask = 'province/leases/ask.ts'
const intake = 'province/intake.ts'

/**
 * Faults in what a till and the province themselves run beside the rules of leases, each noticed by the tests that `mutant-areas.ts` names
 * for its file. `check` is what is missing; `from` stands once in the file.
 */
export const serviceFaults: readonly TakenAway[] = [
  {
    check: 'a payout of another amount than is owed passes',
    file: madeGood,
    from: ' && JSON.stringify(owed?.subsidies) === JSON.stringify(record.payload.subsidies)',
    to: '',
  },
  {
    check: 'a claim that was paid is owed still',
    file: madeGood,
    from: 'book.put(claim, withoutOwed({ ...lease, rights }, key))',
    to: 'book.put(claim, { ...lease, rights })',
  },
  {
    check: 'a question that is asked again is granted on top of what was granted',
    file: ask,
    from: 'const { lease, tell } = asked(before, id, question, capOf)',
    to: `const granted = key => before.rights.holders[id]?.lines[key]?.granted ?? 0
      const totals = question.totals.map(item => ({ ...item, amount: item.amount + granted(item.key) }))
      const { lease, tell } = asked(before, id, { ...question, totals }, capOf)`,
  },
  {
    check: 'a question of another generation is answered',
    file: ask,
    from: ' || body.generation !== generation',
    to: '',
  },
  {
    check: 'a record that comes twice is taken twice',
    file: intake,
    from: "if (known !== undefined) return { read, standing: known === read.hash ? 'duplicate' : 'conflict' }",
    to: "if (known !== undefined) return { read, standing: 'next' }",
  },
  {
    check: 'another record at a place that is taken is a duplicate',
    file: intake,
    from: "known === read.hash ? 'duplicate' : 'conflict'",
    to: "'duplicate'",
  },
  {
    check: 'the chain is not checked',
    file: intake,
    from: 'record === null || record.prev === (at === 0 ? start : items[at - 1]?.hash)',
    to: 'true',
  },
  { check: 'a gap is passed over', file: intake, from: 'gap ||= seq !== last + 1', to: '' },
  {
    check: 'a word to another generation is heard',
    file: 'electron/core/lease-desk.ts',
    from: 'senior === null || word.generation !== ledger.head()?.generation',
    to: 'senior === null',
  },
  {
    check: 'confirming again sells again',
    file: 'electron/core/record-sale.ts',
    from: "if (known) return { result: 'recorded', record: known.record, repeated: true }",
    to: '',
  },
  {
    check: 'the cursor is stored before the data',
    file: 'electron/core/sync/pull.ts',
    from: "if (page.feed === 'leases') await parts.onLeases(page.items)",
    to: "parts.documents.write('cursor:leases', page.cursor)\n  await parts.onLeases(page.items)",
  },
]
