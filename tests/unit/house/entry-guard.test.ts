import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { root } from '../../support/source-files.ts'

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
const setup = join(root, 'resources', 'setup', 'setup.mjs')

/** Runs the set-up as if under another Node; nothing is installed, since it stops before. */
function setUpUnder(version: string): { status: number | null; words: string } {
  const disguise = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(disguise)}`, setup, 'packages'],
    { encoding: 'utf8' },
  )
  return { status, words: stderr }
}

describe('the Node that runs the program', () => {
  test('is the pinned one in every npm script', () => {
    const version = execFileSync(join(root, 'node_modules', '.bin', 'node'), ['--version'], { encoding: 'utf8' })
    expect(version).toMatch(/^v24\./)
    expect(Object.values(scripts).filter(script => script.includes('/usr/'))).toEqual([])
  })

  test('is brought by the set-up before each command that a newcomer types', () => {
    for (const command of ['start', 'test', 'test:long', 'rush'])
      expect(scripts[`pre${command}`]).toMatch(/^node resources\/setup\/setup\.mjs (start|test)$/)
    for (const command of ['aixin', 'province', 'doctor', 'bench'])
      expect(scripts[`pre${command}`]).toBe('node resources/setup/setup.mjs packages')
  })

  test('named by a script exists as a file', () => {
    const entries = Object.values(scripts).flatMap(script =>
      [...script.matchAll(/node (\S+\.(?:ts|mjs))/g)].map(([, file]) => file ?? ''),
    )
    expect(entries.filter(file => !existsSync(join(root, file)))).toEqual([])
  })
})

describe('the set-up under a Node that is too old', () => {
  test('says so in one sentence, in Chinese and English', () => {
    const { status, words } = setUpUnder('18.19.0')
    expect(status).toBe(1)
    expect(words).toMatch(/太旧.*20\.19.* \/ .*too old.*20\.19/)
    expect(words.trim().split('\n')).toHaveLength(1)
  })

  test('goes on under Node 20', () => {
    expect(setUpUnder('20.19.0').status).toBe(0)
  })
})
