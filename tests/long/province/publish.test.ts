import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, businessDateOf } from '../../../shared/business-day.ts'
import { packHash } from '../../../shared/policy/parse-pack.ts'
import { packJson, shippedPack, soundPack, subsidyStep } from '../../support/policy-kit.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const program = new URL('../../../province/main.ts', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'aixin-publish-'))

let house: ProvinceHouse
beforeAll(async () => {
  house = await openProvinceHouse()
})
afterAll(async () => {
  await house?.close()
  rmSync(folder, { recursive: true })
})

/** What the command says, and how it ends. */
async function publish(text: string, ...more: string[]): Promise<{ code: number; said: string }> {
  const file = join(folder, 'pack.json')
  writeFileSync(file, text)
  const words = [program, 'publish', '--database-url', house.databaseUrl, '--pack', file, ...more]
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, words)
    return { code: 0, said: stdout + stderr }
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !('stderr' in error)) throw error
    return { code: Number(error.code), said: String(error.stderr) }
  }
}

async function currentHash(id: string): Promise<unknown> {
  return (await house.rows('select hash from policy where pack_id = $1 and current', [id])).map(({ hash }) => hash)
}

describe('the command that publishes a policy pack', () => {
  const first = packJson([subsidyStep('city', 300)])
  const second = packJson([subsidyStep('city', 400)])

  it('signs it and makes it the current one, and an earlier one again', async () => {
    for (const json of [first, second, first]) {
      expect((await publish(JSON.stringify(json), '--change-begun')).code).toBe(0)
      expect(await currentHash('TEST')).toEqual([packHash(soundPack(json))])
    }
    const terminal = await house.terminal()
    const page = await terminal.pull('policies', null)
    const ids = page.feed === 'policies' ? page.items.map(({ id }) => id) : []
    expect(ids.sort()).toEqual(['CN-VOUCHER', 'DEMO', 'HF-600', 'SH-LTCI', 'TEST', 'ZJ-AIXIN'])
  })

  it('says what is wrong with a pack, in both languages, and publishes nothing', async () => {
    const before = await currentHash('TEST')
    const { code, said } = await publish(JSON.stringify(first).replaceAll('"fund":"city"', '"fund":"cty"'))
    expect(code).toBe(1)
    expect(said).toMatch(/没有下发/)
    expect(said).toMatch(/cty/)
    expect(said).toMatch(/nothing was published/)
    expect(await currentHash('TEST')).toEqual(before)
  })

  it('says so where the database cannot be reached', async () => {
    const { code, said } = await publish(
      JSON.stringify(first),
      '--database-url',
      'postgres://nobody:x@127.0.0.1:1/none',
    )
    expect([code, said]).toEqual([2, expect.stringMatching(/没有下发.*\n.*ECONNREFUSED/)])
  })

  it('leaves rules that have begun as they are, and lets them only be ended and followed', async () => {
    const today = businessDateOf(Date.now())
    const refused = await publish(JSON.stringify(second))
    expect([refused.code, refused.said]).toEqual([1, expect.stringMatching(/TEST-1.*没有下发[\s\S]*--change-begun/)])
    const [old] = first.versions
    const [later] = second.versions
    const versions = [
      { ...old, to: today },
      { ...later, id: 'TEST-2', from: addDays(today, 1) },
    ]
    expect((await publish(JSON.stringify({ ...first, versions }))).code).toBe(0)
  })

  it('is not undone when the demo starts again with the pack it was shipped with', async () => {
    const later = { ...shippedPack('DEMO'), source: 'changed' }
    expect((await publish(JSON.stringify(later))).code).toBe(0)
    await (await house.start()).close()
    expect(await currentHash('DEMO')).toEqual([packHash(later)])
  })
})
