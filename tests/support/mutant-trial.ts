import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'
import { areaOf } from './mutant-areas.ts'
import type { Outcome, Task } from './mutant-worker.ts'
import type { Mutant } from './mutants.ts'
import { root } from './source-files.ts'

/** A mutant and the test that caught it, null where none did. */
export type Trial = { readonly mutant: Mutant; readonly caughtBy: string | null }

const outcome = z.strictObject({ caughtBy: z.string().nullable(), seconds: z.number() })

/** However fast the tests are, a mutant gets this long before it counts as one that never ends. */
const leastPatienceMs = 60_000

type Worker = {
  readonly ask: (task: Task, patienceMs: number) => Promise<Outcome>
  readonly end: () => void
}

/** Runs the tests over all mutants, several at a time. Throws where the tests fail on the sources as they stand. */
export async function tryMutants(mutants: readonly Mutant[], atATime: number): Promise<Trial[]> {
  const areas = [...new Set(mutants.map(({ file }) => areaOf(file).name))]
  const workers = Array.from({ length: atATime }, startWorker)
  try {
    const sound = await Promise.all(workers.map(worker => worker.ask({ areas }, 10 * leastPatienceMs)))
    for (const { caughtBy } of sound)
      if (caughtBy !== null) throw new Error(`the tests fail without any mutant: ${caughtBy}`)
    const patienceMs = Math.max(leastPatienceMs, ...sound.map(({ seconds }) => seconds * 5000))
    const waiting = [...mutants]
    const trials: Trial[] = []
    const work = async (worker: Worker) => {
      for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift())
        trials.push({
          mutant,
          caughtBy: (await worker.ask({ mutant, areas: [areaOf(mutant.file).name] }, patienceMs)).caughtBy,
        })
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
        stop('does not end')
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
