import { toBase64Url } from '../../shared/bytes.ts'
import type { RecordId } from '../../shared/ids.ts'
import { commitToNote, type NoteInputs, type SeniorRef } from '../../shared/record.ts'
import type { Suite } from '../../shared/suite.ts'
import type { SealedInputsStore } from './store/sealed-inputs.ts'

/** What was noted of a person, sealed, and the commitment of it. */
export function sealNote(
  { suite, sealed }: { readonly suite: Suite; readonly sealed: SealedInputsStore },
  inputs: NoteInputs,
) {
  const salt = suite.randomBytes(32)
  return {
    commitment: commitToNote(inputs, salt),
    write: (id: RecordId, ref: SeniorRef | null) => sealed.write(id, ref ?? '-', { salt: toBase64Url(salt), inputs }),
  }
}
