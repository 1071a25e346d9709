import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type DemoHouse, openDemoHouse } from '../support/demo-house.ts'
import { type Pcscd, startPcscd } from '../support/pcscd.ts'
import { root } from '../support/source-files.ts'
import { changeSettings } from '../support/station-lead.ts'
import type { Till } from '../support/till.ts'
import { type VirtualReader, virtualReader } from '../support/virtual-reader.ts'
import type { Rush } from './batch.ts'
import { type Journal, watchTill } from './journal.ts'
import { browserProgram, freshPages, openPages } from './pages.ts'
import { openProvinceLine, type ProvinceLine } from './province-line.ts'
import { budgetMs, machineTimes, pace, type RushResult, recordedItself, tables, writeReport } from './report.ts'
import { chooseSeniors, leastSeniors, mostSeniors } from './rush-seniors.ts'
import { serveAll } from './serving.ts'
import { settle } from './settle.ts'

/** `npm run rush -- --seniors N`: a lunch rush through the real paths; ends with one JSON line. */

const out = join(root, 'out', 'rush')
/** Slot 1 of the virtual reader: tests of the reader itself play in slot 0. */
const slot = 1
/** A terminal that was offline for long asks again within 40 s. */
const sendPatience = 240_000

/** As a shell says it of a program that Ctrl-C ended. */
const interruptedCode = 130

const usage = `npm run rush -- [--seniors N] [--pause S]
  --seniors N   ${leastSeniors} 到 ${mostSeniors()} 位虚构老人，默认 60 / ${leastSeniors} to ${mostSeniors()} fictional seniors, 60 by default
  --pause S     自动记账前等 0 到 5 秒，默认 0 / 0 to 5 seconds before a sale records itself, 0 by default`

class MachineryMissing extends Error {}

/** What was started, to be ended in the reverse order whatever happens. */
const started: (() => Promise<void> | void)[] = []
const interruption = new AbortController()

async function endAll(): Promise<void> {
  for (let end = started.pop(); end; end = started.pop()) {
    try {
      await end()
    } catch (error) {
      console.error('结束时出错 / while ending:', error)
    }
  }
}

