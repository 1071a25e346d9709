import { counted } from '../../shared/counted.ts'
import type { Said } from './catalogue.ts'
import type { neighbourZh } from './neighbour-zh.ts'

export const neighbourEn: Said<typeof neighbourZh> = {
  neighbourWho: 'Who eats?',
  neighbourLead: 'Tap a name for the price, once more to record it',
  neighbourAte: time => `Ate at ${time}`,
  neighbourMore: count => `${count} more: Find`,
  neighbourNobody: 'The roster is not here yet; it comes with the network',
  neighbourToday: 'Today',
  neighbourOff: 'Discount and subsidy',
  neighbourWhy: 'Why',
  neighbourPlain: 'Hide',
  neighbourOther: 'Other meal',
  neighbourNotThis: 'Not them',
  neighbourFind: 'Find',
  neighbourSent: 'All sent to the province',
  neighbourUnsent: count => `${count} waiting to be sent, all kept here`,
  neighbourNone: 'The first meal appears here',
  neighbourClose: 'Close',
  neighbourCloseTitle: 'Close the day',
  neighbourMeals: count => `${counted(count, 'meal', 'meals')} today`,
  neighbourCashFits: amount => `Cash ${amount}: it fits`,
  neighbourNoCash: 'No cash was taken',
  neighbourCashOver: amount => `${amount} more cash than recorded`,
  neighbourCashShort: amount => `${amount} less cash than recorded`,
  neighbourCashWhy: 'Choose a reason; nobody pays it, and nobody else signs',
  neighbourHeld: count =>
    `${counted(count, 'late entry is', 'late entries are')} held: somebody at the province looks, nothing for you to do`,
  neighbourEnd: 'End the day',
  neighbourEndNote: (meal, time) => `${meal} begins at ${time}; after the end nothing more is recorded today`,
  neighbourEndNow: (meal, time) => `${meal} goes on until ${time}; after the end nothing more is recorded today`,
  neighbourEnded: 'The day is closed',
  neighbourDetails: 'Details',
}
