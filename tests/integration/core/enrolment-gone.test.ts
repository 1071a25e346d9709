import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { openOfflineTill } from '../../support/offline-till.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const [member] = demoSeniors().filter(({ homeSite }) => homeSite === 'demo-canteen')
if (!member) throw new Error('no demo member')
let house: ProvinceHouse
let till: Awaited<ReturnType<typeof openOfflineTill>>
let name: string

beforeAll(async () => {
  house = await openProvinceHouse({ lunchAllDay: true })
}, 120_000)
afterAll(() => house?.close())
beforeEach(async () => {
  const code = await house.code()
  name = code.terminal
  till = await openOfflineTill(code)
  await till.sync.round()
})
afterEach(() => till?.close())

const said = () => till.sync.view().notices.map(({ code }) => code)
const keys = 'transport_key, sealing_key, ledger_key'

it('a province that does not know the terminal any more is not said to be out of reach', async () => {
  await house.rows(`update terminal set (${keys}) = (null, null, null) where terminal_id = $1`, [name])
  await till.sync.round()
  expect(till.sync.view().network.state).toBe('offline')
  expect(said()).toEqual(['ENROLMENT_GONE'])
})

it('nor is one where another machine was enrolled by this name', async () => {
  await house.rows("update terminal set transport_key = decode(repeat('01', 32), 'hex') where terminal_id = $1", [name])
  await till.sync.round()
  expect(said()).toEqual(['ENROLMENT_GONE'])
})

it('what was recorded meanwhile goes out once the enrolment is there again', async () => {
  const [row] = await house.rows(`select ${keys} from terminal where terminal_id = $1`, [name])
  await house.rows(`update terminal set (${keys}) = (null, null, null) where terminal_id = $1`, [name])
  await till.sell(member.id)
  await till.sync.round()
  expect(till.sync.view().unsent.count).toBe(1)
  await house.rows(`update terminal set (${keys}) = ($2, $3, $4) where terminal_id = $1`, [
    ...[name, row?.transport_key, row?.sealing_key, row?.ledger_key],
  ])
  await till.sync.round()
  expect(till.sync.view()).toMatchObject({ network: { state: 'online' }, unsent: { count: 0 }, notices: [] })
})
