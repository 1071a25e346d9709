import { z } from 'zod'
import { policyPack } from '../language.ts'
import { type Path, valueAt } from './finding.ts'

/** The keys that the language allows in the object at a place of a pack's JSON; where kinds differ, those of the kind that is written there. */
export function keysAt(json: unknown, path: Path): string[] {
  let schemas = plain(policyPack)
  for (const [depth, part] of path.entries())
    schemas = chosen(schemas, valueAt(json, path.slice(0, depth))).flatMap(schema => inner(schema, part))
  return [
    ...new Set(
      chosen(schemas, valueAt(json, path)).flatMap(schema =>
        schema instanceof z.ZodObject ? Object.keys(schema.shape) : [],
      ),
    ),
  ]
}

/** Every key of the language, wherever it may stand. */
export function allKeys(): Set<string> {
  const keys = new Set<string>()
  const seen = new Set<unknown>()
  const open = plain(policyPack)
  for (let schema = open.pop(); schema !== undefined; schema = open.pop()) {
    if (seen.has(schema)) continue
    seen.add(schema)
    if (schema instanceof z.ZodArray) open.push(...plain(schema.element))
    if (!(schema instanceof z.ZodObject)) continue
    for (const [key, value] of Object.entries(schema.shape)) {
      keys.add(key)
      open.push(...plain(value))
    }
  }
  return keys
}

function plain(schema: unknown): unknown[] {
  if (schema instanceof z.ZodOptional) return plain(schema.unwrap())
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(plain)
  return [schema]
}

function inner(schema: unknown, part: string | number): unknown[] {
  if (schema instanceof z.ZodArray) return plain(schema.element)
  return schema instanceof z.ZodObject && typeof part === 'string' && Object.hasOwn(schema.shape, part)
    ? plain(schema.shape[part])
    : []
}

function chosen(schemas: readonly unknown[], json: unknown): unknown[] {
  const kind = valueAt(json, ['kind'])
  const fitting = schemas.filter(
    schema =>
      schema instanceof z.ZodObject && schema.shape.kind instanceof z.ZodLiteral && schema.shape.kind.value === kind,
  )
  return fitting.length > 0 ? fitting : [...schemas]
}
