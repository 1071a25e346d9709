import { expect, onTestFinished, test } from 'vitest'
import { doubtedRecords } from '../../../electron/core/store/verdicts.ts'
import { takePushReply } from '../../../electron/core/sync/push.ts'
import type { Verdict } from '../../../shared/province-api.ts'
import { openSaleHouse, type SaleHouse } from '../../support/sale-house.ts'

/** Two meals, records 1/2 and 1/3. */
async function house() {
  const made = await openSaleHouse()
  onTestFinished(() => made.close())
  return { made, meals: [await made.eat(0, 0), await made.eat(1, 0)] }
}

function hear(made: SaleHouse, ...verdicts: Verdict[]): void {
  const reply = { verdicts, acknowledged: { generation: 1, seq: 3 } }
  const taken = takePushReply({ ...made, now: () => 0 }, { generation: 1, last: 3 }, reply)
  expect(taken).not.toBeNull()
}

test('what the province doubts is told newest first, with its record and the reason', async () => {
  const { made, meals } = await house()
  hear(
    made,
    { seq: 2, verdict: 'flagged', code: 'RIGHT_NOT_HELD' },
    { seq: 3, verdict: 'rejected', code: 'CHAIN_BROKEN' },
  )
  const [first, second] = meals
  expect(doubtedRecords(made.db)).toEqual([
    { generation: 1, seq: 3, id: second?.id, at: second?.at, code: 'CHAIN_BROKEN' },
    { generation: 1, seq: 2, id: first?.id, at: first?.at, code: 'RIGHT_NOT_HELD' },
  ])
})

test.each(['accepted', 'duplicate'] as const)('it is told no more once the province says %s', async verdict => {
  const { made } = await house()
  hear(
    made,
    { seq: 2, verdict: 'flagged', code: 'DATE_DOUBTFUL' },
    { seq: 3, verdict: 'rejected', code: 'CHAIN_BROKEN' },
  )
  hear(made, { seq: 3, verdict, code: null })
  expect(doubtedRecords(made.db).map(({ seq }) => seq)).toEqual([2])
})

test('a reason that this program does not know, and a record that is not here, are told without', async () => {
  const { made } = await house()
  made.db.exec("INSERT INTO verdict VALUES (1, 9, 'flagged', 'SOMETHING_NEW')")
  expect(doubtedRecords(made.db)).toEqual([{ generation: 1, seq: 9, id: null, at: null, code: null }])
})

test('of many the newest twenty are told', async () => {
  const { made } = await house()
  for (let seq = 1; seq <= 30; seq += 1) made.db.exec(`INSERT INTO verdict VALUES (1, ${seq}, 'flagged', NULL)`)
  expect(doubtedRecords(made.db).map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => 30 - index))
})
