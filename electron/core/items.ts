import { pricesOf } from '../../shared/menu-prices.ts'
import type { SalePayload } from '../../shared/record.ts'
import type { Bilingual, SetMeal, Site } from '../../shared/site.ts'
import type { Notice } from '../../shared/terminal-api.ts'
import type { AddedItem, OpenCheckIn } from './check-in-state.ts'

type Item = SalePayload['items'][number]

const mostLines = 8
const mostPieces = 9

/** What stands on the ticket beside the set, at the prices of now (fen); a line that is sold out or gone gives its word instead. */
export function besideOf(site: Site, { more, parked }: OpenCheckIn): Item[] | Notice {
  const items: Item[] = []
  for (const { set, quantity, openFen } of more) {
    const line = site.menu.find(({ id }) => id === set)
    if (!line || (line.soldOut && !parked)) return { code: 'SOLD_OUT', values: { set: line?.name.zh ?? set } }
    items.push({ set, quantity, fen: quantity * (openFen ?? line.priceFen) })
  }
  return items
}

/** Everything of a sale, the set first; the same thing at the same price is one line. @param listFen of all of it */
export function itemsOf(open: OpenCheckIn, site: Site, listFen: number): Item[] {
  const beside = besideOf(site, { ...open, parked: true })
  const others = 'code' in beside ? [] : beside
  const first: Item = { set: open.set, quantity: 1, fen: listFen - others.reduce((sum, { fen }) => sum + fen, 0) }
  const lines = [first]
  for (const item of others) {
    const same = lines.findIndex(line => line.set === item.set && line.fen * item.quantity === item.fen * line.quantity)
    const line = lines[same]
    if (line === undefined) lines.push(item)
    else lines[same] = { ...line, quantity: line.quantity + item.quantity, fen: line.fen + item.fen }
  }
  return lines
}

/** One more of something. @param openFen what staff typed, for a line with an open amount only */
export function withOneMore(more: readonly AddedItem[], line: SetMeal, openFen: number | null): AddedItem[] | Notice {
  if (line.soldOut) return { code: 'SOLD_OUT', values: { set: line.name.zh } }
  if (line.open !== undefined && (openFen === null || !pricesOf(line).includes(openFen))) {
    const values = { least: line.priceFen / 100, most: line.open.mostFen / 100, step: line.open.stepFen / 100 }
    return { code: 'AMOUNT_NOT_OPEN', values }
  }
  const typed = line.open === undefined ? null : openFen
  const at = more.findIndex(item => item.set === line.id && item.openFen === typed)
  const known = more[at]
  if (known === undefined && more.length < mostLines) return [...more, { set: line.id, quantity: 1, openFen: typed }]
  if (known === undefined || known.quantity >= mostPieces) return { code: 'TICKET_FULL', values: {} }
  return more.with(at, { ...known, quantity: known.quantity + 1 })
}

/** One less of what stands at this place; nothing of it left, its line goes. */
export function withOneLess(more: readonly AddedItem[], place: number): AddedItem[] {
  const item = more[place]
  if (item === undefined) return [...more]
  return item.quantity > 1 ? more.with(place, { ...item, quantity: item.quantity - 1 }) : more.toSpliced(place, 1)
}

export const piecesOf = (items: readonly { quantity: number }[]) =>
  items.reduce((sum, { quantity }) => sum + quantity, 0)

/** The set's name, and how many pieces more stand beside it. */
export function withMore(name: Bilingual, more: number): Bilingual {
  return more === 0 ? name : { zh: `${name.zh}，另 ${more} 样`, en: `${name.en}, ${more} more` }
}
