import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { z } from 'zod'
import { fromBase64Url, sha256, toBase64Url } from '../shared/bytes.ts'
import { countableOf, parseRecord } from '../shared/countable.ts'
import { type Envelope, unwrap } from '../shared/envelope.ts'
import type { TerminalId } from '../shared/ids.ts'
import { terminalId } from '../shared/ids.ts'
import { type PushBody, provinceName } from '../shared/province-api.ts'
import { standardSuite } from '../shared/suite.ts'
import { envelopeOn, linesIn, senderOf, usbEnd, usbOpen, usbRecords } from '../shared/usb.ts'
import { type Database, insertRows, type Queryable, select } from './database.ts'
import { type ReadItem, readItem, verifySignatures } from './examine.ts'
import { takePush } from './intake.ts'
import type { Keyring } from './keys.ts'
import type { OnFault } from './leases/freed-pots.ts'

/** A file of a terminal, opened and verified, against what the province holds. */
export interface LateFile {
  readonly terminal: TerminalId
  readonly isStruckOff: boolean
  /** base64url SHA-256 of the file. */
  readonly hash: string
  readonly lines: readonly LateLine[]
  readonly fresh: readonly ReadItem[]
  readonly known: number
  /** Other records than those held at their places: a second disk. They are kept apart. */
  readonly apart: number
}

interface LateLine {
  readonly push: PushBody
  /** What signed its first record. */
  readonly ledgerKey: Uint8Array
}

/** `cut`, `damaged`: no whole file. `unknown`: nobody enrolled it. `unsigned`: a record that no key of the terminal signed. `in-service`: its terminal can bring it itself. */
export type LateFileFault =
  | { readonly fault: 'cut' | 'damaged' | 'unknown' | 'unsigned' | 'in-service' }
  | { readonly fault: 'gap'; readonly generation: number; readonly held: number; readonly first: number }

const terminalRow = z.object({
  terminal_id: terminalId,
  struck_off: z.boolean(),
  transport_key: z.instanceof(Buffer),
  ledger_key: z.instanceof(Buffer),
})

/** Opens and verifies a file that a terminal wrote to a stick, by the keys that it has or had. Changes nothing. */
export async function readLateFile(
  database: Database,
  keys: Keyring,
  path: string,
): Promise<{ ok: true; file: LateFile } | { ok: false; why: LateFileFault }> {
  const no = (fault: Exclude<LateFileFault['fault'], 'gap'>) => ({ ok: false as const, why: { fault } })
  const sender = await senderOf(linesOf(path))
  if (sender === 'USB_CUT') return no('cut')
  if (sender === 'USB_DAMAGED') return no('damaged')
  const [terminal] = await select(
    database.pool,
    terminalRow,
    'select terminal_id, struck_off, transport_key, ledger_key from terminal where terminal_id = $1 and transport_key is not null',
    [sender.terminal],
  )
  if (terminal === undefined) return no('unknown')
  const { terminal_id: id, struck_off: isStruckOff } = terminal
  const opened = await pushesIn(path, keys, [terminal.transport_key, ...(await formerKeys(database.pool, id))])
  if (opened === null) return no('damaged')
  const { pushes, hash, isOfNow } = opened
  const signed = await signedBy(id, pushes, [terminal.ledger_key, ...(await ledgerKeys(database.pool, id))])
  if (signed === null) return no('unsigned')
  const heads = await headsOf(database.pool, id)
  const newest = Math.max(0, ...heads.keys())
  if (!isStruckOff && isOfNow && pushes.some(({ generation }) => generation >= newest)) return no('in-service')
  const known = await hashesOf(database.pool, id, pushes)
  const [fresh, seen]: [ReadItem[], string[]] = [[], []]
  let apart = 0
  for (const { generation, items } of pushes) {
    for (const item of items) {
      const read = readItem(item, id, generation)
      const place = `${generation}/${item.seq}`
      const held = known.get(place)
      if (held === read.hash) seen.push(place)
      else if (held !== undefined) apart += 1
      else {
        const last = heads.get(generation) ?? 0
        if (item.seq !== last + 1) return { ok: false, why: { fault: 'gap', generation, held: last, first: item.seq } }
        heads.set(generation, item.seq)
        fresh.push(read)
      }
    }
  }
  return {
    ok: true,
    file: { terminal: id, isStruckOff, hash, lines: signed, fresh, known: seen.length, apart },
  }
}

/** Takes what a file brings: every record verified and stored as ever, and held. Again it brings nothing new. Keeps who took it, and why. @param onFault as of `takePush` */
export async function takeLateFile(
  database: Database,
  keys: Keyring,
  { terminal, hash, lines }: LateFile,
  by: { readonly operator: string; readonly reason: string },
  onFault: OnFault,
): Promise<void> {
  const taken = randomUUID()
  for (const { push, ledgerKey } of lines)
    await takePush(database, keys, { terminal }, push, onFault, {
      ledgerKey,
      async note(client, { verdicts }) {
        const known = verdicts.filter(({ verdict }) => verdict === 'duplicate').length
        const apart = verdicts.filter(({ verdict }) => verdict === 'conflict').length
        await insertRows(
          client,
          'taken_file',
          ['terminal_id', 'taken_id', 'hash', 'operator', 'reason', 'fresh', 'known', 'apart'],
          [[terminal, taken, hash, by.operator, by.reason, verdicts.length - known - apart, known, apart]],
          `on conflict (terminal_id, taken_id) do update set fresh = taken_file.fresh + excluded.fresh,
            known = taken_file.known + excluded.known, apart = taken_file.apart + excluded.apart`,
        )
      },
    })
}

