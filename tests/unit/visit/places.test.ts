import { expect, test } from 'vitest'
import { houseSeniors } from '../../support/sale-house.ts'
import { openVisitDeskHouse, type VisitDeskHouse, visitCarers } from '../../support/visit-desk-house.ts'

const [chen, wang] = houseSeniors.map(({ senior }) => senior.id)
const [wu] = visitCarers
if (chen === undefined || wang === undefined || wu === undefined) throw new Error('nobody')
const done = { result: 'done' }
const refusedAs = (code: string) => ({ result: 'refused', notice: { code } })

/** Comes for a service, given by the first carer. */
async function begin({ desk }: VisitDeskHouse, senior: typeof chen, service: string) {
  if (senior === undefined || wu === undefined) throw new Error('nobody')
  await desk.choose(senior)
  await desk.chooseService(service)
  await desk.carer(wu, '305917')
  return await desk.begin(null, null)
}

test('who is here for the day is not signed in for the day once more', async () => {
  const now = await openVisitDeskHouse()
  expect(await begin(now, chen, 'stay')).toEqual(done)
  now.pass(5)
  expect(await begin(now, chen, 'stay')).toMatchObject(refusedAs('SENIOR_IN_VISIT'))
  expect(await begin(now, chen, 'bath')).toEqual(done)
  expect(now.house.openVisits.count()).toBe(2)
  now.close()
})
