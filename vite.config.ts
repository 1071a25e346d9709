import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const inRenderer = (path: string) => fileURLToPath(new URL(`renderer/${path}`, import.meta.url))

/** Builds the pages. Everything is a file of its own: the page policy allows no inline script and no `data:` source but images. */
export default defineConfig({
  root: inRenderer(''),
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: fileURLToPath(new URL('dist/renderer', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'chrome130',
    rolldownOptions: {
      input: { cashier: inRenderer('cashier.html'), customer: inRenderer('customer.html') },
      // Schemas are values without effects: unread ones, and with them zod, stay out of the pages.
      treeshake: { manualPureFunctions: ['z'] },
    },
  },
})
