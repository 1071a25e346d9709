import type { ConsentKind } from '../../../shared/face/consent.ts'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { dateSeenFrom } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { type FaceStatus, type PersonFace, useCashier } from '../../state/cashier-store.ts'
import { changePersonFace, chooseToEnd, closePersonFace, enrolAgain, withdrawChosen } from '../../state/face-actions.ts'
import { giverOf } from '../../state/face-enrolment.ts'
import { ChoiceKey } from './ChoiceKey.tsx'
import { GiverFields } from './GiverFields.tsx'
import styles from './person-face.module.css'
import { SlipLines } from './SlipLines.tsx'

const icons: Readonly<Record<ConsentKind, IconName>> = { face: 'face', away: 'globe', portrait: 'camera' }

/** What the person agreed to and since when, and the keys that end it, one by one or all. */
function Consents({ state, status, today }: { state: PersonFace; status: FaceStatus; today: string }) {
  const { words, language } = useSpeech()
  const names: Record<ConsentKind, { name: string; note: string }> = {
    face: { name: words.endFace, note: words.endFaceNote },
    away: { name: words.endAway, note: words.endAwayNote },
    portrait: { name: words.endPortrait, note: words.endPortraitNote },
  }
  const day = (date: string) => dateSeenFrom(date, today, language)
  const ready = state.chosen.length > 0 && giverOf(state.giver) !== null && !state.busy
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
      <div className={styles.by}>
        <h2>{words.personFaceBy}</h2>
        <GiverFields giver={state.giver} onChange={giver => changePersonFace({ giver })} />
      </div>
      <div className={styles.foot}>
        <p role="status">{state.busy && words.endingChosen}</p>
        <Key onPress={enrolAgain} cap="N">
          {words.enrolAgain}
        </Key>
        <Key onPress={() => changePersonFace({ chosen: status.what })} cap="A">
          {words.endAll}
        </Key>
        <Key
          onPress={() => void withdrawChosen()}
          cap={words.enter}
          tone={ready ? 'primary' : 'plain'}
          disabled={!ready}
        >
          {words.endChosen}
        </Key>
      </div>
    </>
  )
}

/** The face of the person at the desk: consents, how to end them, and the proof that they ended. */
export function PersonFaceScreen({ state, terminal }: { state: PersonFace; terminal: TerminalView }) {
  const { words } = useSpeech()
  const known = useCashier(({ faceStatus }) => faceStatus)
  const status = known?.senior === state.person.senior ? known.status : null
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
                ? words.erasedTitle
                : words.erasedTitleLeft}
          </h1>
          <Key onPress={closePersonFace} cap="Esc">
            {words.back}
          </Key>
        </div>
        {erasure === null
          ? status && <Consents state={state} status={status} today={terminal.businessDate} />
          : [
              <SlipLines key="lines" lines={erasure.statement} />,
              <p key="note" className={styles.note}>
                {words.erasedNote}
              </p>,
            ]}
      </section>
    </main>
  )
}
