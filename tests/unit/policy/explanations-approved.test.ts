import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { shippedPacks } from '../../../electron/core/pack-files.ts'
import { explainPack } from '../../../shared/policy/explain/explain-pack.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import { shippedPack, soundPack } from '../../support/policy-kit.ts'
import { wholeLanguage } from '../../support/whole-language.ts'

/*
 * The whole explanation of every shipped pack and of one that uses the whole language, word by word. After a change that is meant,
 * `vitest run tests/unit/policy/explanations-approved.test.ts -u` writes the files anew; read what has changed in them.
 */

const shipped = readdirSync(shippedPacks).filter(name => name.endsWith('.json'))
const packs: readonly PolicyPack[] = [
  soundPack(JSON.parse(JSON.stringify(wholeLanguage))),
  ...shipped.map(name => shippedPack(name.slice(0, -'.json'.length))),
]

describe.each(packs.map(pack => [pack.id, pack] as const))('the explanation of %s reads as approved', (id, pack) => {
  test.each(['zh', 'en'] as const)('%s', async language => {
    const text = `${explainPack(pack, language).join('\n')}\n`
    await expect(text).toMatchFileSnapshot(`../../vectors/explanations/${id}.${language}.txt`)
  })
})
