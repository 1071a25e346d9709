import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { driverSources } from './electron/driver-entries.ts'

const inElectron = (path: string) => fileURLToPath(new URL(`electron/${path}`, import.meta.url))

/**
 * Builds what runs outside of a page. `--mode main`: the host and the entry of each process, as modules. `--mode preload`: the preload, which
 * must be CommonJS since sandboxed preloads cannot import. `--mode vendor-helper`: the helper program for vendor middleware, one file for a
 * plain Node 22 or later, which is the last that exists for 32-bit Windows.
 */
export default defineConfig(({ mode }) => {
  if (mode === 'vendor-helper')
    return {
      publicDir: false,
      ssr: { noExternal: true, external: ['koffi'] },
      build: {
        ssr: true,
        target: 'node22',
        outDir: fileURLToPath(new URL('dist/vendor-helper', import.meta.url)),
        rolldownOptions: {
          input: { 'read-card-bas': inElectron('core/devices/card-reader/vendor/read-card-bas-helper.ts') },
          output: { format: 'es', entryFileNames: '[name].mjs' },
        },
      },
    }
  const preload = mode === 'preload'
  const drivers = Object.entries(driverSources).map(([name, source]) => [name, inElectron(source)])
  return {
    publicDir: false,
    // All but natives is bundled, so that the packaged app carries no other packages.
    ssr: { noExternal: true, external: ['electron', 'better-sqlite3', 'koffi', 'serialport'] },
    build: {
      ssr: true,
      target: 'node24',
      outDir: fileURLToPath(new URL('dist/electron', import.meta.url)),
      emptyOutDir: !preload,
      rolldownOptions: {
        input: preload
          ? { preload: inElectron('preload.ts') }
          : {
              main: inElectron('main.ts'),
              'core-process': inElectron('core-process.ts'),
              'backup-check': inElectron('core/backup/check-thread.ts'),
              'page-check': inElectron('core/store/page-check-thread.ts'),
              ...Object.fromEntries(drivers),
            },
        output: preload
          ? { format: 'cjs', entryFileNames: '[name].cjs' }
          : { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  }
})
