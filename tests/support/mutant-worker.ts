import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { BaseSequencer, createVitest, type TestSpecification, type Vitest } from 'vitest/node'
import { allAreas } from './mutant-areas.ts'
import { type Mutant, mutated } from './mutants.ts'
import { root } from './source-files.ts'

/**
 * A process of its own that runs the tests of some areas over one mutant after another, as they come by message (none = the sources as they
 * stand), and answers how each fared. Sources are changed in memory only.
 */

/** What became of a mutant: the test that caught it, or null. */
export type Outcome = { readonly caughtBy: string | null; readonly seconds: number }

/** A mutant, or none, and the areas whose tests are run. */
export type Task = { readonly mutant?: Mutant; readonly areas: readonly string[] }

function testsFor(names: readonly string[]) {
  const areas = allAreas.filter(({ name }) => names.includes(name))
  return { quick: areas.flatMap(area => area.quick), slow: areas.flatMap(area => area.slow) }
}

const placeIn = (files: readonly string[], { moduleId }: TestSpecification) =>
  files.findIndex(file => moduleId.endsWith(file))

function inOrder(files: readonly string[]) {
  return class extends BaseSequencer {
    override sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
      return Promise.resolve([...specifications].sort((one, other) => placeIn(files, one) - placeIn(files, other)))
    }
  }
}

function open(mutant: Mutant | undefined, files: string[]): Promise<Vitest> {
  return createVitest(
    'test',
    {
      ...{ root, config: false, watch: false, include: files, sequence: { sequencer: inOrder(files) } },
      ...{
        pool: 'threads',
        maxWorkers: 1,
        isolate: false,
        bail: 1,
        reporters: [{}],
        testTimeout: 60_000,
        hookTimeout: 120_000,
      },
      // A cache on the disk would give the sources of the run before.
      fsModuleCache: false,
      env: { AIXIN_RUNS: '0.1', AIXIN_SEED: '20261120' },
    },
    {
      plugins: [
        {
          name: 'mutant',
          enforce: 'pre',
          load: id => {
            if (mutant === undefined) return null
            const file = resolve(root, mutant.file)
            return id.split('?')[0] === file ? mutated(readFileSync(file, 'utf8'), mutant) : null
          },
        },
      ],
    },
  )
}

async function run({ mutant, areas }: Task): Promise<Outcome> {
  const startedAt = performance.now()
  const { quick, slow } = testsFor(areas)
  const vitest = await open(mutant, [...quick, ...slow])
  const all = await vitest.globTestSpecifications()
  const isQuick = (item: TestSpecification) => placeIn(quick, item) >= 0
  const caughtBy =
    (await firstFailure(vitest, all.filter(isQuick))) ??
    (await firstFailure(
      vitest,
      all.filter(item => !isQuick(item)),
    ))
  await vitest.close()
  return { caughtBy, seconds: (performance.now() - startedAt) / 1000 }
}

async function firstFailure(vitest: Vitest, specifications: TestSpecification[]): Promise<string | null> {
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications)
  const failed = testModules.flatMap(module => {
    const test = [...module.children.allTests()].find(item => item.result().state === 'failed')
    return module.state() === 'failed' ? [`${module.relativeModuleId}: ${test?.fullName ?? 'could not be loaded'}`] : []
  })
  return failed[0] ?? (unhandledErrors.length > 0 ? String(unhandledErrors[0]) : null)
}

process.on('message', (task: Task) => {
  void run(task).then(outcome => process.send?.(outcome))
})
process.on('disconnect', () => process.exit(0))
