import { registerHooks } from 'node:module'
import { isMainThread } from 'node:worker_threads'

/**
 * Preloaded by `node --import`: gives the built Electron host a double of Electron's API, and takes from it what the packaged program has
 * not. This is a double, not Electron: it proves neither fuses nor the sandbox nor the archive.
 */

const double = new URL('electron.ts', import.meta.url).href
const fusedChildProcess = new URL('fused-child-process.ts', import.meta.url).href

function isBuiltHost(parent: string | undefined): boolean {
  return parent?.includes('/dist/electron/') === true
}

Object.assign(process, { type: isMainThread ? 'browser' : 'utility' })
Object.assign(process.versions, { electron: 'double' })

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron') {
      if (!isMainThread)
        throw new Error('Electron double: a utility process has no electron module for the core to use')
      return { url: double, shortCircuit: true }
    }
    if (/^(node:)?child_process$/.test(specifier) && isBuiltHost(context.parentURL))
      return { url: fusedChildProcess, shortCircuit: true }
    return next(specifier, context)
  },
})
