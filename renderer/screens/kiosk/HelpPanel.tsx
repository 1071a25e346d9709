import { endHelp, endPanel } from '../../state/kiosk-actions.ts'
import { KioskKey } from './KioskKey.tsx'
import { Plain } from './Plain.tsx'
import { useKioskSpeech } from './use-kiosk-speech.ts'

/** Staff have been called. What stood there is still there. */
export function HelpPanel() {
  const { words } = useKioskSpeech()
  return (
    <Plain icon="bell" head={words.kioskHelpCalled} note={words.kioskHelpCalledNote}>
      <KioskKey name="back" tone="primary" word={words.kioskBack} onPress={endPanel} />
      <KioskKey name="no-help" tone="quiet" word={words.kioskNoHelp} onPress={endHelp} />
    </Plain>
  )
}
