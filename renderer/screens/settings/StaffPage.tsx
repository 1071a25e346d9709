import type { SettingsView } from '../../../shared/settings-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Cap, Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { addStaff, changeStaff, chooseStaff, keepChange } from '../../state/settings-actions.ts'
import { keyOfStaff } from '../../state/settings-draft.ts'
import { type StaffDraft, useSettings } from '../../state/settings-store.ts'
import { Field } from './Field.tsx'
import { Frame } from './Frame.tsx'
import { Waiting } from './MenuPage.tsx'
import styles from './settings.module.css'

type Member = SettingsView['staff'][number]

function Card({ name, role, on }: { name: string; role: Member['role']; on: boolean }) {
  const { words } = useSpeech()
  return (
    <div className={classes(styles.badge, !on && styles.off)}>
      <Icon name="person" size={40} />
      <span className={styles.stacked}>
        <strong>{name === '' ? '—' : name}</strong>
        <small>{on ? words.staffRoles[role] : words.staffOff}</small>
      </span>
    </div>
  )
}

function StaffForm({ draft, known }: { draft: StaffDraft; known: Member | undefined }) {
  const { words } = useSpeech()
  const busy = useSettings(state => state.busy)
  return (
    <section className={styles.card} data-form="staff">
      <div className={styles.body}>
        <Field label={words.staffName} value={draft.name} onChange={name => changeStaff({ name })} name="staff-name" />
        <p className={styles.label}>{words.staffRole}</p>
        <div className={styles.three}>
          {(['cashier', 'lead'] as const).map(role => (
            <Key
              key={role}
              onPress={() => changeStaff({ role })}
              pressed={draft.role === role}
              tone={draft.role === role ? 'primary' : 'plain'}
            >
              <Icon name={role === 'lead' ? 'key' : 'person'} />
              {words.staffRoles[role]}
            </Key>
          ))}
          <Key onPress={() => changeStaff({ on: !draft.on })} pressed={!draft.on} disabled={draft.operator === null}>
            {draft.on ? words.staffOff : words.staffOn}
          </Key>
        </div>
        <div className={styles.badges}>
          {known ? <Card {...known} /> : <div className={classes(styles.badge, styles.off)}>—</div>}
          <span className={styles.arrow}>→</span>
          <Card {...draft} />
        </div>
        <p className={styles.soft}>{words.staffPinNote}</p>
      </div>
      <div className={styles.keepRow}>
        <Key onPress={() => void keepChange()} cap={words.enter} tone="primary" disabled={busy} className={styles.keep}>
          <Icon name="check" size={30} />
          {words.keepChange}
        </Key>
      </div>
    </section>
  )
}

/** Who works here and as what. Nobody is deleted: old records keep their name. */
export function StaffPage({ view }: { view: SettingsView }) {
  const { words } = useSpeech()
  const { staff, kept, drafts } = useSettings()
  const waits = (operator: string | null) => drafts.some(({ key }) => key === keyOfStaff(operator))
  return (
    <Frame name="settings-staff" title={words.askStaff} lead={words.settingsLead}>
      <div className={styles.columns}>
        <div className={styles.listed}>
          <ul className={styles.list}>
            {view.staff.map((member, at) => (
              <li key={member.operator}>
                <button
                  type="button"
                  className={classes(
                    styles.row,
                    member.operator === staff?.operator && styles.chosen,
                    !member.on && styles.off,
                  )}
                  onMouseDown={event => event.preventDefault()}
                  onClick={() => chooseStaff(member.operator)}
                  aria-pressed={member.operator === staff?.operator}
                  data-staff={member.operator}
                >
                  {at < 9 ? <Cap>{String(at + 1)}</Cap> : <i />}
                  <span className={styles.stacked}>
                    <strong>{member.name}</strong>
                    <small>
                      {member.on ? words.staffPin[member.pin] : words.staffOff}
                      {member.onShift && ` · ${words.staffOnShift}`}
                    </small>
                    {waits(member.operator) && <em data-half-typed>{words.halfTyped}</em>}
                  </span>
                  <span className={classes(styles.pill, member.role === 'lead' && styles.lead)}>
                    {words.staffRoles[member.role]}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <Key onPress={addStaff} cap="N">
            {words.staffAdd}
            {waits(null) && <small data-half-typed>{words.halfTyped}</small>}
          </Key>
        </div>
        {staff ? (
          <StaffForm
            key={staff.operator ?? 'new'}
            draft={staff}
            known={view.staff.find(({ operator }) => operator === staff.operator)}
          />
        ) : (
          <Waiting kept={kept} text={words.staffChoose} />
        )}
      </div>
    </Frame>
  )
}
