import { addDays, businessDateOf } from '../shared/business-day.ts'
import { type PlannedOrder, plannedOrder } from '../shared/visit/order.ts'
import { demoSeniors } from './demo-people.ts'

/** Who of the demo's members ordered what for which hour, and from whom. */
const wishes: readonly (readonly [index: number, at: string, service: string, carer: string])[] = [
  [0, '08:30', 'cleaning', 'wu-cuilan'],
  [2, '09:00', 'bathing', 'zheng-xiuying'],
  [4, '09:30', 'home-care', 'xu-guoqiang'],
  [10, '10:00', 'rehab-massage', 'jiang-min'],
  [1, '10:30', 'doctor', 'shen-jianhua'],
  [14, '13:30', 'mobility', 'feng-yu'],
  [3, '14:00', 'calling', 'feng-yu'],
  [18, '14:30', 'bathing', 'zheng-xiuying'],
]

/** The demo canteen's orders of a business date and the next one; the same again on the same day. */
export function demoOrders(date = businessDateOf(Date.now())): PlannedOrder[] {
  const seniors = demoSeniors()
  return [date, addDays(date, 1)].flatMap(day =>
    wishes.flatMap(([index, at, service, carer], place) => {
      const senior = seniors[index]
      const order = `demo-${day}-${String(place + 1).padStart(2, '0')}`
      const about = { order, date: day, at, service, carer, minutes: null, state: 'planned', note: null }
      return senior === undefined ? [] : [plannedOrder.parse({ ...about, senior: senior.id })]
    }),
  )
}
