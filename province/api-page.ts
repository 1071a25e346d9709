import { z } from 'zod'

const sealedPart = z.object({ kind: z.string(), body: z.unknown() })
const operation = z.object({
  summary: z.string().optional(),
  security: z.array(z.unknown()).optional(),
  requestBody: z.object({ content: z.object({ 'application/json': z.object({ schema: z.unknown() }) }) }).optional(),
  responses: z.record(z.string(), z.unknown()).optional(),
  'x-sealed': z.object({ request: sealedPart, reply: sealedPart }).optional(),
})
const answer = z.object({ content: z.object({ 'application/json': z.object({ schema: z.unknown() }) }) })
const openApi = z.object({
  info: z.object({ title: z.string(), description: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()).optional() }).optional(),
})

/**
 * The page docs/province-api.md, from the OpenAPI document that a province serves. Routes of the demo are left out.
 * @param document as `/openapi.json` gives it
 */
export function apiPage(document: unknown): string {
  const { info, paths, components } = openApi.parse(document)
  const named = components?.schemas ?? {}
  const served = Object.entries(paths)
    .filter(([path]) => !path.startsWith('/v1/demo/'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const ledger = Object.values(paths['/v1/ledger'] ?? {})[0]
  const block = (schema: unknown) => `\`\`\`text\n${formOf(schema, named, '')}\n\`\`\``
  const routes = served.flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, found]) => {
      const sealed = found['x-sealed']
      const asked = found.requestBody?.content['application/json'].schema
      const told = answer.safeParse(found.responses?.['200'])
      const lines = [`### ${method.toUpperCase()} ${path}`]
      if (found.summary !== undefined) lines.push(`${found.summary}.`)
      if (found.security !== undefined) lines.push("With the app's secret: `authorization: Bearer SECRET`.")
      if (sealed !== undefined)
        lines.push(
          ...[`Envelope of kind \`${sealed.request.kind}\` with`, block(sealed.request.body)],
          ...[`answered by one of kind \`${sealed.reply.kind}\` with`, block(sealed.reply.body)],
        )
      else {
        if (asked !== undefined) lines.push('Asked with', block(asked))
        if (told.success) lines.push('Answered with', block(told.data.content['application/json'].schema))
      }
      return lines.join('\n\n')
    }),
  )
  const envelope = ledger?.requestBody?.content['application/json'].schema
  const refusal = answer.safeParse(ledger?.responses?.['4XX'] ?? ledger?.responses?.['4xx'])
  return `${[
    `# ${info.title}`,
    `${info.description} A running province serves this page's source as \`GET /openapi.json\`; the page is made of it (\`tests/integration/province/api-page.test.ts\` keeps it true).`,
    'Forms are written in short: `?` may be left out, `|` one of, `[...]` a list, `{[key]: ...}` members of any name; nothing else may stand in an object. Amounts are fen, instants milliseconds UTC, bytes base64url.',
    '## Envelopes',
    'Where nothing else is said, a request and its answer are envelopes. The sender signs everything but `body` with its transport key; `body` is packed, and sealed to the reader. `counter` rises with every request of a terminal, and the answer names the `nonce` that it answers. What a body is is said below.',
    block(envelope),
    '## Refusals',
    'Any other status than 200 comes with words for staff. With 429 and 503 the header `Retry-After` says after how many seconds to come again; records stay on the terminal meanwhile.',
    refusal.success ? block(refusal.data.content['application/json'].schema) : '',
    '## Routes',
    ...routes,
  ].join('\n\n')}\n`
}

const schemaNode = z.object({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  format: z.string().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
})

/** A JSON schema in short. */
function formOf(schema: unknown, named: Readonly<Record<string, unknown>>, indent: string): string {
  const parsed = schemaNode.safeParse(schema)
  if (!parsed.success) return 'anything'
  const node = parsed.data
  const form = (inner: unknown) => formOf(inner, named, indent)
  if (node.$ref !== undefined) return form(named[node.$ref.split('/').at(-1) ?? ''])
  if (node.const !== undefined) return JSON.stringify(node.const)
  if (node.enum !== undefined) return node.enum.map(value => JSON.stringify(value)).join(' | ')
  const oneOf = node.anyOf ?? node.oneOf
  if (oneOf !== undefined) return [...new Set(oneOf.map(form))].join(' | ')
  if (node.allOf !== undefined) return node.allOf.map(form).join(' & ')
  if (node.properties !== undefined) {
    const inner = `${indent}  `
    const members = Object.entries(node.properties).map(([name, value]) => {
      const mark = node.required?.includes(name) === true ? '' : '?'
      return `${inner}${name}${mark}: ${formOf(value, named, inner)}`
    })
    return members.length === 0 ? '{}' : `{\n${members.join('\n')}\n${indent}}`
  }
  if (node.type === 'array') return `[${form(node.items)}]`
  if (node.type === 'object') return `{[key]: ${form(node.additionalProperties)}}`
  if (node.type === 'string') return node.format ?? 'text'
  if (Array.isArray(node.type)) return node.type.join(' | ')
  return node.type ?? 'anything'
}
