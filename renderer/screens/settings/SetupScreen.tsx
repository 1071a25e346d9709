import { useState } from 'react'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { Brand } from '../../design/Brand.tsx'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { useSettings } from '../../state/settings-store.ts'
import { anotherCode, enrol, finishSetup, readCode, readStickCode, typeCode } from '../../state/setup-actions.ts'
import { CodePad } from './CodePad.tsx'
import { AllTests, TryAllKey } from './DevicesPage.tsx'
import { Frame } from './Frame.tsx'
import styles from './setup.module.css'

function Steps({ at }: { at: number }) {
  const { words } = useSpeech()
  return (
    <ol className={styles.steps}>
      {words.setupSteps.map((step, place) => (
        <li key={step} className={classes(place === at && styles.now, place < at && styles.past)}>
          <b>{place < at ? '✓' : String(place + 1)}</b>
          {step}
        </li>
      ))}
    </ol>
  )
}

function Told() {
  const { language } = useSpeech()
  const notice = useSettings(state => state.setup.notice)
  if (notice === null) return null
  const told = sayNotice(notice, language)
  return (
    <p className={styles.told} role="alert" data-answer={notice.code}>
      <Icon name="info" size={30} />
      <span>
        <strong>{told.what}</strong>
        <small>{told.next}</small>
      </span>
    </p>
  )
}

function TypeCode() {
  const { words } = useSpeech()
  const text = useSettings(state => state.setup.text)
  const [byTouch, setByTouch] = useState(false)
  return (
    <>
      {!byTouch && (
        <>
          <h1>{words.setupTitle}</h1>
          <p className={styles.lead}>{words.setupCodeLead}</p>
        </>
      )}
      <textarea
        className={classes(styles.code, byTouch && styles.low)}
        value={text}
        placeholder={words.setupCodeHint}
        aria-label={words.setupCodeHint}
        autoComplete="off"
        spellCheck={false}
        data-field="code"
        onChange={event => typeCode(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            event.preventDefault()
            void readCode()
          }
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      {byTouch && <CodePad />}
      <Told />
      <div className={classes(styles.keys, styles.three)}>
        <Key onPress={() => void readStickCode()} cap="U">
          <Icon name="stick" size={30} />
          {words.setupStick}
        </Key>
        <Key onPress={() => setByTouch(!byTouch)} pressed={byTouch}>
          {words.setupByTouch}
        </Key>
        <Key onPress={() => void readCode()} cap={words.enter} tone="primary" disabled={text.trim() === ''}>
          <Icon name="check" size={30} />
          {words.setupUse}
        </Key>
      </div>
    </>
  )
}

function IsItHere() {
  const { words } = useSpeech()
  const { code, busy } = useSettings(state => state.setup)
  if (code === null) return null
  return (
    <>
      <p className={styles.lead}>{words.setupHere}</p>
      <h1 data-site>{code.site ?? words.setupNoSite}</h1>
      <dl className={styles.facts}>
        <div>
          <dt>{words.setupTerminal}</dt>
          <dd>{code.terminal}</dd>
        </div>
        <div>
          <dt>{words.setupAddress}</dt>
          <dd>{new URL(code.address).host}</dd>
        </div>
      </dl>
      <Told />
      <div className={styles.keys}>
        <Key onPress={anotherCode} cap="Esc" disabled={busy}>
          {words.setupNo}
        </Key>
        <Key onPress={() => void enrol()} cap={words.enter} tone="primary" disabled={busy}>
          <Icon name="check" size={30} />
          {busy ? words.setupBusy : words.setupYes}
        </Key>
      </div>
    </>
  )
}

/** From nothing to the first shift: the code, whether it is here, the devices. */
export function SetupScreen({ terminal, step }: { terminal: TerminalView; step: NonNullable<TerminalView['setup']> }) {
  const { words } = useSpeech()
  const code = useSettings(state => state.setup.code)
  const tests = useSettings(state => state.tests)
  const well = Object.values(tests).every(one => one !== 'running' && one.health === 'good')
  if (step === 'devices')
    return (
      <Frame
        name="setup-devices"
        title={words.devicesTitle}
        lead={words.setupDevicesLead(terminal.siteName)}
        onBack={null}
        keys={
          <>
            <TryAllKey />
            <Key onPress={() => void finishSetup()} cap={words.enter} disabled={terminal.operators.length === 0}>
              {well ? words.setupFirstShift : words.setupAnyway}
            </Key>
          </>
        }
      >
        <AllTests />
      </Frame>
    )
  return (
    <main className={styles.screen} data-screen="setup">
      <section className={styles.card}>
        <div className={styles.head}>
          <Brand size={64} />
          <Steps at={code === null ? 0 : 1} />
        </div>
        {code === null ? <TypeCode /> : <IsItHere />}
      </section>
    </main>
  )
}
