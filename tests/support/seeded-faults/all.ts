import { bands } from './bands.ts'
import { dates } from './dates.ts'
import { deadOnes } from './dead-rules.ts'
import { figures } from './figures.ts'
import { form } from './form.ts'
import { leftOver } from './left-over.ts'
import type { Seeded } from './places.ts'

/** Faults of the rules by what they are about. Each is found, and nothing else but what its consequences for the vectors are. */
export const seededFaults: readonly (readonly [group: string, faults: readonly Seeded[]])[] = [
  ['form', form],
  ['rules that never apply', deadOnes],
  ['bands', bands],
  ['dates', dates],
  ['figures', figures],
  ['left over', leftOver],
]
