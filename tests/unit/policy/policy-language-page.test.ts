import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Ajv from 'ajv/dist/2020.js'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { runPolicyCheck } from '../../../electron/core/bureau/check-pack.ts'
import { runPolicyExplain } from '../../../electron/core/bureau/explain-pack.ts'
import { policyPackSchema } from '../../../electron/core/bureau/pack-schema.ts'
import { runQuote } from '../../../electron/core/bureau/quote-cases.ts'
import { runPolicyReplay } from '../../../electron/core/bureau/replay.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { policyCase } from '../../../shared/policy/case.ts'
import { checkPackText } from '../../../shared/policy/check/check-pack.ts'
import { benefit, policyPack, policyVersion } from '../../../shared/policy/language.ts'
import { reasonCode } from '../../../shared/policy/reasons.ts'
import { differences, rulesFor, runCase } from '../../../shared/policy/run-case.ts'
import { evidenceMaker, mealAtInstant } from '../../support/evidence-maker.ts'
import { packJson, person, soundPack, subsidyStep } from '../../support/policy-kit.ts'
import { schemaKeys } from '../../support/schema-keys.ts'

const file = join(import.meta.dirname, '../../../docs/policy-language.md')
const page = readFileSync(file, 'utf8')

const blocks = [...page.matchAll(/^```json(.*)\n([\s\S]*?)^```$/gm)].map(([, mark = '', text = '']) => ({
  mark: mark.trim(),
  text,
}))
const blocksOf = (mark: string) => blocks.filter(block => block.mark === mark).map(({ text }) => text)
const json = (text: string): unknown => JSON.parse(text)

const packTexts = blocksOf('pack').map(text => ({ id: z.looseObject({ id: z.string() }).parse(json(text)).id, text }))
const [tutorial, ...recipes] = packTexts

const pieces: Readonly<Record<string, z.ZodType>> = {
  funds: policyPack.shape.funds,
  categories: policyPack.shape.categories,
  limits: policyVersion.shape.limits,
  benefit,
  cases: z.array(policyCase),
}

describe('a block of JSON', () => {
  test('says what it is, so that it can be checked', () => {
    const known = ['pack', ...Object.keys(pieces)]
    expect(blocks.filter(({ mark }) => !known.includes(mark))).toEqual([])
    expect(recipes.length).toBeGreaterThan(30)
  })

  test.each(blocks.filter(({ mark }) => mark !== 'pack'))('$mark is in the language', ({ mark, text }) => {
    expect(pieces[mark]?.safeParse(json(text)).error).toBeUndefined()
  })

  test.each(blocks.filter(({ mark }) => mark !== 'pack' && mark !== 'cases'))(
    '$mark stands in the whole pack of the tutorial as it stood in its step',
    ({ text }) => {
      const whole = canonicalJson(z.json().parse(json(tutorial?.text ?? '')))
      expect(whole).toContain(canonicalJson(z.json().parse(json(text))))
    },
  )
})

describe.each(packTexts)('the pack $id', ({ text }) => {
  const pack = soundPack(json(text))

  test('has nothing that `policy check` would tell', () => {
    expect(checkPackText(text)).toEqual([])
  })

  test.each((pack.vectors ?? []).map(item => [item.id, item.note ?? '', item] as const))(
    '%s %s',
    (_id, _note, item) => {
      const rules = rulesFor([pack], item)
      expect(rules).not.toBeNull()
      if (rules !== null) expect(differences(item.expect, runCase(rules, item))).toEqual([])
    },
  )
})

