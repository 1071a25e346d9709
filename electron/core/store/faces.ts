import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { businessDate } from '../../../shared/business-day.ts'
import { type ConsentKind, consentKind } from '../../../shared/face/consent.ts'
import type { Member } from '../../../shared/face/decide.ts'
import type { Embedding } from '../../../shared/face/embedding.ts'
import { looksPerPerson } from '../../../shared/face/measured.ts'
import type { FaceEngineRef } from '../../../shared/face/site-face.ts'
import { recordId, type SeniorId, seniorId } from '../../../shared/ids.ts'
import type { Db } from './open-database.ts'
import { createVault, type Vault } from './vault.ts'

const faceConsent = z.strictObject({
  senior: seniorId,
  what: z.array(consentKind),
  notice: z.string(),
  /** The record of it. */
  record: recordId,
  givenOn: businessDate,
  usedOn: businessDate,
  /** The days whose look went into the counts of distances; see `looksPerPerson`. */
  measuredOn: z.array(businessDate).max(looksPerPerson).optional(),
  /** The template lies at the province, as `away` allows. */
  deposited: z.boolean(),
  /** What was withdrawn at another terminal since, and is still to be deleted here: it serves nobody any more. */
  over: z.array(consentKind).optional(),
})
/** What one senior agreed to here. */
export type FaceConsent = z.infer<typeof faceConsent>

/** Bytes that may be nowhere in the data folder once they were dropped: each cell as it was stored, in plain, and its key. */
export type Traces = readonly Uint8Array[]

/** Templates and portraits of those who agreed, each encrypted under a key of its own. Writing happens inside the caller's transaction. */
export interface Faces {
  consentOf(senior: SeniorId): FaceConsent | null
  everybody(): FaceConsent[]
  /** The template, where this network made it; `other-engine` where another did. */
  templateOf(senior: SeniorId, engine: FaceEngineRef): Embedding | 'other-engine' | null
  /** All templates of one network. */
  gallery(engine: FaceEngineRef): readonly Member<SeniorId>[]
  portraitOf(senior: SeniorId): Buffer | null
  /** What a consent allows to keep and is not here, because a backup holds no faces. */
  lost(consent: FaceConsent): ConsentKind[]
  /** How many faces and how many portraits are kept. */
  count(): { enrolled: number; portraits: number }
  keep(
    consent: FaceConsent,
    cells: { template: { engine: FaceEngineRef; numbers: Embedding } | null; portrait: Uint8Array | null },
  ): Traces
  note(consent: FaceConsent): void
  /** Forgets some of what a senior agreed to, with the cells that it allowed and their keys. */
  drop(senior: SeniorId, what: readonly ConsentKind[]): Traces
  /** After the transaction: empties the log, which still holds the pages as they were. */
  settle(): void
}

interface Cell {
  senior: Buffer
  engine: string
  wrapped: Buffer
  body: Buffer
}

const cellsOf = { face: 'template', portrait: 'portrait' } as const
export const engineName = ({ engine, modelHash }: FaceEngineRef) => `${engine}#${modelHash}`

