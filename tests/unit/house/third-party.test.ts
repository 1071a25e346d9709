import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { carriedPackages, thirdPartyNotices } from '../../../third-party.config.ts'

const root = join(import.meta.dirname, '../../..')
const notices = thirdPartyNotices()

/** Packages that the sources of the pages name in an import. */
function importedPackages(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file))
    .flatMap(file => [
      ...readFileSync(join(root, folder, file), 'utf8').matchAll(
        /^(?:import|export|\}).* from '([^']+)'$|^import '([^']+)'$|import\('([^']+)'\)/gm,
      ),
    ])
    .map(([, from, whole, later]) => (from ?? whole ?? later ?? '').replace(/^(?:\.\.\/)+node_modules\//, ''))
    .filter(name => name !== '' && !name.startsWith('.'))
    .map(name => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name)
}

test('every package that the pages import is named with its licence', () => {
  const named = carriedPackages.map(({ name }) => name)
  const imported = [...new Set([...importedPackages('renderer'), ...importedPackages('shared')])]
  expect(imported.length).toBeGreaterThan(10)
  expect(imported.filter(name => !named.includes(name))).toEqual([])
})

test.each([
  ['face-api.js (@vladmandic/face-api) 1.7.15: MIT', 'Copyright (c) Vladimir Mandic'],
  ['@vladmandic/human 3.3.6: MIT', 'BlazeFace (google/mediapipe)'],
  ['@tensorflow/tfjs-backend-wasm 4.22.0: Apache-2.0', 'Apache License'],
  ['onnxruntime-web 1.30.0: MIT', 'Copyright (c) Microsoft Corporation'],
  ['@fontsource/noto-serif-sc 5.3.0: OFL-1.1', 'SIL OPEN FONT LICENSE'],
])('the notices say: %s', (title, text) => {
  expect(notices).toContain(title)
  expect(notices).toContain(text)
})
