import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { root } from './source-files.ts'

const dependencies = z.record(z.string(), z.string()).default({})

const lockedPackage = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  dev: z.boolean().default(false),
  optional: z.boolean().default(false),
  dependencies,
  optionalDependencies: dependencies,
  devDependencies: dependencies,
})
export type LockedPackage = z.infer<typeof lockedPackage>

/** The packages of the lock file by their place; '' is the project itself. */
export function readLock(): Map<string, LockedPackage> {
  const file = z
    .object({ packages: z.record(z.string(), lockedPackage) })
    .parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
  return new Map(Object.entries(file.packages))
}

/** The place where Node would find a package that another one asks for; undefined where the lock has none. */
export function lockedPlace(lock: ReadonlyMap<string, LockedPackage>, from: string, name: string): string | undefined {
  for (
    let place = from;
    ;
    place = place.includes('/node_modules/') ? dirname(place.slice(0, place.lastIndexOf('/node_modules/') + 1)) : ''
  ) {
    const candidate = `${place === '' ? '' : `${place}/`}node_modules/${name}`
    if (lock.has(candidate)) return candidate
    if (place === '') return undefined
  }
}
