import { z } from 'zod'
import { sha256, toBase64Url } from '../shared/bytes.ts'
import { canonicalJson, type Json } from '../shared/canonical-json.ts'
import type { SiteId } from '../shared/ids.ts'
import type { OpenedInputs } from '../shared/record.ts'
import { insertRows, type Queryable, select } from './database.ts'

/** Facts about a senior or a site, as one text. Old facts stay: a terminal that was offline prices by what it was sent. */
export interface Fact {
  readonly subject: string
  readonly hash: string
}

/** @param subject a senior's id, or `site:` or `price:` and a site's id */
export function factOf(subject: string, facts: Json): Fact {
  return { subject, hash: toBase64Url(sha256(canonicalJson(facts))) }
}

/** A price of a site's menu as a fact: a sale may state any that the site was ever sent. @param fen of one piece */
export function priceFactOf(site: SiteId, set: string, fen: number): Fact {
  return factOf(`price:${site}`, { set, fen })
}

/** Remembers facts that the province sends to terminals. */
export async function publishFacts(client: Queryable, facts: readonly Fact[]): Promise<void> {
  await insertRows(
    client,
    'published_fact',
    ['subject', 'hash'],
    facts.map(({ subject, hash }) => [subject, hash]),
    'on conflict (subject, hash) do nothing',
  )
}

/** The facts that a quote rests on. */
export function factsOf({ inputs: { senior, quote } }: OpenedInputs, site: SiteId): Fact[] {
  const person = quote.person === null ? [] : [factOf(senior ?? 'nobody', quote.person)]
  return [factOf(`site:${site}`, quote.visit.site), ...person]
}

/** Says of each quote's inputs whether the province itself ever published all facts they rest on: a till cannot make up a birthday or a category. */
export async function publishedFacts(
  client: Queryable,
  site: SiteId,
  opened: readonly (OpenedInputs | null)[],
): Promise<(inputs: OpenedInputs) => boolean> {
  const needed = new Map(opened.flatMap(inputs => (inputs === null ? [] : [[inputs, factsOf(inputs, site)]])))
  const rows = await select(
    client,
    z.object({ subject: z.string(), hash: z.string() }),
    'select subject, hash from published_fact where subject = any($1)',
    [[...new Set([...needed.values()].flat().map(({ subject }) => subject))]],
  )
  const known = new Set(rows.map(({ subject, hash }) => `${subject}|${hash}`))
  return inputs =>
    (needed.get(inputs) ?? factsOf(inputs, site)).every(({ subject, hash }) => known.has(`${subject}|${hash}`))
}

/** Says of a set meal's price whether it ever stood on the site's menu. */
export async function publishedPrices(client: Queryable, site: SiteId): Promise<(set: string, fen: number) => boolean> {
  const rows = await select(
    client,
    z.object({ hash: z.string() }),
    'select hash from published_fact where subject = $1',
    [`price:${site}`],
  )
  const known = new Set(rows.map(({ hash }) => hash))
  return (set, fen) => known.has(priceFactOf(site, set, fen).hash)
}
