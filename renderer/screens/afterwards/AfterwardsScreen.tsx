import type { ReactNode } from 'react'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { backToMenu, closeAfterwards } from '../../state/afterwards-actions.ts'
import { type AfterwardsState, useAfterwards } from '../../state/afterwards-store.ts'
import { openClose } from '../../state/close-actions.ts'
import { askForOwnPin, openLate } from '../../state/late-actions.ts'
import { openPhonePayments } from '../../state/phone-payment-actions.ts'
import { openRefund } from '../../state/refund-actions.ts'
import { openRounds } from '../../state/rounds-actions.ts'
import { openSettings } from '../../state/settings-actions.ts'
import { useFocusHere } from '../../state/use-focus-here.ts'
import { RoundsScreen } from '../rounds/RoundsScreen.tsx'
import styles from './afterwards.module.css'
import { LateScreen } from './LateScreen.tsx'
import { PhonePaymentsScreen } from './PhonePaymentsScreen.tsx'
import { RefundScreen } from './RefundScreen.tsx'

function Frame(props: { name: string; title: string; lead: string; onBack: () => void; children: ReactNode }) {
  const { words } = useSpeech()
  const title = useFocusHere()
  return (
    <main className={styles.screen} data-screen={props.name}>
      <div className={styles.top}>
        <h1 ref={title} tabIndex={-1}>
          {props.title}
        </h1>
        <p>{props.lead}</p>
        <Key onPress={props.onBack} cap="Esc">
          {words.back}
        </Key>
      </div>
      {props.children}
    </main>
  )
}

function Choice(props: { icon: IconName; cap: string; title: string; note: string; onPress: () => void }) {
  return (
    <Key onPress={props.onPress} cap={props.cap} className={styles.choice}>
      <Icon name={props.icon} size={44} />
      <span>
        <strong>{props.title}</strong>
        <small>{props.note}</small>
      </span>
    </Key>
  )
}

/** What is not about the meal of this moment. */
export function AfterwardsScreen({
  screen,
  terminal,
}: {
  screen: NonNullable<AfterwardsState['screen']>
  terminal: TerminalView
}) {
  const { words } = useSpeech()
  const { refund, late, phone, waiting, staff, pinDone } = useAfterwards()
  if (screen === 'refund' && refund)
    return (
      <Frame key="refund" name="refund" title={words.refundTitle} lead={words.refundLead} onBack={backToMenu}>
        <RefundScreen refund={refund} terminal={terminal} />
      </Frame>
    )
  if (screen === 'late' && late)
    return (
      <Frame key="late" name="late" title={words.lateTitle} lead={words.lateLead} onBack={backToMenu}>
        <LateScreen late={late} terminal={terminal} />
      </Frame>
    )
  if (screen === 'rounds')
    return (
      <Frame key="rounds" name="rounds" title={words.roundsTitle} lead={words.roundsLead} onBack={backToMenu}>
        <RoundsScreen terminal={terminal} />
      </Frame>
    )
  if (screen === 'phone' && phone)
    return (
      <Frame key="phone" name="phone" title={words.phoneTitle} lead={words.phoneLead} onBack={backToMenu}>
        <PhonePaymentsScreen phone={phone} waiting={waiting} terminal={terminal} />
      </Frame>
    )
  return (
    <Frame key="menu" name="more" title={words.afterwardsTitle} lead={words.afterwardsLead} onBack={closeAfterwards}>
      <div className={styles.choices}>
        <Choice icon="cash" cap="1" title={words.refundTitle} note={words.refundMenuNote} onPress={openRefund} />
        <Choice icon="list" cap="2" title={words.lateTitle} note={words.lateMenuNote} onPress={() => void openLate()} />
        <Choice
          icon="cash"
          cap="F12"
          title={words.closeMenuTitle}
          note={words.closeMenuNote}
          onPress={() => {
            closeAfterwards()
            openClose()
          }}
        />
        {staff?.own && (
          <Choice
            icon="key"
            cap="3"
            title={`${words.ownPinTitle} · ${staff.own.name}`}
            note={pinDone ? words.ownPinDone : words.ownPinNote(staff.own.pin)}
            onPress={askForOwnPin}
          />
        )}
        <SettingChoices />
        <Choice
          icon="phone"
          cap="8"
          title={words.phoneTitle}
          note={words.phoneMenuNote(waiting?.length ?? 0)}
          onPress={openPhonePayments}
        />
      </div>
    </Frame>
  )
}

/** What is set and tried at this till; the settings themselves ask for a lead's PIN. */
function SettingChoices() {
  const { words } = useSpeech()
  return (
    <>
      <Choice
        icon="bowl"
        cap="4"
        title={words.soldOutTitle}
        note={words.soldOutMenuNote}
        onPress={() => void openSettings('sold-out')}
      />
      <Choice
        icon="check"
        cap="5"
        title={words.devicesTitle}
        note={words.devicesMenuNote}
        onPress={() => void openSettings('devices')}
      />
      <Choice
        icon="tools"
        cap="6"
        title={words.settingsTitle}
        note={words.settingsMenuNote}
        onPress={() => void openSettings('gate')}
      />
      <Choice icon="truck" cap="7" title={words.roundsTitle} note={words.roundsMenuNote} onPress={openRounds} />
    </>
  )
}
