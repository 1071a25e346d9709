import { differenceReasons } from '../../../shared/day-close/close-reasons.ts'
import { sheetReasons } from '../../../shared/day-close/sheet-words.ts'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { chooseReason } from '../../state/close-actions.ts'
import { useClose } from '../../state/close-store.ts'

/** Why the count differs, one key each; `className` lays them out. */
export function ReasonKeys({ className }: { className: string | undefined }) {
  const { say } = useSpeech()
  const reason = useClose(state => state.reason)
  return (
    <div className={className}>
      {differenceReasons.map((name, place) => (
        <Key
          key={name}
          onPress={() => chooseReason(place)}
          pressed={reason === name}
          tone={reason === name ? 'primary' : 'plain'}
          cap={String(place + 1)}
        >
          {say(sheetReasons[name])}
        </Key>
      ))}
    </div>
  )
}
