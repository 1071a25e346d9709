import type { DayView } from '../../../shared/close-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { Cap, Key } from '../../design/Key.tsx'
import { reportYuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { fenOf } from '../../state/amount-text.ts'
import { changeCorrection, pressPad, recordCorrection } from '../../state/close-actions.ts'
import { type Correction, useClose } from '../../state/close-store.ts'
import { AmountField } from './AmountField.tsx'
import { AmountPad } from './AmountPad.tsx'
import styles from './close.module.css'
import { Frame } from './Frame.tsx'
import { NoteField } from './NoteField.tsx'
import { WhyKeys } from './WhyKeys.tsx'

/** A float or a count is put right by a record of its own. */
export function CorrectStep({ day, correction }: { day: DayView; correction: Correction }) {
  const { words } = useSpeech()
  const { typed, note, busy } = useClose()
  const shift = day.shifts.find(({ record }) => record === correction.shift)
  const was = correction.what === 'float' ? shift?.floatFen : shift?.count?.cashFen
  const names = { float: words.correctFloat, drawer: words.correctDrawer }
  const before = was == null ? words.checkNotCounted : reportYuan(was)
  return (
    <Frame
      step="correct"
      title={words.correctTitle}
      lead={words.correctLead}
      keys={
        <Key onPress={() => useClose.setState({ correction: null })} cap="Esc">
          {words.back}
        </Key>
      }
    >
      <div className={styles.columns}>
        <div className={styles.counting}>
          <div className={styles.who}>
            <span>{words.correctWhich}</span> {day.shifts.length > 1 && <Cap>↓</Cap>}
            {day.shifts.map(({ record, number, operatorName }) => (
              <Key
                key={record}
                onPress={() => changeCorrection({ shift: record })}
                pressed={record === correction.shift}
                tone={record === correction.shift ? 'primary' : 'plain'}
              >
                {words.shiftNumber(number)} · {operatorName}
              </Key>
            ))}
          </div>
          <div className={styles.who}>
            {(['drawer', 'float'] as const).map(what => (
              <Key
                key={what}
                onPress={() => changeCorrection({ what })}
                pressed={what === correction.what}
                tone={what === correction.what ? 'primary' : 'plain'}
                {...(what === correction.what ? {} : { cap: 'F' })}
              >
                {names[what]}
              </Key>
            ))}
          </div>
          <AmountField
            name="cash"
            title={names[correction.what]}
            note={words.correctWas(before)}
            text={typed.cash}
            chosen
            onChoose={() => undefined}
          />
          <WhyKeys />
          <NoteField label={words.correctWhy} onEnter={recordCorrection} />
        </div>
        <div className={styles.typing}>
          <AmountPad onKey={pressPad} />
          <Key
            onPress={recordCorrection}
            tone="primary"
            cap={words.enter}
            disabled={busy || fenOf(typed.cash) === null || note.trim() === ''}
            className={styles.big}
          >
            <Icon name="check" size={34} />
            {words.correctDo}
          </Key>
        </div>
      </div>
    </Frame>
  )
}
