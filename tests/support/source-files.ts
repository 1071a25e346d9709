import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** The repository as its own tests look at it. */
export const root = resolve(import.meta.dirname, '../..')

export interface Import {
  specifier: string
  /** Erased before the program runs. */
  typeOnly: boolean
}

/** All source files below a folder, as paths from the root. */
export function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(ts|tsx|mjs)$/.test(name) && !name.includes('node_modules'))
    .map(name => join(folder, name))
    .sort()
}

/** What a source file imports. */
export function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  const statements = text.matchAll(/^(?:import|export)\s(?<type>type\s)?[^'"]*?\bfrom\s+['"](?<from>[^'"]+)['"]/gm)
  const bare = text.matchAll(/^import\s+['"](?<from>[^'"]+)['"]/gm)
  const dynamic = text.matchAll(/\bimport\(\s*['"](?<from>[^'"]+)['"]\s*\)/g)
  return [...statements, ...bare, ...dynamic].flatMap(({ groups }) =>
    groups?.from === undefined ? [] : [{ specifier: groups.from, typeOnly: groups.type !== undefined }],
  )
}

/** The file of the repository that a relative import names; undefined for a package or a file that is no source. */
export function target(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined
  const path = relative(root, resolve(root, dirname(file), specifier))
  return /\.(ts|tsx)$/.test(path) && existsSync(join(root, path)) ? path : undefined
}
