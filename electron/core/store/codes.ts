import type { SeniorId } from '../../../shared/ids.ts'
import type { Db } from './open-database.ts'
import type { Vault } from './vault.ts'

/** Which dynamic codes were used, on disk so that a restart does not forget. */
export interface UsedCodes {
  seen(keyId: string, serial: string): boolean
  /** The last count of this senior's codes from the province, or of those that the phone with this key made. */
  lastCounter(senior: SeniorId, deviceKeyId: string | null): number | null
  /** Marks a code spent after every check has passed. Times in seconds. */
  spend(
    code: {
      keyId: string
      serial: string
      seniorId: SeniorId
      deviceKeyId: string | null
      counter: number | null
      forgetAt: number
    },
    now: number,
  ): void
}

export function createUsedCodes(db: Db, vault: Vault): UsedCodes {
  const find = db.prepare<[string, string], { n: number }>(
    'SELECT count(*) AS n FROM code_seen WHERE key_id = ? AND serial = ?',
  )
  const insert = db.prepare(
    'INSERT INTO code_seen (key_id, serial, forget_at) VALUES (?, ?, ?) ON CONFLICT (key_id, serial) DO NOTHING',
  )
  const sweep = db.prepare('DELETE FROM code_seen WHERE forget_at < ?')
  const counter = db.prepare<[Buffer], { counter: number }>('SELECT counter FROM code_counter WHERE senior = ?')
  const raise = db.prepare(
    'INSERT INTO code_counter (senior, counter) VALUES (?, ?) ON CONFLICT (senior) DO UPDATE SET counter = max(counter, excluded.counter)',
  )
  const sequence = (senior: SeniorId, deviceKeyId: string | null) =>
    vault.index('senior', deviceKeyId === null ? senior : `${senior}|${deviceKeyId}`)
  return {
    seen: (keyId, serial) => (find.get(keyId, serial)?.n ?? 0) > 0,
    lastCounter: (senior, deviceKeyId) => counter.get(sequence(senior, deviceKeyId))?.counter ?? null,
    spend(code, now) {
      db.transaction(() => {
        sweep.run(now)
        insert.run(code.keyId, code.serial, code.forgetAt)
        if (code.counter !== null) raise.run(sequence(code.seniorId, code.deviceKeyId), code.counter)
      }).immediate()
    },
  }
}
