import type { TerminalView } from '../../../shared/terminal-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { countText, momentText } from '../../i18n/spans.ts'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { type StickPanel, useCashier } from '../../state/cashier-store.ts'
import { chooseStick, lookForSticks, readStick, writeStick } from '../../state/stick-actions.ts'
import card from './card.module.css'
import styles from './stick-card.module.css'

/** True where a stick went out and has not come back. */
export function isAway({ out, back }: TerminalView['usb']): boolean {
  return out !== null && (back === null || back.at < out.at)
}

/** Who has to do what next. */
function nextOf({ usb, unsent }: TerminalView, { words }: Speech): string {
  if (isAway(usb)) return words.stickTake
  if (usb.back?.upToDate === false) return words.stickAgain
  return unsent.count > 0 ? words.stickWriteFirst : words.stickNothing
}

function toldOf(told: NonNullable<StickPanel['told']>, { words, language }: Speech): { what: string; next: string } {
  switch (told.kind) {
    case 'out':
      return { what: words.stickWrote(countText(told.records), told.left), next: words.stickTake }
    case 'back':
      return {
        what: words.stickRead(countText(told.acknowledged), countText(told.items)),
        next: told.upToDate ? words.stickUpToDate : words.stickAgain,
      }
    case 'refused':
      return sayNotice(told.notice, language)
  }
}

function Sticks({ stick }: { stick: StickPanel }) {
  const { words } = useSpeech()
  if (stick.sticks === null) return <p className={styles.soft}>{words.stickLooking}</p>
  if (stick.sticks.length === 0) return <p className={styles.soft}>{words.stickNone}</p>
  return stick.sticks.map(({ path, name, freeBytes }) => (
    <Key key={path} onPress={() => chooseStick(path)} pressed={path === stick.chosen} className={styles.stick}>
      <Icon name="stick" size={26} />
      <span>
        {name} <small>{words.stickFree(countText(Math.floor(freeBytes / 1048576)))}</small>
      </span>
    </Key>
  ))
}

/** The exchange by a stick: when it went and came back last, whose turn it is, and the two acts. */
export function StickCard({ terminal, stick }: { terminal: TerminalView; stick: StickPanel }) {
  const speech = useSpeech()
  const { words, language } = speech
  const now = useCashier(state => state.now)
  const { out, back } = terminal.usb
  const told = stick.told && toldOf(stick.told, speech)
  const idle = stick.chosen !== null && stick.busy === null
  return (
    <section className={`${card.card} ${styles.card}`} data-card="stick">
      <div className={styles.head}>
        <h2 className={styles.title}>{words.stickTitle}</h2>
        <p className={styles.times}>
          <span>
            {out ? words.stickLastOut(momentText(out.at, now, language), countText(out.records)) : words.stickNeverOut}
          </span>
          <span>{back ? words.stickLastBack(momentText(back.at, now, language)) : words.stickNeverBack}</span>
        </p>
      </div>
      <p className={styles.next}>
        <Icon name="info" size={24} />
        {nextOf(terminal, speech)}
      </p>
      <div className={styles.acts}>
        <Sticks stick={stick} />
        <Key onPress={() => void lookForSticks()} cap="F">
          {words.stickLook}
        </Key>
        <Key onPress={() => void writeStick()} tone="primary" cap="W" disabled={!idle}>
          {stick.busy === 'out' ? words.stickWriting : words.stickWrite}
        </Key>
        <Key onPress={() => void readStick()} tone="primary" cap="R" disabled={!idle}>
          {stick.busy === 'back' ? words.stickReading : words.stickReadBack}
        </Key>
      </div>
      <p role="status" className={styles.told} data-told={stick.told?.kind}>
        {stick.busy && words.stickStay}
        {told && (
          <>
            <strong>{told.what}</strong> <span>{told.next}</span>
          </>
        )}
      </p>
    </section>
  )
}
