import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { thirdPartyNotices } from './third-party.config.ts'

const inRound = (path: string) => fileURLToPath(new URL(`renderer/round/${path}`, import.meta.url))

/** The service worker names every file of the build, so that the page opens whole without a network; another build is another name. */
const worker: Plugin = {
  name: 'round-worker',
  apply: 'build',
  generateBundle(_, bundle) {
    this.emitFile({ type: 'asset', fileName: 'third-party.txt', source: thirdPartyNotices() })
    const icon = readFileSync(inRound('../design/bowl.svg'))
    this.emitFile({ type: 'asset', fileName: 'icon.svg', source: icon })
    const manifest = readFileSync(inRound('manifest.webmanifest'))
    this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source: manifest })
    const files = ['./', './icon.svg', './manifest.webmanifest', ...Object.keys(bundle).map(name => `./${name}`)]
    const version = createHash('sha256')
    for (const file of Object.values(bundle)) version.update(file.type === 'chunk' ? file.code : file.source)
    const source = readFileSync(inRound('worker.js'), 'utf8')
      .replace("'FILES'", JSON.stringify(files))
      .replace('VERSION', version.digest('hex').slice(0, 16))
    this.emitFile({ type: 'asset', fileName: 'worker.js', source })
  },
}

/** Builds the couriers' page, which a province serves under `/round/`. */
export default defineConfig({
  root: inRound(''),
  base: './',
  plugins: [react(), worker],
  build: {
    outDir: fileURLToPath(new URL('dist/round', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'chrome100',
    // Schemas are values without effects: unread ones, and with them zod, stay out of the page.
    rolldownOptions: { treeshake: { manualPureFunctions: ['z'] } },
  },
})
