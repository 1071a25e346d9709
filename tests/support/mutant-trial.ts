import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { areaOf } from './mutant-areas.ts'
import type { Outcome, Task } from './mutant-worker.ts'
import type { Mutant } from './mutants.ts'
import { root } from './source-files.ts'

/** A mutant and the test that caught it, null where none did. */
export type Trial = { readonly mutant: Mutant; readonly caughtBy: string | null }

const outcome = z.strictObject({ caughtBy: z.string().nullable(), seconds: z.number() })

const endless = 'does not end'

/** However fast the tests are, a mutant gets this long before it counts as one that never ends. */
const leastPatienceMs = 60_000

type Worker = {
  readonly ask: (task: Task, patienceMs: number) => Promise<Outcome>
  readonly end: () => void
}

const keptTrial = z.strictObject({ key: z.string(), caughtBy: z.string().nullable() })
const keyOf = ({ file, start, end, to }: Mutant) => JSON.stringify([file, start, end, to])

/** Where the trials of this very commit are kept, so that a long run that was cut goes on; null where the sources were changed since. */
function trialFile(): string | null {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim()
  if (git('status', '--porcelain', '--', 'shared', 'electron', 'province', 'tests') !== '') return null
  const folder = join(root, 'out', 'tests')
  mkdirSync(folder, { recursive: true })
  return join(folder, `mutants-${git('rev-parse', 'HEAD')}.jsonl`)
}

function keptTrials(file: string | null): Map<string, string | null> {
  if (file === null || !existsSync(file)) return new Map()
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line.endsWith('}'))
  return new Map(lines.map(line => keptTrial.parse(JSON.parse(line))).map(({ key, caughtBy }) => [key, caughtBy]))
}

/**
 * Runs the tests over all mutants, several at a time, without those that were tried on this commit before. Throws where the tests fail on
 * the sources as they stand.
 */
export async function tryMutants(mutants: readonly Mutant[], atATime: number): Promise<Trial[]> {
  const file = trialFile()
  const kept = keptTrials(file)
  const areas = [...new Set(mutants.map(({ file }) => areaOf(file).name))]
  const workers = Array.from({ length: atATime }, startWorker)
  try {
    const sound = await Promise.all(workers.map(worker => worker.ask({ areas }, 10 * leastPatienceMs)))
    for (const { caughtBy } of sound)
      if (caughtBy !== null) throw new Error(`the tests fail without any mutant: ${caughtBy}`)
    const patienceMs = Math.max(leastPatienceMs, ...sound.map(({ seconds }) => seconds * 5000))
    const waiting = mutants.filter(mutant => !kept.has(keyOf(mutant)))
    const trials = mutants.flatMap((mutant): Trial[] => {
      const caughtBy = kept.get(keyOf(mutant))
      return caughtBy === undefined ? [] : [{ mutant, caughtBy }]
    })
    const work = async (worker: Worker) => {
      for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
        const { caughtBy } = await worker.ask({ mutant, areas: [areaOf(mutant.file).name] }, patienceMs)
        trials.push({ mutant, caughtBy })
        // One that seemed endless may have met a machine that stood still: it is tried again.
        if (file !== null && caughtBy !== endless)
          appendFileSync(file, `${JSON.stringify({ key: keyOf(mutant), caughtBy })}\n`)
      }
    }
    await Promise.all(workers.map(work))
    return trials
  } finally {
    for (const { end } of workers) end()
  }
}

/** A worker that starts its process anew when a mutant ended it, or was ended because it would not. */
function startWorker(): Worker {
  let child: ChildProcess | undefined
  const start = () =>
    fork(join(root, 'tests', 'support', 'mutant-worker.ts'), {
      cwd: root,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
  const ask = async (task: Task, patienceMs: number): Promise<Outcome> => {
    const startedAt = performance.now()
    const asked = child ?? start()
    child = asked
    return new Promise(resolve => {
      const stop = (caughtBy: string) => {
        child = undefined
        answer({ caughtBy, seconds: (performance.now() - startedAt) / 1000 })
      }
      const onExit = () => stop('ended the process')
      const timer = setTimeout(() => {
        asked.kill('SIGKILL')
        stop(endless)
      }, patienceMs)
      const onMessage = (message: unknown) => answer(outcome.parse(message))
      const answer = (result: Outcome) => {
        clearTimeout(timer)
        asked.off('exit', onExit).off('message', onMessage)
        resolve(result)
      }
      asked.on('exit', onExit).on('message', onMessage)
      asked.send(task)
    })
  }
  return { ask, end: () => child?.kill('SIGKILL') }
}
