import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Browser, chromium, type Page } from 'playwright-core'
import { loadCodeDecoder } from '../../electron/code-decoder.ts'
import { readCodes } from '../../shared/code-reading/code-decoder.ts'
import { greyOf } from '../../shared/code-reading/picture.ts'
import { buildPage, servePage } from '../e2e/camera/page-server.ts'
import { elderCodeMaker } from '../support/elder-code-maker.ts'
import { drawPicture, fakeCameraFlags, writeCameraFilm } from '../support/fake-camera.ts'

const busySeconds = 30
const quietSeconds = 30
/** Looks become rarer ten seconds after the last code. */
const settleSeconds = 14
const budget = { wholeFrameMs: 15, quietPercentOfACore: 5 }

/**
 * Plays a film of 1280x720 at 30 frames a second to the real page code in Chromium. Worker times are those of people who hold up codes;
 * processor times are of the whole browser while nobody is there, with the floor, the same page that only plays the camera, beside them.
 */
export async function benchCamera(): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-camera-'))
  try {
    const film = join(folder, 'busy.mjpeg')
    const empty = join(folder, 'empty.mjpeg')
    const code = await elderCodeMaker().mint({}, 'base32')
    writeCameraFilm(film, [{ text: code, frames: 30 }])
    writeCameraFilm(empty, [{ blank: 30 }])
    const pages = join(folder, 'page')
    await buildPage(pages)
    const busy = await watch(pages, film, '/', async page => {
      await pause(busySeconds * 1000)
      return page.evaluate(() => window.seen.camera.counts())
    })
    // Side by side, so that what else the machine does weighs on both.
    const [quiet, floor] = await Promise.all(['/', '/?floor'].map(path => watch(pages, empty, path, measureQuiet)))
    if (quiet === undefined || floor === undefined) throw new Error('nothing was measured')
    const wholeFrameMs = at(busy.wholeMilliseconds, 0.5)
    const overFloor = rounded(quiet - floor)
    return {
      ...{ bench: 'camera', film: '1280x720 at 30/s', decoder: busy.decoder, looks: busy.framesDecoded },
      wholeFrameMs: {
        p10: at(busy.wholeMilliseconds, 0.1),
        p50: wholeFrameMs,
        floorP50: at(busy.copyMilliseconds, 0.5),
      },
      middleMs: { p10: at(busy.middleMilliseconds, 0.1), p50: at(busy.middleMilliseconds, 0.5) },
      processorMsOfOneDecode: await processorMsOfOneDecode(code),
      machine: { cores: availableParallelism(), load: rounded(loadavg()[0] ?? 0) },
      quietPercentOfACore: { withReader: quiet, floor, overFloor },
      budget,
      withinBudget: wholeFrameMs <= budget.wholeFrameMs && overFloor <= budget.quietPercentOfACore,
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The decoder's own work on a whole frame with a code, as processor time: what a machine busy with other things does not change. */
async function processorMsOfOneDecode(code: string): Promise<number> {
  const decoder = await loadCodeDecoder()
  const frame = greyOf(drawPicture(code), 1280, 720)
  for (let warm = 0; warm < 20; warm++) await readCodes(decoder, frame)
  const before = process.cpuUsage()
  for (let look = 0; look < 100; look++) await readCodes(decoder, frame)
  const { user, system } = process.cpuUsage(before)
  return rounded((user + system) / 1000 / 100)
}

type Watched<Result> = (page: Page, browserId: number) => Promise<Result>

async function watch<Result>(pages: string, film: string, path: string, look: Watched<Result>): Promise<Result> {
  const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...fakeCameraFlags(film)]
  const server = await servePage(pages)
  const host = await chromium.launchServer({ executablePath: '/usr/bin/chromium', args })
  try {
    const browser: Browser = await chromium.connect(host.wsEndpoint())
    const page = await browser.newPage()
    await page.goto(`${server.origin}${path}`)
    await page.waitForFunction(() => window.seen.states.includes('running'))
    return await look(page, host.process().pid ?? 0)
  } finally {
    await host.close()
    await server.close()
  }
}

async function measureQuiet(_page: Page, browserId: number): Promise<number> {
  await pause(settleSeconds * 1000)
  const before = processorSeconds(browserId)
  const startedAt = performance.now()
  await pause(quietSeconds * 1000)
  const spent = processorSeconds(browserId) - before
  return rounded((spent / ((performance.now() - startedAt) / 1000)) * 100)
}

/** Processor time of a process and all that it started, from /proc/PID/stat (proc(5)): Linux only, in hundredths of a second. */
function processorSeconds(root: number): number {
  const processes = new Map<number, { parent: number; ticks: number }>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const fields = statOf(name)
    if (fields === null) continue
    const [, parent, , , , , , , , , , user, system] = fields
    processes.set(Number(name), { parent: Number(parent), ticks: Number(user) + Number(system) })
  }
  const isBelow = (id: number): boolean => id === root || (id > 1 && isBelow(processes.get(id)?.parent ?? 0))
  return [...processes].reduce((sum, [id, { ticks }]) => sum + (isBelow(id) ? ticks : 0), 0) / 100
}

/** The fields after the process's name, which may hold anything; null for one that ended meanwhile. */
function statOf(id: string): string[] | null {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

function at(times: readonly number[], part: number): number {
  const sorted = [...times].sort((one, other) => one - other)
  return rounded(sorted[Math.floor(sorted.length * part)] ?? Number.NaN)
}

function rounded(figure: number): number {
  return Math.round(figure * 100) / 100
}
