import type { ConsentKind } from '../../../shared/face/consent.ts'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { dateSeenFrom } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { type FaceStatus, type PersonFace, useCashier } from '../../state/cashier-store.ts'
import {
  changePersonFace,
  chooseToEnd,
  chooseToEndAll,
  closePersonFace,
  enrolNow,
  withdrawChosen,
} from '../../state/face-actions.ts'
import { giverOf } from '../../state/face-enrolment.ts'
import { ChoiceKey } from './ChoiceKey.tsx'
import { GiverFields } from './GiverFields.tsx'
import { PrintLinesKey } from './PrintLinesKey.tsx'
import styles from './person-face.module.css'
import { SlipLines } from './SlipLines.tsx'

const icons: Readonly<Record<ConsentKind, IconName>> = { face: 'face', away: 'globe', portrait: 'camera' }

/** Since when, and what of it can be ended, one by one. */
function Given({ state, status, today }: { state: PersonFace; status: FaceStatus; today: string }) {
  const { words, language } = useSpeech()
  const names: Record<ConsentKind, { name: string; note: string }> = {
    face: { name: words.endFace, note: words.endFaceNote },
    away: { name: words.endAway, note: words.endAwayNote },
    portrait: { name: words.endPortrait, note: words.endPortraitNote },
  }
  const day = (date: string) => dateSeenFrom(date, today, language)
  return (
    <>
      <p className={styles.since}>
        {words.personFaceGiven(day(status.givenOn))} · {words.personFaceUsed(day(status.usedOn), day(status.endsOn))}
      </p>
      {status.outdated && (
        <p className={styles.outdated}>
          <Icon name="info" />
          {words.personFaceOutdated}
        </p>
      )}
      <h2>{words.personFaceChoose}</h2>
      <div className={styles.kinds}>
        {status.what.map((kind, place) => (
          <div key={kind} className={styles.kind} data-consent={kind}>
            <Icon name={icons[kind]} size={38} />
            <ChoiceKey
              {...names[kind]}
              cap={String(place + 1)}
              chosen={state.chosen.includes(kind)}
              onPress={() => chooseToEnd(kind)}
            />
          </div>
        ))}
      </div>
    </>
  )
}

/** Nothing is kept here, but it may be at another counter: from here it ends everywhere. */
function NotHere({ state }: { state: PersonFace }) {
  const { words } = useSpeech()
  return (
    <>
      <p className={styles.since}>{words.personFaceNotHere}</p>
      <h2>{words.personFaceElsewhere}</h2>
      <div className={styles.kinds}>
        <div className={styles.kind} data-consent="everywhere">
          <Icon name="globe" size={38} />
          <ChoiceKey
            name={words.endEverywhere}
            note={words.endEverywhereNote}
            cap="A"
            chosen={state.chosen.length > 0}
            onPress={chooseToEndAll}
          />
        </div>
      </div>
    </>
  )
}

/** What the person agreed to, and the keys that end it here and everywhere, or begin it. */
function Consents({ state, status, today }: { state: PersonFace; status: FaceStatus | null; today: string }) {
  const { words } = useSpeech()
  const ready = state.chosen.length > 0 && giverOf(state.giver) !== null && !state.busy
  return (
    <>
      {status ? <Given state={state} status={status} today={today} /> : <NotHere state={state} />}
      <div className={styles.by}>
        <h2>{words.personFaceBy}</h2>
        <GiverFields giver={state.giver} onChange={giver => changePersonFace({ giver })} />
      </div>
      <div className={styles.foot}>
        <p role="status">{state.busy ? words.endingChosen : status && words.endedElsewhereToo}</p>
        <Key onPress={enrolNow} cap="N">
          {status ? words.enrolAgain : words.enrolFaceKey}
        </Key>
        {status && (
          <Key onPress={chooseToEndAll} cap="A">
            {words.endAll}
          </Key>
        )}
        <Key
          onPress={() => void withdrawChosen()}
          cap={words.enter}
          tone={ready ? 'primary' : 'plain'}
          disabled={!ready}
        >
          {status ? words.endChosen : words.endEverywhere}
        </Key>
      </div>
    </>
  )
}

/** The face of the person at the desk: consents, how to end them, and the proof that they ended. */
export function PersonFaceScreen({ state, terminal }: { state: PersonFace; terminal: TerminalView }) {
  const { words } = useSpeech()
  const known = useCashier(({ faceStatus }) => faceStatus)
  const status = known?.senior === state.person.senior ? known.status : undefined
  const { erasure } = state
  return (
    <main className={styles.screen} data-screen="person-face">
      <section className={styles.card}>
        <div className={styles.head}>
          {erasure !== null && (
            <span className={erasure.found === 0 ? styles.done : styles.left}>
              <Icon name={erasure.found === 0 ? 'check' : 'info'} size={48} />
            </span>
          )}
          <h1>
            {erasure === null
              ? words.personFaceTitle(state.person.name)
              : erasure.found === 0
                ? erasure.what.length > 0
                  ? words.erasedTitle
                  : words.endedTitle
                : words.erasedTitleLeft}
          </h1>
          <Key onPress={closePersonFace} cap="Esc">
            {words.back}
          </Key>
        </div>
        {erasure === null
          ? status !== undefined && <Consents state={state} status={status} today={terminal.businessDate} />
          : [
              <SlipLines key="lines" lines={erasure.statement} />,
              <p key="note" className={styles.note}>
                {words.erasedNote}
              </p>,
              <PrintLinesKey key="print" lines={erasure.statement} className={styles.print} />,
            ]}
      </section>
    </main>
  )
}
