import { z } from 'zod'

const part = z.looseObject({
  $defs: z.record(z.string(), z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  description: z.string().optional(),
})

/** A key of a JSON Schema: the named object that it belongs to (`Pack` for the schema itself) and its path there. */
export type SchemaKey = {
  readonly owner: string
  readonly path: string
  /** What the key says of itself. */
  readonly description: string | undefined
  /** The words that it may hold. */
  readonly words: readonly string[]
  /** The schema of what stands under it. */
  readonly schema: object
}

/** Every key of a JSON Schema, object by object. */
export function schemaKeys(schema: unknown): SchemaKey[] {
  const { $defs = {}, ...root } = part.parse(schema)
  return [...keysIn(root, 'Pack', ''), ...Object.entries($defs).flatMap(([name, json]) => keysIn(json, name, ''))]
}

function keysIn(json: unknown, owner: string, lead: string): SchemaKey[] {
  const { properties = {} } = part.parse(json)
  const own = Object.entries(properties).flatMap(([key, value]) => {
    const schema = part.parse(value)
    const path = `${lead}${key}`
    return [
      { owner, path, description: schema.description, words: wordsIn(schema), schema },
      ...keysIn(value, owner, `${path}.`),
    ]
  })
  return [...own, ...branchesOf(json).flatMap(each => keysIn(each, owner, lead))]
}

function branchesOf(json: unknown): unknown[] {
  const { items, anyOf = [], oneOf = [] } = part.parse(json)
  return [...anyOf, ...oneOf, ...(items === undefined ? [] : [items])]
}

function wordsIn(json: unknown): string[] {
  const { enum: choices = [], const: only } = part.parse(json)
  const own = [...choices, only].filter(word => typeof word === 'string')
  return [...own, ...branchesOf(json).flatMap(wordsIn)]
}
