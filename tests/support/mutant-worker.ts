import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { BaseSequencer, createVitest, type TestSpecification, type Vitest } from 'vitest/node'
import { type Mutant, mutated } from './mutants.ts'
import { root } from './source-files.ts'

/**
 * A process of its own that runs the tests of the price over one mutant after another, as they come by message (none = the sources as they
 * stand), and answers how each fared. Sources are changed in memory only.
 */

/** What became of a mutant: the test that caught it, or null. */
export type Outcome = { readonly caughtBy: string | null; readonly seconds: number }

/** The tests that ask about the price, the quick ones first; those of the bureau's tools ask about other things. */
const asking = [
  ...['conditions', 'ladder', 'limits', 'amounts', 'funds', 'allowances', 'choice', 'own-payment', 'site-and-service'],
  ...[
    'ages',
    'stipends',
    'operator',
    'strangers',
    'pack',
    'pack-references',
    'run-case',
    'pack-bounds',
    'forms',
    'traps',
    'notices',
    'vectors',
  ],
].map(name => `tests/unit/policy/${name}.test.ts`)
const properties = ['amounts', 'quote', 'limits', 'packs'].map(name => `tests/property/policy/${name}.test.ts`)
const files = [...asking, ...properties]
/** Files from here on are read only where the quick ones caught nothing. */
const slowFrom = files.findIndex(file => file.endsWith('traps.test.ts'))

function placeOf({ moduleId }: TestSpecification): number {
  return files.findIndex(file => moduleId.endsWith(file))
}

class InOrder extends BaseSequencer {
  override sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve([...specifications].sort((one, other) => placeOf(one) - placeOf(other)))
  }
}

function open(mutant: Mutant | undefined): Promise<Vitest> {
  return createVitest(
    'test',
    {
      ...{ root, config: false, watch: false, include: files, sequence: { sequencer: InOrder } },
      ...{ pool: 'threads', maxWorkers: 1, isolate: false, bail: 1, reporters: [{}], testTimeout: 60_000 },
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

async function run(mutant: Mutant | undefined): Promise<Outcome> {
  const startedAt = performance.now()
  const vitest = await open(mutant)
  const all = await vitest.globTestSpecifications()
  const isQuick = (item: TestSpecification) => placeOf(item) < slowFrom
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

process.on('message', (message: { mutant?: Mutant }) => {
  void run(message.mutant).then(outcome => process.send?.(outcome))
})
process.on('disconnect', () => process.exit(0))
