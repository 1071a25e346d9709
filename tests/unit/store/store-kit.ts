import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Clock } from '../../../electron/core/clock.ts'
import { createLedger, type Ledger } from '../../../electron/core/store/ledger.ts'
import { type Db, openDatabase } from '../../../electron/core/store/open-database.ts'
import { businessDate, businessDateOf } from '../../../shared/business-day.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import { operatorId, recordId, terminalId } from '../../../shared/ids.ts'
import { type KeyPair, type Signer, standardSuite } from '../../../shared/suite.ts'
import { uuidV7 } from '../../../shared/uuid.ts'

/** 11:42 on Friday 2026-11-20 in Shanghai. */
export const noon = Date.parse('2026-11-20T11:42:00+08:00')

/** A folder of the test's own, gone when the test is over. */
export function tempFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'aixin-store-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Opens a data folder that must open; `close` may be called early. */
export function openStore(dataDir: string): { db: Db; close(): void } {
  const opened = openDatabase(dataDir)
  if (!opened.ok) throw new Error(`the store does not open: ${opened.notice.code}`)
  let isOpen = true
  const close = () => {
    if (isOpen) opened.close()
    isOpen = false
  }
  onTestFinished(close)
  return { db: opened.db, close }
}

/** A clock that stands until the test moves it. */
export function handClock(start = noon): Clock & { set(at: number): void } {
  let now = start
  return {
    now: () => now,
    monotonic: () => now,
    mint: () => uuidV7(now, standardSuite.randomBytes(10)),
    set(at) {
      now = at
    },
  }
}

export interface Chain {
  readonly db: Db
  readonly ledger: Ledger
  readonly keys: KeyPair
  readonly clock: ReturnType<typeof handClock>
  /** Appends the record of a shift, the smallest there is. */
  shift(): ReturnType<Ledger['append']>
  /** One of a restored terminal begins the generation after the head that it names. */
  keyChange(payload: KeyChange): ReturnType<Ledger['append']>
}

type KeyChange = { reason: 'enrolled' | 'restored' | 'rotated'; ledgerKey: string; lastHead: LastHead }
type LastHead = { generation: number; seq: number; hash: string } | null

/** A ledger over an open database, with keys of its own. @param signer who signs, where it is not the owner of the keys */
export async function chainOver(db: Db, signer?: Signer): Promise<Chain> {
  const keys = await standardSuite.generateSigningKey()
  const clock = handClock()
  const ledger = createLedger(db, {
    terminal: terminalId.parse('till-1'),
    signer: signer ?? (await standardSuite.signer(keys)),
    bootId: clock.mint(),
    clockDate: businessDateOf,
  })
  const common = () => ({ id: recordId.parse(clock.mint()), at: clock.now() })
  return {
    db,
    ledger,
    keys,
    clock,
    shift: () =>
      ledger.append({
        ...common(),
        kind: 'shift',
        payload: {
          event: 'open',
          shift: null,
          operator: operatorId.parse('op-1'),
          confirmedDate: businessDate.parse('2026-11-20'),
          countedFen: null,
        },
      }),
    keyChange: payload =>
      ledger.append(
        { ...common(), kind: 'key-change', payload },
        payload.reason === 'restored' && payload.lastHead ? { begin: payload.lastHead } : {},
      ),
  }
}

/** A chain that begins as that of an enrolled terminal, with some shifts after it. */
export async function enrolledChain(db: Db, shifts = 0): Promise<Chain> {
  const chain = await chainOver(db)
  await chain.keyChange({ reason: 'enrolled', ledgerKey: toBase64Url(chain.keys.publicKey), lastHead: null })
  for (let count = 0; count < shifts; count += 1) await chain.shift()
  return chain
}

/** The bytes of every file of a folder, one after the other. */
export function bytesOf(dataDir: string): Buffer {
  return Buffer.concat(readdirSync(dataDir).map(name => readFileSync(join(dataDir, name))))
}
