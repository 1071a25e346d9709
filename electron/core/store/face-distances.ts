import type { Counts } from '../../../shared/face/measured.ts'
import type { Db } from './open-database.ts'

export type DistanceKind = 'genuine' | 'impostor'

/** How often faces lay how far apart, as counts by bin: no embedding, no person, no time. */
export interface FaceDistances {
  /** Counts distances of one network by their bins; those of any other network are forgotten. Inside the caller's transaction. */
  add(engine: string, kind: DistanceKind, bins: readonly number[]): void
  countsOf(engine: string, kind: DistanceKind): Counts
}

export function createFaceDistances(db: Db): FaceDistances {
  const insert = db.prepare(
    `INSERT INTO face_distance (engine, kind, bin, count) VALUES (?, ?, ?, 1)
      ON CONFLICT (engine, kind, bin) DO UPDATE SET count = count + 1`,
  )
  const forgetOthers = db.prepare('DELETE FROM face_distance WHERE engine <> ?')
  const select = db.prepare<[string, string], { bin: number; count: number }>(
    'SELECT bin, count FROM face_distance WHERE engine = ? AND kind = ? ORDER BY bin',
  )
  return {
    add(engine, kind, bins) {
      forgetOthers.run(engine)
      for (const bin of bins) insert.run(engine, kind, bin)
    },
    countsOf: (engine, kind) => new Map(select.all(engine, kind).map(({ bin, count }) => [bin, count])),
  }
}
