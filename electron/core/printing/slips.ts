import type { Bilingual } from '../../../shared/site.ts'
import { type Slip, slipCentred, slipLine, slipRule } from '../../../shared/slip.ts'

/** Lines that stand on the staff's screen as a slip to take home: the first one is the head, English beneath each. */
export function slipOfLines(lines: readonly Bilingual[]): Slip {
  return lines.flatMap(({ zh, en }, place) =>
    place === 0 ? [slipCentred(zh), slipCentred(en), slipRule] : [slipLine(zh), slipLine(en)],
  )
}
