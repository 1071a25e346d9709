import type { Till } from '../support/till.ts'
import { type Rush, runBatch, type Served } from './batch.ts'
import type { Journal } from './journal.ts'
import type { ProvinceLine } from './province-line.ts'
import { type Batch, batchesOf, type RushSenior } from './rush-seniors.ts'

/** How often somebody whose card or code brought no price is asked to show it, the first time included. */
const showings = 3

export interface Serving {
  readonly served: readonly Served[]
  readonly decodedFrames: number
  readonly shownAgain: number
  /** Pictures of both screens, one a batch, by the number of the batch. */
  readonly pictures: readonly { readonly name: string; readonly at: number; readonly offline: boolean }[]
  /** Unix milliseconds. */
  readonly startedAt: number
  readonly mendedAt: number
  readonly servingSeconds: number
  readonly offlineSeconds: number
}

/** One batch, and again with those who got no price, as a cashier would ask them. */
async function serve(rush: Rush, { seniors, offline }: Batch, name: string) {
  const served: Served[] = []
  let decodedFrames = 0
  let shownAgain = 0
  let picturedAt: number | null = null
  let waiting: readonly RushSenior[] = seniors
  for (let showing = 1; waiting.length > 0 && showing <= showings; showing++) {
    if (showing > 1) shownAgain += waiting.length
    // Offline the end of the batch tells most: by then there is much unsent.
    const of = waiting[Math.floor((waiting.length - 1) * (offline ? 0.9 : 0.6))]
    const result = await runBatch(rush, waiting, of && showing === 1 ? { name, of } : null)
    if (showing === 1) picturedAt = (of && rush.journal.saleOf(of.name)?.recordedAt) ?? null
    decodedFrames += result.decodedFrames
    // Whoever has to show it again has waited since the first time.
    if (showing === 1) served.push(...result.served)
    // Whoever has a price has been seen: once more would be a second meal.
    waiting = waiting.filter(senior => !rush.journal.saleOf(senior.name))
  }
  return { served, decodedFrames, shownAgain, picturedAt }
}

function sayBatch(number: number, batches: readonly Batch[], journal: Journal, till: Till, since: number): void {
  const batch = batches[number]
  const recorded = batch?.seniors.filter(({ name }) => journal.saleOf(name)?.recordedAt) ?? []
  const by = (means: 'card' | 'code') => recorded.filter(senior => senior.means === means).length
  const took = (Date.now() - since) / 1000
  console.log(
    `批 / batch ${number + 1}/${batches.length}  ${batch?.offline ? '断网 offline' : '在线 online '}  ` +
      `卡 card ${by('card')}  码 code ${by('code')}  未记 not recorded ${(batch?.seniors.length ?? 0) - recorded.length}  ` +
      `未上传 unsent ${till.terminal().unsent.count}  ${took.toFixed(0)} s`,
  )
}

/** Serves the whole queue, the middle third without a province, and says a line a batch. */
export async function serveAll(
  rush: Rush,
  line: ProvinceLine,
  till: Till,
  seniors: readonly RushSenior[],
): Promise<Serving> {
  const batches = batchesOf(seniors)
  const served: Served[] = []
  const pictures: { name: string; at: number; offline: boolean }[] = []
  const startedAt = Date.now()
  let [decodedFrames, shownAgain, cutAt, mendedAt] = [0, 0, 0, 0]
  for (const [number, batch] of batches.entries()) {
    if (batch.offline && cutAt === 0) {
      line.cut()
      cutAt = Date.now()
    }
    if (!batch.offline && cutAt > 0 && mendedAt === 0) {
      line.mend()
      mendedAt = Date.now()
    }
    const since = Date.now()
    const name = `batch-${number + 1}`
    const result = await serve(rush, batch, name)
    if (result.picturedAt !== null) pictures.push({ name, at: result.picturedAt, offline: batch.offline })
    served.push(...result.served)
    decodedFrames += result.decodedFrames
    shownAgain += result.shownAgain
    sayBatch(number, batches, rush.journal, till, since)
  }
  const servingSeconds = (Date.now() - startedAt) / 1000
  return {
    served,
    decodedFrames,
    shownAgain,
    pictures,
    startedAt,
    servingSeconds,
    mendedAt,
    offlineSeconds: (mendedAt - cutAt) / 1000,
  }
}
