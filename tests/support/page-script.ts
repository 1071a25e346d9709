import { build } from 'vite'

/** Bundles a module for a page, to be handed to it by `page.evaluate`: the page policy lets no other script in. */
export async function pageScript(file: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry: file, formats: ['iife'], name: 'pageScript' } },
  })
  const [bundle] = Array.isArray(built) ? built : [built]
  if (bundle === undefined || !('output' in bundle)) throw new Error(`nothing was bundled from ${file}`)
  return bundle.output[0].code
}