/** What of the new records is money, for a person to see before it is taken. */
export function sumOf(fresh: readonly ReadItem[]) {
  const countable = fresh.flatMap(({ record }) => (record && countableOf(record)) ?? [])
  const dates = countable.map(({ date }) => date).sort()
  return {
    counted: countable.length,
    listFen: countable.reduce((sum, { listFen }) => sum + listFen, 0),
    subsidyFen: countable.reduce((sum, { subsidies }) => sum + subsidies.reduce((all, { fen }) => all + fen, 0), 0),
    from: dates[0] ?? null,
    to: dates.at(-1) ?? null,
  }
}

const linesOf = (path: string) => linesIn(createReadStream(path, { encoding: 'utf8' }))

/** The records of a file, opened; `isOfNow`: by the key that the terminal has now, the first of `senders`. Null where a line of it is not from the terminal. */
async function pushesIn(
  path: string,
  keys: Keyring,
  senders: readonly Buffer[],
): Promise<{ pushes: PushBody[]; hash: string; isOfNow: boolean } | null> {
  let isOfNow = true
  const pushes: PushBody[] = []
  const texts: string[] = []
  for await (const { text } of linesOf(path)) {
    texts.push(toBase64Url(sha256(text)))
    const sent = envelopeOn(text)
    const opened = sent && (await openedBy(sent, keys, senders))
    if (sent === undefined || !opened) return null
    const { body, sender } = opened
    isOfNow &&= sender === senders[0]
    if (sent.kind === 'usb-records') {
      const records = usbRecords.safeParse(body)
      if (!records.success) return null
      pushes.push(records.data.push)
    } else if (!(sent.kind === 'usb-end' ? usbEnd : usbOpen).safeParse(body).success) return null
  }
  return { pushes, hash: toBase64Url(sha256(texts.join('\n'))), isOfNow }
}

async function openedBy(
  sent: Envelope,
  keys: Keyring,
  senders: readonly Buffer[],
): Promise<{ body: unknown; sender: Buffer } | null> {
  for (const sender of senders) {
    for (const sealing of keys.sealing) {
      const to = { me: provinceName, senderKey: new Uint8Array(sender), sealing, answers: null }
      const opened = await unwrap(standardSuite, sent, to)
      if (opened.ok) return { body: opened.body, sender }
    }
  }
  return null
}

/** Each push with the key that signed it; null where no key did. */
async function signedBy(
  terminal: TerminalId,
  pushes: readonly PushBody[],
  candidates: readonly Uint8Array[],
): Promise<LateLine[] | null> {
  const lines: LateLine[] = []
  let likely = [...candidates]
  for (const push of pushes) {
    const read = push.items.map(item => readItem(item, terminal, push.generation))
    let found: LateLine | null = null
    for (const key of likely) {
      const ledgerKey = new Uint8Array(key)
      const { genuine, ledgerKey: next } = await verifySignatures(read, ledgerKey)
      if (!genuine.every(Boolean)) continue
      found = { push, ledgerKey }
      likely = [next, ...likely]
      break
    }
    if (found === null) return null
    lines.push(found)
  }
  return lines
}

async function formerKeys(client: Queryable, terminal: TerminalId): Promise<Buffer[]> {
  const rows = await select(
    client,
    z.object({ transport_key: z.instanceof(Buffer) }),
    'select transport_key from former_key where terminal_id = $1',
    [terminal],
  )
  return rows.map(row => row.transport_key)
}

/** The keys that the terminal's own ledger named so far. */
async function ledgerKeys(client: Queryable, terminal: TerminalId): Promise<Uint8Array[]> {
  const rows = await select(
    client,
    z.object({ record: z.instanceof(Buffer) }),
    "select record from ledger where terminal_id = $1 and kind = 'key-change' and verdict in ('accepted', 'flagged')",
    [terminal],
  )
  return rows.flatMap(row => {
    const record = parseRecord(row.record.toString('utf8'))
    return record?.kind === 'key-change' ? [fromBase64Url(record.payload.ledgerKey)] : []
  })
}

async function headsOf(client: Queryable, terminal: TerminalId): Promise<Map<number, number>> {
  const rows = await select(
    client,
    z.object({ generation: z.int(), seq: z.int() }),
    'select generation, seq from watermark where terminal_id = $1',
    [terminal],
  )
  return new Map(rows.map(({ generation, seq }) => [generation, seq]))
}

async function hashesOf(
  client: Queryable,
  terminal: TerminalId,
  pushes: readonly PushBody[],
): Promise<Map<string, string>> {
  const held = new Map<string, string>()
  for (const { generation, items } of pushes) {
    const rows = await select(
      client,
      z.object({ seq: z.int(), hash: z.string() }),
      'select seq, hash from ledger where terminal_id = $1 and generation = $2 and seq = any($3)',
      [terminal, generation, items.map(({ seq }) => seq)],
    )
    for (const { seq, hash } of rows) held.set(`${generation}/${seq}`, hash)
  }
  return held
}
