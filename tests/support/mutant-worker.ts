import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { BaseSequencer, createVitest, type TestSpecification } from 'vitest/node'
import { type Mutant, mutated } from './mutants.ts'
import { root } from './source-files.ts'

/**
 * A process of its own that runs the tests of the policy language over one mutant after another, as they come by message, and answers how
 * each fared. Its sources are changed in memory only.
 */

/** What became of a mutant, and which test caught it. */
export type Outcome = { readonly caught: boolean; readonly by: string; readonly seconds: number }

/** The tests that ask about the price, the quick ones first; those of the bureau's tools ask about other things. */
const asking = [
  ...['conditions', 'ladder', 'limits', 'amounts', 'funds', 'allowances', 'choice', 'own-payment', 'site-and-service'],
  ...['ages', 'stipends', 'pack', 'pack-references', 'run-case', 'pack-bounds', 'traps', 'notices', 'vectors'],
].map(name => `tests/unit/policy/${name}.test.ts`)
const properties = ['amounts', 'quote', 'limits', 'packs'].map(name => `tests/property/policy/${name}.test.ts`)
const files = [...asking, ...properties]

let current: Mutant | undefined

class InOrder extends BaseSequencer {
  override sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => files.findIndex(file => moduleId.endsWith(file))
    return Promise.resolve([...specifications].sort((one, other) => place(one) - place(other)))
  }
}

const vitest = await createVitest(
  'test',
  {
    root,
    config: false,
    watch: false,
    include: files,
    sequence: { sequencer: InOrder },
    pool: 'threads',
    maxWorkers: 1,
    isolate: false,
    bail: 1,
    reporters: [{}],
    testTimeout: 60_000,
    env: { AIXIN_RUNS: '0.25', AIXIN_SEED: '20261120' },
  },
  {
    plugins: [
      {
        name: 'mutant',
        enforce: 'pre',
        load: id => {
          const file = id.split('?')[0] ?? id
          if (current === undefined || resolve(root, current.file) !== file) return null
          return mutated(readFileSync(file, 'utf8'), current)
        },
      },
    ],
  },
)

const specifications = await vitest.globTestSpecifications()

async function run(mutant: Mutant | undefined): Promise<Outcome> {
  const startedAt = performance.now()
  const before = current
  current = mutant
  for (const item of [before, mutant]) if (item !== undefined) vitest.invalidateFile(resolve(root, item.file))
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications)
  const failed = testModules.flatMap(module => {
    const tests = [...module.children.allTests()].filter(test => test.result().state === 'failed')
    return module.state() === 'failed' ? [`${module.relativeModuleId}: ${tests[0]?.fullName ?? 'could not be loaded'}`] : []
  })
  const by = failed[0] ?? (unhandledErrors.length > 0 ? String(unhandledErrors[0]) : '')
  return { caught: by !== '', by, seconds: (performance.now() - startedAt) / 1000 }
}

process.on('message', (message: { mutant?: Mutant }) => {
  void run(message.mutant).then(outcome => process.send?.(outcome))
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
