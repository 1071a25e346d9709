import { expect, test } from 'vitest'
import { checkPackText } from '../../../shared/policy/check/check-pack.ts'
import type { Finding } from '../../../shared/policy/check/finding.ts'
import { seededFaults } from '../../support/seeded-faults/all.ts'
import { textFaults } from '../../support/seeded-faults/text.ts'
import { vectorFaults } from '../../support/seeded-faults/vectors.ts'
import { edited, soundBase } from '../../support/sound-pack.ts'

/*
 * What a clerk reads of every seeded fault, word by word. After a change that is meant, `vitest run tests/unit/policy/findings-approved.test.ts -u`
 * writes the files anew; read what has changed in them.
 */

function said({ severity, code, path, line, column, zh, en }: Finding): string {
  const place = [line, column].filter(number => number !== undefined).join(':')
  return `  ${severity} ${code} ${path} (${place})\n    ${zh}\n    ${en}\n`
}

const allSaid = (faults: readonly (readonly [name: string, text: string])[]) =>
  faults.map(([name, text]) => `${name}\n${checkPackText(text).map(said).join('')}`).join('\n')

const groups: typeof seededFaults = [...seededFaults, ['vectors', vectorFaults]]
const files = groups.map(([group, faults]) => {
  const texts = faults.map(([name, edits]) => [name, JSON.stringify(edited(soundBase, edits), null, 2)] as const)
  return [group.replaceAll(' ', '-'), allSaid(texts)] as const
})

test.each([...files, ['text', allSaid(textFaults.map(([name, text]) => [name, text]))] as const])(
  'the findings in seeded faults of this group read as approved: %s',
  async (name, text) => {
    await expect(text).toMatchFileSnapshot(`../../vectors/findings/${name}.txt`)
  },
)
