import { z } from 'zod'
import type { ProblemCode } from '../../../shared/problems.ts'
import { parseWedgeCard, wedgeCardSetting } from '../../../shared/wedge-card.ts'

/** What a device that types puts around each reading, beside its Enter or Tab. */
const frame = { prefix: z.string().max(8).default(''), suffix: z.string().max(8).default('') }

/** A card reader that types the card's number; `format` and `order` come from one tap of a known card (`aixin card-setting`). */
export const wedgeCardReaderConfig = z.strictObject({ ...wedgeCardSetting.shape, ...frame })
/** A scanner gun that types. It needs no entry in the settings unless it sends a prefix or suffix of its own. */
export const wedgeScannerConfig = z.strictObject(frame)

export type WedgeDevice =
  | { id: string; driver: 'card-reader-wedge'; config: z.infer<typeof wedgeCardReaderConfig> }
  | { id: string; driver: 'code-scanner-wedge'; config: z.infer<typeof wedgeScannerConfig> }

/** The id of guns that stand in no settings. */
export const UNLISTED_SCANNER = 'keyboard-scanner'

/** Whose reading a typed text is, and what it says. */
export type WedgeReading =
  | { device: string; kind: 'card'; uid: string }
  | { device: string; kind: 'card-fault'; problem: ProblemCode }
  | { device: string; kind: 'code'; text: string }

/**
 * Tells whose reading a text is that was typed faster than by a person. A text that fits a configured card reader exactly is that reader's
 * card; all else is a code, of the configured gun whose prefix and suffix it has, or of a gun that nobody listed.
 */
export function readWedge(text: string, devices: readonly WedgeDevice[]): WedgeReading {
  for (const { id, driver, config } of devices) {
    const bare = driver === 'card-reader-wedge' ? withoutFrame(text, config) : null
    if (driver !== 'card-reader-wedge' || bare === null) continue
    const card = parseWedgeCard(bare, config)
    if (card.ok) return { device: id, kind: 'card', uid: card.uid }
    if (card.why !== 'format') {
      const problem = card.why === 'random' ? 'CARD_NUMBER_CHANGES' : 'CARD_DATA_BAD'
      return { device: id, kind: 'card-fault', problem }
    }
  }
  const guns = devices
    .filter(({ driver }) => driver === 'code-scanner-wedge')
    .toSorted((one, other) => frameLength(other) - frameLength(one))
  for (const { id, config } of guns) {
    const bare = withoutFrame(text, config)
    if (bare !== null) return { device: id, kind: 'code', text: bare }
  }
  return { device: UNLISTED_SCANNER, kind: 'code', text }
}

const frameLength = ({ config }: WedgeDevice) => config.prefix.length + config.suffix.length

function withoutFrame(text: string, { prefix, suffix }: { prefix: string; suffix: string }): string | null {
  const bare = text.slice(prefix.length, text.length - suffix.length)
  return bare !== '' && `${prefix}${bare}${suffix}` === text ? bare : null
}
