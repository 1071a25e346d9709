import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { sha256, toBase64Url } from '../shared/bytes.ts'
import { insertRows, type Queryable, select } from './database.ts'
import type { LineFault } from './table-file.ts'

/** What came of a file that was loaded. */
export interface LoadCounts {
  readonly fresh: number
  readonly changed: number
  readonly gone: number
  readonly unchanged: number
}

/** One site or person that a file makes new, changes or ends; `columns`: what of it. */
export interface Change {
  readonly kind: 'fresh' | 'changed' | 'gone'
  readonly id: string
  readonly name: string
  readonly columns: readonly string[]
}

/** What a file would do, or did: nothing where there are faults. */
export interface Load {
  readonly changes: readonly Change[]
  readonly unchanged: number
  readonly faults: readonly LineFault[]
  /** What somebody should know, and nothing hinders. */
  readonly remarks: readonly (readonly [zh: string, en: string])[]
}

export const countsOf = ({ changes, unchanged }: Load): LoadCounts => {
  const count = (kind: Change['kind']) => changes.filter(one => one.kind === kind).length
  return { fresh: count('fresh'), changed: count('changed'), gone: count('gone'), unchanged }
}

/** Nothing is to be done with such a file. */
export const unusable = (faults: readonly LineFault[]): Load => ({ changes: [], unchanged: 0, faults, remarks: [] })

/** Which file somebody loaded. */
export interface LoadedFile {
  readonly what: 'sites' | 'people'
  readonly file: string
  readonly bytes: Uint8Array
  readonly operator: string
}

/** The text of a file in UTF-8, with or without a mark, or in GB18030 as Chinese spreadsheets write it; null where it is neither. */
export function textOf(bytes: Uint8Array): string | null {
  return decoded(bytes, 'utf-8') ?? decoded(bytes, 'gb18030')
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** Keeps who loaded what, in the transaction that writes it. */
export async function noteLoad(client: Queryable, { what, file, bytes, operator }: LoadedFile, counts: LoadCounts) {
  const { fresh, changed, gone, unchanged } = counts
  await insertRows(
    client,
    'load',
    ['load_id', 'what', 'file', 'hash', 'operator', 'fresh', 'changed', 'gone', 'unchanged'],
    [[randomUUID(), what, file, hashOf(bytes), operator, fresh, changed, gone, unchanged]],
  )
}

/** base64url SHA-256 of a file. */
export const hashOf = (bytes: Uint8Array) => toBase64Url(sha256(bytes))

const load = z.object({
  at: z.date(),
  what: z.enum(['sites', 'people']),
  file: z.string(),
  hash: z.string(),
  operator: z.string(),
  fresh: z.int(),
  changed: z.int(),
  gone: z.int(),
  unchanged: z.int(),
})

/** The last hundred files that were loaded, the newest first. */
export async function loadsSoFar(client: Queryable): Promise<z.infer<typeof load>[]> {
  return await select(
    client,
    load,
    'select at, what, file, hash, operator, fresh, changed, gone, unchanged from load order by at desc limit 100',
  )
}
