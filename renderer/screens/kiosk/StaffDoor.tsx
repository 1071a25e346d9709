import type { KioskView } from '../../../shared/kiosk-api.ts'
import { sayNotice } from '../../i18n/words.ts'
import { endPanel, letStaffIn, openPanel } from '../../state/kiosk-actions.ts'
import { useKiosk } from '../../state/kiosk-store.ts'
import { KioskKey } from './KioskKey.tsx'
import { SixDigits } from './SixDigits.tsx'
import styles from './staff-door.module.css'
import { useKioskSpeech } from './use-kiosk-speech.ts'

/** A member of staff says who they are, and shows it by their PIN. */
export function StaffDoor({ staff, who }: { staff: KioskView['staff']; who: KioskView['staff'][number] | null }) {
  const { words, language } = useKioskSpeech()
  const told = useKiosk(state => state.told)
  if (who !== null)
    return (
      <SixDigits
        key={who.id}
        title={words.kioskStaffPin(who.name)}
        told={told && sayNotice(told, language).what}
        onSix={pin => letStaffIn(who.id, pin)}
        onBack={endPanel}
      />
    )
  return (
    <main className={styles.door}>
      <h1>{words.kioskStaffWho}</h1>
      <div className={styles.names}>
        {staff.map(one => (
          <KioskKey
            key={one.id}
            name={`staff-${one.id}`}
            icon="person"
            word={one.name}
            onPress={() => openPanel({ shows: 'staff', who: one })}
          />
        ))}
        <KioskKey name="back" tone="quiet" word={words.kioskBack} onPress={endPanel} />
      </div>
    </main>
  )
}
