import { z } from 'zod'

const part = z.looseObject({
  $defs: z.record(z.string(), z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  description: z.string().optional(),
})

/** A key of a JSON Schema: the named object that it belongs to (`Pack` for the schema itself), its path there, and what it says of itself. */
export type SchemaKey = { readonly owner: string; readonly path: string; readonly description: string | undefined }

/** Every key of a JSON Schema, object by object. */
export function schemaKeys(schema: unknown): SchemaKey[] {
  const { $defs = {}, ...root } = part.parse(schema)
  return [...keysIn(root, 'Pack', ''), ...Object.entries($defs).flatMap(([name, json]) => keysIn(json, name, ''))]
}

function keysIn(json: unknown, owner: string, lead: string): SchemaKey[] {
  const { properties = {}, items, anyOf = [], oneOf = [] } = part.parse(json)
  const own = Object.entries(properties).flatMap(([key, value]) => [
    { owner, path: `${lead}${key}`, description: part.parse(value).description },
    ...keysIn(value, owner, `${lead}${key}.`),
  ])
  return [
    ...own,
    ...[...anyOf, ...oneOf, ...(items === undefined ? [] : [items])].flatMap(each => keysIn(each, owner, lead)),
  ]
}
