import { endPanel, enterPin } from '../../state/kiosk-actions.ts'
import { useKiosk } from '../../state/kiosk-store.ts'
import { SixDigits } from './SixDigits.tsx'
import { useKioskSpeech } from './use-kiosk-speech.ts'

/** A senior's own PIN. How often it was wrong stands nowhere. */
export function SeniorPin({ checkIn }: { checkIn: string }) {
  const { words } = useKioskSpeech()
  const told = useKiosk(state => state.told)
  return (
    <SixDigits
      title={words.kioskPinTitle}
      told={told && words.kioskPinWrong}
      onSix={pin => enterPin(checkIn, pin)}
      onBack={endPanel}
    />
  )
}
