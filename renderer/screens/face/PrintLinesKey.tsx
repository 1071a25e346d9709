import type { Bilingual } from '../../../shared/site.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { printLines } from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'

/** Prints the lines of the screen for the senior to take home; nothing where the site has no printer. */
export function PrintLinesKey({ lines, className }: { lines: readonly Bilingual[]; className?: string | undefined }) {
  const { words } = useSpeech()
  const printer = useCashier(state => state.terminal?.printer)
  if (!printer) return null
  return (
    <Key onPress={() => printLines(lines)} cap="T" className={className}>
      <Icon name="printer" />
      {words.printLines}
    </Key>
  )
}
