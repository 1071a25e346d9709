import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { areaOf, mutantAreas } from '../support/mutant-areas.ts'
import { type Trial, tryMutants } from '../support/mutant-trial.ts'
import { chooseMutants, type Mutant, mutantsOf } from '../support/mutants.ts'
import { readRepositoryJson } from '../support/policy-kit.ts'
import { root } from '../support/source-files.ts'

/*
 * One mutant of every line of the price that can be changed, and of many lines of the bureau's tools, chosen by a seed, against the tests
 * that ask about them. Those that no test catches stand in mutants-survivors.json with the reason why nobody could notice them.
 */

const seed = 20_261_120
const mutants = mutantAreas.flatMap(({ sources, most }) => chooseMutants(sources.flatMap(mutantsOf), seed, most))

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
  for (const { name } of mutantAreas) {
    const inArea = ({ file }: Mutant) => areaOf(file).name === name
    const tried = trials.filter(({ mutant }) => inArea(mutant)).length
    const alive = left.filter(inArea).length
    console.log(
      `${name}: ${tried} mutants, ${tried - alive} caught, ${alive} survived, ${unknown.filter(inArea).length} of them unexplained`,
    )
  }
  for (const { file, line, code, from, to } of unknown) console.log(`${file}:${line} ${from} -> ${to}   ${code}`)
}, 14_400_000)

describe('the tests of shared/policy', () => {
  test('are tried on at least 200 mutants of what takes part in a price, and on some of every file', () => {
    expect(mutants.filter(({ file }) => areaOf(file).name === 'price').length).toBeGreaterThanOrEqual(200)
    expect(trials).toHaveLength(mutants.length)
    const changeable = mutantAreas.flatMap(({ sources }) => sources).filter(file => mutantsOf(file).length > 0)
    expect(changeable.filter(file => mutants.every(mutant => mutant.file !== file))).toEqual([])
  })

  test.each(mutantAreas.map(({ name }) => name))('catch at least 95 in a hundred: %s', name => {
    const tried = trials.filter(({ mutant }) => areaOf(mutant.file).name === name)
    expect(tried.filter(({ caughtBy }) => caughtBy === null).length / tried.length).toBeLessThanOrEqual(0.05)
  })

  test('let none survive without a reason', () => {
    expect(survivors().filter(mutant => !isKnown(mutant))).toEqual([])
  })

  test('catch none of those that are said to survive', () => {
    expect(trials.filter(({ mutant, caughtBy }) => caughtBy !== null && isKnown(mutant))).toEqual([])
  })
})
