import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { commands, runCommand } from '../../../electron/command-line.ts'
import { simulation } from '../../../electron/simulate-command.ts'

let said: string
let dataDir: string

beforeEach(() => {
  said = ''
  const collect = (line: unknown) => {
    said += `${String(line)}\n`
  }
  vi.spyOn(console, 'log').mockImplementation(collect)
  vi.spyOn(console, 'error').mockImplementation(collect)
  dataDir = mkdtempSync(join(tmpdir(), 'aixin-cli-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(dataDir, { recursive: true })
})

describe('aixin', () => {
  test('without words shows what it can do', async () => {
    expect(await runCommand([])).toBe(0)
    expect(said).toMatch(/用法 \/ usage:\n {2}aixin quote/)
  })

  test.each(Object.keys(commands))('%s --help shows how it is used, and does nothing', async name => {
    expect(await runCommand([name, '--help'])).toBe(0)
    expect(said).toContain(`用法 / usage:\n  aixin ${name}`)
  })

  test('simulate --help shows how it is used, and lives no month', async () => {
    expect(await runCommand(['simulate', '--help'], { simulate: simulation })).toBe(0)
    expect(said).toMatch(/^用法 \/ usage:\n {2}aixin simulate .*--seed S\|S\.\.T/)
  })

  test.each(['toString', 'qoute'])('with an unknown command says so: %s', async name => {
    expect(await runCommand([name])).toBe(2)
    expect(said).toContain(`没有 ${name} 这个命令 / no such command: ${name}`)
  })

  test('with a wrong option shows how the command is used', async () => {
    expect(await runCommand(['quote', '--cases', 'x.json', '--pack', 'y'])).toBe(2)
    expect(said).toContain('--cases FILE')
  })

  test('quote without cases says what is missing', async () => {
    expect(await runCommand(['quote'])).toBe(2)
    expect(said).toContain('--cases FILE is missing')
  })
})

describe('aixin check-settings', () => {
  const check = (text: string) => {
    writeFileSync(join(dataDir, 'terminal.json'), text)
    return runCommand(['check-settings', '--data', dataDir])
  }

  test('finds nothing in a folder without settings: the defaults hold', async () => {
    expect(await runCommand(['check-settings', '--data', dataDir])).toBe(0)
  })

  test('names the place of a wrong key', async () => {
    expect(await check('{"syncSecond": 5}')).toBe(1)
    expect(said).toContain('syncSecond')
    expect(said).toContain('CONFIG_BAD')
  })

  test.each(['{', '[]', '"x"', '{"dataDir": "/elsewhere"}'])('refuses a file that is no settings: %s', async text => {
    expect(await check(text)).toBe(1)
    expect(said).toContain('terminal.json')
  })
})
