import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { thirdPartyNotices } from './third-party.config.ts'
import { voiceClips } from './voice-clips.config.ts'

const inRenderer = (path: string) => fileURLToPath(new URL(`renderer/${path}`, import.meta.url))

/** The fonts come with a second copy for browsers before 2016; every browser that can run these pages reads woff2. */
const onlyWoff2: Plugin = {
  name: 'only-woff2',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('.css') && id.includes('@fontsource')
      ? code.replace(/,\s*url\([^)]+\.woff\) format\('woff'\)/g, '')
      : null,
}

/** The licences of all that the pages carry lie beside them. */
const licences: Plugin = {
  name: 'third-party-notices',
  apply: 'build',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'third-party.txt', source: thirdPartyNotices() })
  },
}

/** Builds the pages. Everything is a file of its own: the page policy allows no inline script and no `data:` source but images. */
export default defineConfig({
  root: inRenderer(''),
  base: './',
  plugins: [onlyWoff2, react(), licences, voiceClips],
  worker: { format: 'es' },
  build: {
    outDir: fileURLToPath(new URL('dist/renderer', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'chrome130',
    rolldownOptions: {
      input: {
        cashier: inRenderer('cashier.html'),
        customer: inRenderer('customer.html'),
        kiosk: inRenderer('kiosk.html'),
      },
      // Schemas are values without effects: unread ones, and with them zod, stay out of the pages.
      treeshake: { manualPureFunctions: ['z'] },
    },
  },
})