export function createFaces(db: Db, vault: Vault): Faces {
  const index = (senior: SeniorId) => vault.index('senior', senior)
  const consentPlace = (key: Buffer) => `face_consent|body|${key.toString('hex')}`
  const keyPlace = (key: Buffer, kind: string) => `face_cell|wrapped|${key.toString('hex')}|${kind}`
  const bodyPlace = (key: Buffer, kind: string, engine: string) =>
    `face_cell|body|${key.toString('hex')}|${kind}|${engine}`

  const selectConsent = db.prepare<[Buffer], { senior: Buffer; body: Buffer }>(
    'SELECT senior, body FROM face_consent WHERE senior = ?',
  )
  const selectConsents = db.prepare<[], { senior: Buffer; body: Buffer }>('SELECT senior, body FROM face_consent')
  const upsertConsent = db.prepare(
    'INSERT INTO face_consent (senior, body) VALUES (?, ?) ON CONFLICT (senior) DO UPDATE SET body = excluded.body',
  )
  const deleteConsent = db.prepare('DELETE FROM face_consent WHERE senior = ?')
  const selectCell = db.prepare<[Buffer, string], Cell>(
    'SELECT senior, engine, wrapped, body FROM face_cell WHERE senior = ? AND kind = ?',
  )
  const insertCell = db.prepare('INSERT INTO face_cell (senior, kind, engine, wrapped, body) VALUES (?, ?, ?, ?, ?)')
  const deleteCell = db.prepare('DELETE FROM face_cell WHERE senior = ? AND kind = ?')
  const countCells = db.prepare<[string], { n: number }>('SELECT count(*) AS n FROM face_cell WHERE kind = ?')

  /** Opened once for many looks: to open 300 takes longer than to compare with them. */
  let opened: { engine: string; faces: Member<SeniorId>[] } | null = null

  function openConsent(row: { senior: Buffer; body: Buffer } | undefined): FaceConsent | null {
    if (!row) return null
    return faceConsent.parse(JSON.parse(vault.decrypt(consentPlace(row.senior), row.body).toString('utf8')))
  }

  function openCell(cell: Cell, kind: string): Buffer {
    const key = vault.decrypt(keyPlace(cell.senior, kind), cell.wrapped)
    return createVault(key).decrypt(bodyPlace(cell.senior, kind, cell.engine), cell.body)
  }

  function write(senior: SeniorId, kind: string, engine: string, plain: Uint8Array): void {
    const at = index(senior)
    const key = randomBytes(32)
    const body = createVault(key).encrypt(bodyPlace(at, kind, engine), plain)
    insertCell.run(at, kind, engine, vault.encrypt(keyPlace(at, kind), key), body)
  }

  function remove(senior: SeniorId, kind: string): Uint8Array[] {
    const at = index(senior)
    const cell = selectCell.get(at, kind)
    if (!cell) return []
    const key = vault.decrypt(keyPlace(at, kind), cell.wrapped)
    const traces = [cell.body, cell.wrapped, key, openCell(cell, kind)]
    deleteCell.run(at, kind)
    return traces
  }

  function note(consent: FaceConsent): void {
    if (consent.over !== undefined) opened = null
    const at = index(consent.senior)
    upsertConsent.run(at, vault.encrypt(consentPlace(at), Buffer.from(JSON.stringify(consent))))
  }

  function consentOf(senior: SeniorId): FaceConsent | null {
    return openConsent(selectConsent.get(index(senior)))
  }

  return {
    consentOf,
    everybody: () => selectConsents.all().flatMap(row => openConsent(row) ?? []),
    templateOf(senior, engine) {
      const cell = selectCell.get(index(senior), 'template')
      if (!cell || isOver(consentOf(senior), 'face')) return null
      return cell.engine === engineName(engine) ? toNumbers(openCell(cell, 'template')) : 'other-engine'
    },
    gallery(engine) {
      const name = engineName(engine)
      if (opened?.engine !== name) {
        const faces = selectConsents.all().flatMap((row): Member<SeniorId>[] => {
          const cell = selectCell.get(row.senior, 'template')
          const consent = openConsent(row)
          if (!cell || cell.engine !== name || consent === null || isOver(consent, 'face')) return []
          return [{ id: consent.senior, template: toNumbers(openCell(cell, 'template')) }]
        })
        opened = { engine: name, faces }
      }
      return opened.faces
    },
    portraitOf(senior) {
      const cell = selectCell.get(index(senior), 'portrait')
      return cell && !isOver(consentOf(senior), 'portrait') ? openCell(cell, 'portrait') : null
    },
    lost: ({ senior, what }) =>
      what.filter(kind => kind !== 'away' && selectCell.get(index(senior), cellsOf[kind]) === undefined),
    count: () => ({ enrolled: countCells.get('template')?.n ?? 0, portraits: countCells.get('portrait')?.n ?? 0 }),
    keep(consent, { template, portrait }) {
      opened = null
      const { senior } = consent
      const before = [...remove(senior, 'template'), ...remove(senior, 'portrait')]
      if (template) write(senior, 'template', engineName(template.engine), fromNumbers(template.numbers))
      if (portrait) write(senior, 'portrait', '', portrait)
      note(consent)
      return before
    },
    note,
    drop(senior, what) {
      opened = null
      const held = consentOf(senior)
      const traces = what.flatMap(kind => (kind === 'away' ? [] : remove(senior, cellsOf[kind])))
      const without = (kinds: readonly ConsentKind[] = []) => kinds.filter(kind => !what.includes(kind))
      const left = without(held?.what)
      if (held && left.length > 0) {
        const deposited = held.deposited && left.includes('away')
        note({ ...held, what: left, deposited, over: without(held.over) })
      } else deleteConsent.run(index(senior))
      return traces
    },
    settle: () => void db.pragma('wal_checkpoint(TRUNCATE)'),
  }
}

function isOver(consent: FaceConsent | null, kind: ConsentKind): boolean {
  return consent?.over?.includes(kind) === true
}

/** 32-bit floats in little-endian order, as they lie in a cell and travel. */
export function fromNumbers(numbers: Embedding): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4)
  for (const [at, value] of numbers.entries()) bytes.writeFloatLE(value, at * 4)
  return bytes
}

export function toNumbers(bytes: Buffer): Embedding {
  return Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4))
}
