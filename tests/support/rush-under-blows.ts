import { demoSeniors } from '../../province/demo-people.ts'
import type { CheckInId, SeniorId } from '../../shared/ids.ts'
import type { ConfirmResult } from '../../shared/terminal-api.ts'
import type { DemoHouse } from './demo-house.ts'
import { isPriced, openTill, type Till } from './till.ts'

const sleep = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))

/** A page that comes back: calls are repeated over a new line until one is answered. */
function stubbornPage(house: DemoHouse) {
  let till: Promise<Till> | null = null
  const line = async (): Promise<Till> => {
    till ??= openTill(house.host.origin, house.cookie)
    const opened = await till
    void opened.closed.then(() => {
      till = null
    })
    return opened
  }
  return async function again<T>(call: (till: Till) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const opened = await line()
        return await Promise.race([call(opened), opened.closed.then(() => Promise.reject(new Error('cut')))])
      } catch {
        till = null
        await sleep(20)
      }
    }
  }
}

export interface Rush {
  /** The check-ins whose confirmation came through to a page. */
  readonly confirmed: readonly CheckInId[]
  /** How often a page was told that the sale had been recorded before: its first answer was lost. */
  readonly repeated: number
}

/**
 * A rush in which `blow` befalls the core at random moments while two pages of the till repeat the same questions until one is answered.
 * `blow` resolves to false where there was nothing to strike. Everything is at the province when this resolves.
 * @param least so many sales are confirmed between the blows
 */
export async function rushUnderBlows(
  house: DemoHouse,
  options: { blows: number; least: number; blow(): Promise<boolean> },
): Promise<Rush> {
  const { blows, least, blow } = options
  const pages = [stubbornPage(house), stubbornPage(house)] as const
  const [page] = pages
  const confirmed = new Set<CheckInId>()
  const seniors: SeniorId[] = demoSeniors().flatMap(senior => (senior.cards.length > 0 ? [senior.id] : []))
  let struck = 0
  let repeated = 0
  let rushing = true

  const striker = (async () => {
    while (struck < blows) {
      await page(async () => undefined)
      // On a busy machine a core that was only ever struck before its first sale would prove nothing.
      while (confirmed.size < (struck * least) / blows) await sleep(20)
      await sleep(Math.random() * 1200)
      if (!(await blow())) continue
      struck += 1
      await sleep(100)
    }
    while (confirmed.size < least) await sleep(20)
    rushing = false
  })()

  for (let turn = 0; rushing; turn += 1) {
    const senior = seniors[turn % seniors.length]
    if (!senior) throw new Error('no demo senior has a card')
    const shown = await page(async till => {
      if (isPriced(till.cashier())) return till.cashier()
      await till.client.dismiss()
      await till.client.simulatedPeople()
      const answer = await till.client.simulate({ senior, present: 'card' })
      if (answer.result !== 'done') throw new Error('the driver is not back yet')
      return await till.untilCashier(view => view.state !== 'ready' && view.state !== 'reading')
    })
    if (!isPriced(shown)) continue
    let question = { checkIn: shown.checkIn, digest: shown.digest }
    for (let asked = 0; asked < 3; asked += 1) {
      const answers: ConfirmResult[] = await Promise.all(pages.map(one => one(till => till.client.confirm(question))))
      for (const answer of answers) {
        if (answer.result === 'recorded') confirmed.add(shown.checkIn)
      }
      if (answers.every(answer => answer.result === 'recorded' && answer.repeated)) repeated += 1
      if (!answers.some(({ result }) => result === 'price-changed')) break
      question = await page(async till => {
        const now = await till.untilCashier(isPriced)
        return { checkIn: now.checkIn, digest: now.digest }
      })
    }
  }
  await striker
  await page(till => till.client.dismiss())
  await page(till => till.untilTerminal(view => view.unsent.count === 0))
  return { confirmed: [...confirmed], repeated }
}
