import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { thirdPartyNotices } from './third-party.config.ts'

const inRenderer = (path: string) => fileURLToPath(new URL(`renderer/${path}`, import.meta.url))

/** The service worker names every file of the build, so that the page opens whole without a network; another build is another name. */
const worker = (page: string): Plugin => ({
  name: 'phone-page-worker',
  apply: 'build',
  generateBundle(_, bundle) {
    this.emitFile({ type: 'asset', fileName: 'third-party.txt', source: thirdPartyNotices() })
    const icon = readFileSync(inRenderer('design/bowl.svg'))
    this.emitFile({ type: 'asset', fileName: 'icon.svg', source: icon })
    const manifest = readFileSync(inRenderer(`${page}/manifest.webmanifest`))
    this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source: manifest })
    const files = ['./', './icon.svg', './manifest.webmanifest', ...Object.keys(bundle).map(name => `./${name}`)]
    const version = createHash('sha256')
    for (const file of Object.values(bundle)) version.update(file.type === 'chunk' ? file.code : file.source)
    const source = readFileSync(inRenderer('phone/worker.js'), 'utf8')
      .replace("'FILES'", JSON.stringify(files))
      .replace('PAGE', page)
      .replace('VERSION', version.digest('hex').slice(0, 16))
    this.emitFile({ type: 'asset', fileName: 'worker.js', source })
  },
})

/** Builds a page for phones, which a province serves under its name: `--mode round` the couriers', `--mode carer` the carers'. */
export default defineConfig(({ mode: page }) => ({
  root: inRenderer(page),
  base: './',
  plugins: [react(), worker(page)],
  build: {
    outDir: fileURLToPath(new URL(`dist/${page}`, import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'chrome100',
    // Schemas are values without effects: unread ones, and with them zod, stay out of the page.
    rolldownOptions: { treeshake: { manualPureFunctions: ['z'] } },
  },
}))
