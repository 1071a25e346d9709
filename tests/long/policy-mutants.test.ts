import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Trial, tryMutants } from '../support/mutant-trial.ts'
import { chooseMutants, type Mutant, mutantsOf, pricingSources } from '../support/mutants.ts'
import { readRepositoryJson } from '../support/policy-kit.ts'
import { root } from '../support/source-files.ts'

/*
 * One mutant of every line of shared/policy that can be changed, chosen by a seed, against the tests of the price. Those that no test
 * catches stand in survivors.json with the reason why nobody could notice them.
 */

const seed = 20_261_120
const most = 800
const mutants = chooseMutants(pricingSources().flatMap(mutantsOf), seed, most)

const known = z
  .array(
    z.strictObject({
      file: z.string(),
      code: z.string(),
      from: z.string(),
      to: z.string(),
      reason: z.string().min(20),
    }),
  )
  .parse(readRepositoryJson('tests/support/mutants-survivors.json'))
const isKnown = ({ file, code, from, to }: Mutant) =>
  known.some(item => item.file === file && item.code === code && item.from === from && item.to === to)

let trials: Trial[] = []
const survivors = () => trials.filter(({ caughtBy }) => caughtBy === null).map(({ mutant }) => mutant)

beforeAll(async () => {
  trials = await tryMutants(mutants, 2)
  const folder = join(root, 'out', 'tests')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'policy-mutants.json'), JSON.stringify({ seed, trials }, null, 1))
  const left = survivors()
  const unknown = left.filter(mutant => !isKnown(mutant))
  console.log(
    `${trials.length} mutants, ${trials.length - left.length} caught, ${left.length} survived, ${unknown.length} of them unexplained`,
  )
  for (const { file, line, code, from, to } of unknown) console.log(`${file}:${line} ${from} -> ${to}   ${code}`)
}, 3_600_000)

describe('the tests of the price', () => {
  test('are tried on at least 200 mutants, of every file that takes part in a price', () => {
    expect(trials.length).toBeGreaterThanOrEqual(200)
    expect(trials).toHaveLength(mutants.length)
    expect([...new Set(mutants.map(({ file }) => file))]).toEqual(pricingSources())
  })

  test('catch at least 95 in a hundred', () => {
    expect(survivors().length / trials.length).toBeLessThanOrEqual(0.05)
  })

  test('let none survive without a reason', () => {
    expect(survivors().filter(mutant => !isKnown(mutant))).toEqual([])
  })

  test('catch none of those that are said to survive', () => {
    expect(trials.filter(({ mutant, caughtBy }) => caughtBy !== null && isKnown(mutant))).toEqual([])
  })
})
