import { z } from 'zod'
import { provinceKeyListIn, type SignedProvinceKeyList } from '../../../shared/province-keys.ts'
import type { Documents } from '../store/documents.ts'
import type { Db } from '../store/open-database.ts'
import { enrolment as storedEnrolment } from './enrol.ts'

/** The number of the list that counts here. */
const heldNumber = 'province-key-number'

/**
 * Takes new keys of the province from a list that its root signed; what comes next is sealed to them. An older list changes nothing. False
 * where the list is not genuine. `genuine` checks the root key's signature.
 */
export async function takeProvinceKeys(
  { db, documents }: { readonly db: Db; readonly documents: Documents },
  signed: SignedProvinceKeyList,
  genuine: (text: string, signature: string) => Promise<boolean>,
): Promise<boolean> {
  if (!(await genuine(signed.text, signed.signature))) return false
  const list = provinceKeyListIn(signed.text)
  if (list === null) return false
  db.transaction(() => {
    const held = documents.read('enrolment', storedEnrolment)
    if (held === null || list.number <= (documents.read(heldNumber, z.int()) ?? 0)) return
    documents.write('enrolment', { ...held, province: { root: held.province.root, keys: list.keys } })
    documents.write(heldNumber, list.number)
    // Packs that were signed by the new key may have come a moment before it, and were refused: all come once more.
    documents.remove('cursor:policies')
  }).immediate()
  return true
}
