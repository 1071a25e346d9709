import { execFileSync } from 'node:child_process'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { root } from './source-files.ts'

/** What the middleware does at its next call: an answer with output, no end to its output, no answer at all, or a crash. */
export type VendorScene =
  | { readonly answer: number; readonly output?: string | Uint8Array }
  | { readonly fill: string }
  | 'hang'
  | 'crash'

export const emptyReader: VendorScene = { answer: -2, output: '无卡' }

/** A middleware of the iReadCardBas family, compiled from tests/support/vendor-library.c. */
export interface VendorMiddleware {
  readonly library: string
  /** The configuration of a driver that drives it; the scene reaches it through the environment. */
  driverConfig(profile?: object, deadlines?: object): Parameters<typeof JSON.stringify>[0]
  play(scene: VendorScene): void
  remove(): void
}

export function compileVendorMiddleware(): VendorMiddleware {
  const folder = mkdtempSync(join(tmpdir(), 'aixin-vendor-'))
  const library = join(folder, 'libSSCardDriver.so')
  const sceneFile = join(folder, 'scene')
  execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-o', library, join(root, 'tests/support/vendor-library.c')])
  process.env.AIXIN_VENDOR_SCENE = sceneFile

  function play(scene: VendorScene): void {
    // Replaced in one step: the middleware may be looking at this moment.
    writeFileSync(`${sceneFile}.next`, bytesOf(scene))
    renameSync(`${sceneFile}.next`, sceneFile)
  }

  play(emptyReader)
  return {
    library,
    driverConfig: (profile = {}, deadlines = {}) => ({
      helper: {
        program: process.execPath,
        arguments: [join(root, 'electron/core/devices/card-reader/vendor/read-card-bas-helper.ts')],
      },
      profile: { library, ...profile },
      deadlines,
    }),
    play,
    remove: () => {
      delete process.env.AIXIN_VENDOR_SCENE
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function bytesOf(scene: VendorScene): Uint8Array {
  if (typeof scene === 'string') return Buffer.from(`${scene}\n`)
  if ('fill' in scene) return Buffer.from(`fill\n${scene.fill}`)
  const { answer, output = '' } = scene
  const bytes = typeof output === 'string' ? iconv.encode(output, 'gb18030') : output
  return Buffer.concat([Buffer.from(`${answer}\n`), bytes])
}
