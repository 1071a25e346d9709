import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { card } from '../support/pcsc-bench.ts'
import { type Pcscd, startPcscd } from '../support/pcscd.ts'
import { virtualReader } from '../support/virtual-reader.ts'

const cli = join(import.meta.dirname, '../../electron/cli.ts')
const reader = virtualReader(0)
let service: Pcscd

beforeAll(async () => {
  service = await startPcscd()
})
afterAll(() => service?.stop())
afterEach(() => reader.remove())

function aixin(...words: string[]): Promise<{ code: number | null; said: string }> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [cli, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', chunk => {
      said += String(chunk)
    })
    child.on('close', code => resolve({ code, said }))
  })
}

test('aixin devices lists each reader with the settings that name it', async () => {
  expect(await aixin('devices')).toEqual({
    code: 0,
    said: [
      'Virtual PCD 00 00\t{"driver":"card-reader-pcsc","config":{"reader":"Virtual PCD 00 00"}}',
      'Virtual PCD 00 01\t{"driver":"card-reader-pcsc","config":{"reader":"Virtual PCD 00 01"}}',
      '',
    ].join('\n'),
  })
})

describe('aixin devices with a known card', () => {
  test.each([
    ['7A003A12', 'air'],
    ['123A007A', 'reversed'],
  ])('of UID 7A003A12 read as %s says that the reader is %s', async (uid, order) => {
    await reader.insert({ kind: 'nfc', uid })
    const { code, said } = await aixin('devices', '--reader', '00 00', '--uid', '7A:00:3A:12')
    expect(said).toContain(`"uidOrder": "${order}"`)
    expect(code).toBe(0)
  })

  test('of a printed number says the order as well', async () => {
    await reader.insert({ kind: 'nfc', uid: '7A003A12' })
    const words = ['--printed', '0305791098', '--printed-order', 'reversed', '--reader', '00 00']
    expect((await aixin('devices', ...words)).said).toContain('"uidOrder": "air"')
  })

  test.each([
    ['another card', { kind: 'nfc', uid: '7A003A13' }, '读到的不是这张卡'],
    ['a phone', { kind: 'nfc', uid: '08A1B2C3' }, '没有固定的号'],
    ['a social-security card', card, '没有固定的号'],
  ] as const)('finds nothing with %s, and says so', async (_, profile, words) => {
    await reader.insert(profile)
    const { code, said } = await aixin('devices', '--reader', '00 00', '--uid', '7A003A12')
    expect(said).toContain(words)
    expect(code).toBe(1)
  })
})