/** Starts the card service; throws MachineryMissing with one sentence that says what to install. */
async function startMachinery(): Promise<Pcscd> {
  const packages =
    'apt-get install -y --no-install-recommends chromium fonts-noto-cjk pcscd libpcsclite1 vsmartcard-vpcd'
  if (!existsSync(browserProgram))
    throw new MachineryMissing(`缺 Chromium，请先运行 / Chromium is missing, please run: ${packages}`)
  try {
    return await startPcscd()
  } catch (error) {
    throw new MachineryMissing(`读卡服务 / card service: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** A slot of the virtual reader. A service that we found running may end with whoever started it; then ours takes over. */
function openReader(): VirtualReader {
  const { insert, remove } = virtualReader(slot)
  return {
    remove,
    async insert(card) {
      try {
        await insert(card)
      } catch (error) {
        console.warn('读卡服务没了，另起一个 / the card service went away, starting one:', String(error))
        const { stop } = await startPcscd()
        started.push(stop)
        await insert(card)
      }
    },
  }
}

async function openHouse(): Promise<{ house: DemoHouse; line: ProvinceLine; till: Till }> {
  let line: ProvinceLine | undefined
  const rendererDir = await freshPages()
  started.push(() => rmSync(rendererDir, { recursive: true, force: true }))
  console.log('正在启动省平台和终端… / Starting province and terminal …')
  const house = await openDemoHouse({
    rendererDir,
    devices: [{ id: 'card-reader', driver: 'card-reader-pcsc', config: { reader: `00 0${slot}` } }],
    async reachableAt(address) {
      line = await openProvinceLine(address)
      return line.address
    },
  })
  started.push(() => house.close())
  if (!line) throw new Error('the terminal has no line to its province')
  const { close } = line
  started.push(close)
  interruption.signal.throwIfAborted()
  const till = await house.openTill()
  started.push(() => till.close())
  return { house, line, till }
}

async function untilSent(journal: Journal, till: Till): Promise<void> {
  const isSent = () => {
    const { unsent, network } = till.terminal()
    return unsent.count === 0 && network.state === 'online' ? true : null
  }
  await journal.until(isSent, sendPatience)
}

function isGood(result: RushResult, chainFindings: number): boolean {
  const { seniors, ok, unsent, lost, doubled, terminalFen, provinceFen, expectedFen } = result
  const faultless = ok === seniors && [unsent, lost, doubled, chainFindings].every(count => count === 0)
  return faultless && terminalFen > 0 && terminalFen === provinceFen && terminalFen === expectedFen
}

async function run(count: number, pauseSeconds: number): Promise<{ line: string; code: 0 | 1 }> {
  const pcscd = await startMachinery()
  started.push(pcscd.stop)
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  const folder = mkdtempSync(join(tmpdir(), 'aixin-rush-'))
  started.push(() => rmSync(folder, { recursive: true, force: true }))
  const { house, line, till } = await openHouse()
  const { terminal } = till.terminal()
  await changeSettings(till, { what: 'entry-pause', seconds: pauseSeconds })
  const journal = watchTill(till, interruption.signal)
  const reader = openReader()
  started.push(reader.remove)
  const seniors = chooseSeniors(count)
  const rush: Rush = {
    host: house.host,
    province: house.province.province.address,
    journal,
    reader,
    interrupted: interruption.signal,
    folder,
    pictures: out,
  }
  const serving = await serveAll(rush, line, till, seniors)
  await untilSent(journal, till)
  const pages = await openPages(house.host, null)
  try {
    await pages.picture(out, 'end')
  } finally {
    await pages.close()
  }
  const unsent = till.terminal().unsent.count
  await house.host.stop()
  const settlement = await settle({
    dataDir: house.dataDir,
    province: house.province,
    terminal,
    seniors,
    confirmed: journal.confirmed,
  })
  const machine = pace(machineTimes(journal.sales()))
  const bySelf = journal.sales().filter(recordedItself).length
  const { ok, refused, byMeans, terminalFen, provinceFen, expectedFen, lost, doubled } = settlement
  const result: RushResult = {
    ...{ seniors: count, ok, refused, byMeans, decodedFrames: serving.decodedFrames },
    ...{ pauseSeconds, express: bySelf, byHand: journal.sales().length - bySelf },
    ...{
      p50Ms: machine.p50,
      p95Ms: machine.p95,
      budgetMs,
      withinBudget: machine.p95 !== null && machine.p95 <= budgetMs,
    },
    ...{ terminalFen, provinceFen, expectedFen, unsent, lost, doubled },
  }
  const parts = { result, journal, settlement, serving }
  console.log(['', ...tables(parts), ''].join('\n'))
  writeReport(out, parts)
  console.log('报告 / report: out/rush/report.md')
  return { line: JSON.stringify(result), code: isGood(result, settlement.chainFindings) ? 0 : 1 }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { seniors: { type: 'string', default: '60' }, pause: { type: 'string', default: '0' } },
  })
  const count = Number(values.seniors)
  const pause = Number(values.pause)
  const isPause = values.pause.trim() !== '' && pause >= 0 && pause <= 5
  if (!Number.isInteger(count) || count < leastSeniors || count > mostSeniors() || !isPause) {
    console.error(usage)
    return 2
  }
  // Ctrl-C may come twice, from the terminal window and from npm.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort())
  try {
    const outcome = await run(count, pause)
    await endAll()
    console.log(outcome.line)
    return outcome.code
  } catch (error) {
    await endAll()
    if (error instanceof MachineryMissing) console.error(error.message)
    else if (interruption.signal.aborted) console.error('已中断 / interrupted')
    else throw error
    return error instanceof MachineryMissing ? 2 : interruptedCode
  }
}

process.exit(await main())
