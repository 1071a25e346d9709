import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { lockedPlace, readLock } from './lock-file.ts'
import { root } from './source-files.ts'

const require = createRequire(import.meta.url)

/** The part of electron-builder's own matcher that is used here. */
const matcherModule = z.object({
  FileMatcher: z.custom<
    new (
      from: string,
      to: string,
      expand: (pattern: string) => string,
      patterns: string[],
    ) => { createFilter(): (file: string, stat: ReturnType<typeof statSync>) => boolean }
  >(value => typeof value === 'function'),
})

const builderConfig = z.looseObject({ files: z.array(z.string()), asarUnpack: z.array(z.string()) })

export function readBuilderConfig(): z.infer<typeof builderConfig> {
  return builderConfig.parse(parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')))
}

function filterOf(patterns: string[]): (path: string) => boolean {
  const { FileMatcher } = matcherModule.parse(require('app-builder-lib/out/fileMatcher.js'))
  const filter = new FileMatcher(root, join(root, 'release'), pattern => pattern, patterns).createFilter()
  return path => filter(join(root, path), statSync(join(root, path)))
}

/** The installed packages that electron-builder collects: what the project needs to run, optional packages too, no devDependency. */
export function runtimePackages(): string[] {
  const lock = readLock()
  const places = new Set<string>()
  function collect(place: string): void {
    const { dependencies, optionalDependencies } = lock.get(place) ?? { dependencies: {}, optionalDependencies: {} }
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const found = lockedPlace(lock, place, name)
      if (found === undefined || places.has(found)) continue
      places.add(found)
      collect(found)
    }
  }
  collect('')
  return [...places].filter(place => statSync(join(root, place), { throwIfNoEntry: false }) !== undefined)
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(root.length + 1))
}

/**
 * The files of the packaged app, by electron-builder's matcher and rules: all patterns for the project's own files, the `!` patterns for
 * the packages it needs to run.
 */
export function packagedFiles(): string[] {
  const { files } = readBuilderConfig()
  const isOwn = filterOf(['!**/node_modules/**', ...files])
  const isOfPackages = filterOf(['**/*', ...files.filter(pattern => pattern.startsWith('!'))])
  const own = [
    'package.json',
    ...['dist', 'resources', 'electron', 'shared', 'tests', 'province', 'renderer'].flatMap(filesBelow),
  ]
  const ofPackages = runtimePackages().flatMap(place =>
    filesBelow(place).filter(file => !file.slice(place.length + 1).includes('node_modules/')),
  )
  return [...own.filter(isOwn), ...ofPackages.filter(isOfPackages)]
}

/** Which of the packaged files lie beside the archive. */
export function unpackedFiles(files: readonly string[]): string[] {
  return files.filter(filterOf(readBuilderConfig().asarUnpack))
}