describe('the reference', () => {
  const schema = z.looseObject({ $defs: z.record(z.string(), z.unknown()) }).parse(policyPackSchema())
  const keys = schemaKeys(schema)
  const sections = new Map(
    page
      .split(/^#{2,3} /m)
      .map(section => [/^\w+/.exec(section)?.[0] ?? '', section] as const)
      .filter(([name]) => name !== ''),
  )

  test.each([...new Set(keys.map(({ owner }) => owner))])('names every key and every word of %s', owner => {
    const section = sections.get(owner) ?? ''
    const wanted = keys.filter(key => key.owner === owner).flatMap(({ path, words }) => [path, ...words])
    expect(wanted.filter(word => !section.includes(`\`${word}\``))).toEqual([])
  })

  const ajv = new Ajv({ strict: false, validateFormats: false })
  const examples = [...sections].flatMap(([name, section]) =>
    [...section.matchAll(/^\|.*\| `("(\S+)": .*)` \|$/gm)].map(([, example = '', key = '']) => ({
      name,
      key,
      example,
    })),
  )

  test.each(examples)(
    'gives an example of $key in $name that is in the language: $example',
    ({ name, key, example }) => {
      const owner = name === 'Benefit' ? 'Subsidy' : name
      const part = keys.find(item => item.owner === owner && item.path === key)?.schema
      const validate = ajv.compile({ $defs: schema.$defs, properties: { [key]: part ?? false } })
      expect(validate(json(`{${example}}`)), JSON.stringify(validate.errors)).toBe(true)
    },
  )

  test('has an example for most keys', () => {
    expect(examples.length).toBeGreaterThan(120)
  })

  test.each(reasonCode.options)('tells what the reason %s means', code => {
    expect(sections.get('Reasons')).toContain(`\`${code}\``)
  })
})

describe('the output of the commands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aixin-page-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const drafts = join(folder, 'drafts')
  mkdirSync(drafts)
  const draft = join(drafts, 'SH-PT.json')
  const save = (path: string, text: string) => {
    writeFileSync(path, text)
    return path
  }

  test('is what they print; `vitest -u` of this test writes it anew', async () => {
    const text = tutorial?.text ?? ''
    const faults = runPolicyCheck({ pack: save(draft, text.replace('"fen": 300', '"fen": 3')), json: false })
    save(draft, text)
    const outputs: Readonly<Record<string, readonly string[]>> = {
      faults: faults.lines,
      check: runPolicyCheck({ pack: draft, json: false }).lines,
      explain: runPolicyExplain({ pack: draft, language: 'zh' }).lines,
      quote: runQuote({
        packsDir: drafts,
        casesFile: save(join(folder, 'more-cases.json'), blocksOf('cases')[0] ?? ''),
        json: false,
      }).lines,
      replay: (await runPolicyReplay({ pack: draft, evidenceFile: save(join(folder, 'last-month.txt'), lastMonth()) }))
        .lines,
    }
    const fresh = page.replaceAll(/^```text (\w+)\n[\s\S]*?^```$/gm, (_, name: string) => {
      const lines = (outputs[name] ?? [`nothing prints "${name}"`]).map(line => line.replaceAll(`${folder}/`, ''))
      return ['```text '.concat(name), ...lines, '```'].join('\n')
    })
    expect(page.match(/^```text \w+$/gm)).toHaveLength(Object.keys(outputs).length)
    await expect(fresh).toMatchFileSnapshot(file)
  })
})

/** The evidence of a canteen in which everybody of 60 and more had 2.50: three seniors and a guest. */
function lastMonth(): string {
  const step = subsidyStep('meal', 250, { when: { age: { atLeast: 60 } }, fund: 'district' })
  const title = { zh: '区级财政', en: 'District budget' }
  const before = soundPack({ ...packJson([step]), id: 'OLD', funds: [{ id: 'district', title, source: 'public' }] })
  const made = evidenceMaker(before)
  const here = { city: 'SH', district: 'PT' }
  const meals = [
    { senior: 1, birthDate: '1955-03-10', household: here, listFen: 2000 },
    { senior: 2, birthDate: '1944-06-01', household: here, listFen: 2000 },
    { senior: 3, birthDate: '1958-06-01', household: { city: 'NT' }, listFen: 1200 },
    { senior: null, birthDate: null, household: here, listFen: 1500 },
  ]
  for (const [index, { senior, birthDate, household, listFen }] of meals.entries()) {
    const at = Date.parse('2025-12-24T11:30:00+08:00') + index * 60_000
    const who = birthDate === null ? null : person({ birthDate, household, residence: here })
    made.serve({ at, senior, person: who, visit: mealAtInstant(at, { listFen, site: { place: here, listed: true } }) })
  }
  return made.lines.map(line => (line.endsWith('\n') ? line : `${line}\n`)).join('')
}
