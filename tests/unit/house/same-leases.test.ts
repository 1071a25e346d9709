import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importsOf, sourcesIn, target } from '../../support/source-files.ts'

/* A cap holds across sites because till, province and simulation run the same rules: none of them has rules of its own. */

const rules = sourcesIn(join('shared', 'leases'))

/** The rules that run in some sources: those that they name, and what these name in turn. */
function rulesRunBy(sources: readonly string[]): Set<string> {
  const found = new Set<string>()
  const waiting = [...sources]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop())
    for (const { specifier, typeOnly } of importsOf(file)) {
      const path = target(file, specifier)
      if (typeOnly || path === undefined || !rules.includes(path) || found.has(path)) continue
      found.add(path)
      waiting.push(path)
    }
  return found
}

const rulesNamed = (...names: string[]) => names.map(name => join('shared', 'leases', `${name}.ts`))
const till = [
  ...['lease-desk', 'price-facts', 'price-visit', 'record-sale', 'void-sale'].map(name =>
    join('electron', 'core', `${name}.ts`),
  ),
  ...['leases', 'pots'].map(name => join('electron', 'core', 'store', `${name}.ts`)),
]
const province = sourcesIn(join('province', 'leases'))
const simulated = sourcesIn(join('electron', 'core', 'simulation'))
const simulatedProvince = simulated.filter(file => file.includes('province'))
const simulatedTill = simulated.filter(file => !file.includes('province'))

describe('the rules of leases are the same code', () => {
  test('at the till and in its simulation', () => {
    const both = rulesNamed('holder', 'rules', 'pots')
    expect([...rulesRunBy(till)]).toEqual(expect.arrayContaining(both))
    expect([...rulesRunBy(simulatedTill)]).toEqual(expect.arrayContaining(both))
  })

  test('at the province and in its simulation', () => {
    const both = rulesNamed(
      'holder',
      'rights',
      'rules',
      'pots',
      'pot-lease',
      'senior-lease',
      'cap-day',
      'ended-claims',
      'word',
    )
    expect([...rulesRunBy(province)]).toEqual(expect.arrayContaining(both))
    expect([...rulesRunBy(simulatedProvince)]).toEqual(expect.arrayContaining(both))
  })

  test('of which each runs in service, and none in the simulation alone', () => {
    const inService = rulesRunBy([...till, ...province])
    expect([...rulesRunBy(simulated)].filter(file => !inService.has(file))).toEqual([])
    expect(rules.filter(file => !inService.has(file))).toEqual([])
  })

  test('that knows nothing of a host: no clock, disk or network beside what is handed to it', () => {
    const wrong = rules.flatMap(file =>
      importsOf(file).flatMap(({ specifier }) =>
        specifier === 'zod' || target(file, specifier)?.startsWith('shared/') ? [] : [`${file} imports ${specifier}`],
      ),
    )
    expect(wrong).toEqual([])
  })
})
