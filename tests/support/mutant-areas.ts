import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './source-files.ts'

/** A part of the sources that asks one thing, and the tests that ask about it: the quick ones first, the slow ones only where those caught nothing. */
export type MutantArea = {
  readonly name: string
  /** Sources, from the root of the repository. */
  readonly sources: readonly string[]
  readonly quick: readonly string[]
  readonly slow: readonly string[]
  /** Of so many lines at most one mutant each is tried. */
  readonly most: number
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(item => item.isFile() && item.name.endsWith('.ts'))
    .map(({ name }) => `${folder}/${name}`)
    .sort()
}

const unit = (names: string) => names.split(' ').map(name => `tests/unit/policy/${name}.test.ts`)
const property = (names: string) => names.split(' ').map(name => `tests/property/policy/${name}.test.ts`)
const changed = 'shared/policy/changed-versions.ts'

/** Every file of shared/policy stands in one area. */
export const mutantAreas: readonly MutantArea[] = [
  {
    name: 'price',
    sources: sourcesIn('shared/policy').filter(file => file !== changed),
    quick: [
      ...unit(
        'conditions ladder limits amounts funds allowances choice own-payment site-and-service ages stipends periods',
      ),
      ...unit('operator strangers pack pack-references run-case pack-bounds forms'),
    ],
    slow: [...unit('traps notices vectors'), ...property('amounts quote limits packs')],
    most: 800,
  },
  { name: 'versions', sources: [changed], quick: unit('changed-versions'), slow: [], most: 50 },
  {
    name: 'check',
    sources: sourcesIn('shared/policy/check'),
    quick: unit('check-text check check-meant can-hold findings-approved'),
    slow: [...unit('aixin-policy-check'), ...property('check')],
    most: 400,
  },
  {
    name: 'explain',
    sources: sourcesIn('shared/policy/explain'),
    quick: unit('explain explain-steps explanations-approved'),
    slow: unit('policy-language-page explain-every-key'),
    most: 200,
  },
  {
    name: 'replay',
    sources: sourcesIn('shared/policy/replay'),
    quick: [...unit('replay/lines replay/sums replay/money replay/replay'), 'tests/unit/core/aixin-replay.test.ts'],
    slow: property('replay'),
    most: 150,
  },
]

/** What reads and judges elder codes; its mutants are made by hand, one for each check (code-check-mutants.ts). */
export const elderCodeArea: MutantArea = {
  name: 'elder code',
  sources: [
    ...['base32', 'base45', 'elder-code', 'code-keys'].map(name => `shared/${name}.ts`),
    ...['identify/judge-code', 'identify/identify', 'store/code-keys', 'store/codes', 'clock-trust'].map(
      name => `electron/core/${name}.ts`,
    ),
  ],
  quick: [
    ...['token', 'judge-code', 'conformance', 'clock-trust'].map(name => `tests/unit/elder-code/${name}.test.ts`),
    ...['code-keys', 'codes'].map(name => `tests/unit/store/${name}.test.ts`),
    'tests/unit/core/identify-code.test.ts',
  ],
  slow: ['tests/property/elder-code/elder-code.test.ts'],
  most: 0,
}

/** What holds a cap across sites; its faults are planted by hand (lease-faults.ts). */
export const leaseArea: MutantArea = {
  name: 'leases',
  sources: ['shared/business-day.ts', ...sourcesIn('shared/leases'), ...sourcesIn('electron/core/simulation')],
  quick: ['holder', 'rights', 'rules', 'pots', 'senior-lease', 'cap-day', 'simulated-tills'].map(
    name => `tests/unit/leases/${name}.test.ts`,
  ),
  slow: ['worlds', 'caps-that-change', 'simulated-worlds', 'long-away'].map(
    name => `tests/property/leases/${name}.test.ts`,
  ),
  most: 0,
}

const service = (source: string, ...tests: string[]): MutantArea => ({
  ...{ name: source, sources: [source], quick: tests.map(name => `tests/${name}.test.ts`), slow: [], most: 0 },
})

/** What a till and the province run themselves; its faults are planted by hand (service-faults.ts). */
export const serviceAreas: readonly MutantArea[] = [
  service('province/leases/fold-made-good.ts', 'integration/province/payouts-and-questions'),
  service('province/leases/ask.ts', 'integration/province/payouts-and-questions'),
  service('province/intake.ts', 'integration/province/intake'),
  service('electron/core/lease-desk.ts', 'unit/leases/other-generation'),
  service('electron/core/record-sale.ts', 'unit/core/record-sale'),
  service('electron/core/sync/pull.ts', 'unit/core/pull-cut'),
]

/** Those areas, and the ones whose faults are planted by hand. */
export const allAreas: readonly MutantArea[] = [...mutantAreas, elderCodeArea, leaseArea, ...serviceAreas]

/** The area a source belongs to. Throws where it stands in none. */
export function areaOf(file: string): MutantArea {
  const area = allAreas.find(({ sources }) => sources.includes(file))
  if (area === undefined) throw new Error(`${dirname(file)} belongs to no area of the mutation check`)
  return area
}
