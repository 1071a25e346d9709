import type { Notice, TerminalView } from '../../../shared/terminal-api.ts'
import { Brand } from '../../design/Brand.tsx'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useBelow } from '../../design/use-below.ts'
import { momentText } from '../../i18n/spans.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { putLaneVisitsAway } from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'
import card from './card.module.css'
import { DoubtedRecords } from './DoubtedRecords.tsx'
import styles from './look-card.module.css'
import type { ToLookAt } from './to-look-at.ts'
import { UnreadFeeds } from './UnreadFeeds.tsx'

function Next({ children }: { children: string }) {
  return (
    <p className={styles.next}>
      <Icon name="info" size={24} />
      {children}
    </p>
  )
}

function RefusedPack({ pack, hasOld }: { pack: TerminalView['policiesRefused'][number]; hasOld: boolean }) {
  const { words, language } = useSpeech()
  const now = useCashier(state => state.now)
  return (
    <li className={styles.row} data-look="POLICY_BAD">
      <div>
        <h3 data-things={1}>{hasOld ? words.packRefused : words.packRefusedOnly}</h3>
        <p className={styles.when}>{words.packCame(pack.id, momentText(pack.at, now, language))}</p>
      </div>
      <Next>{words.packNext}</Next>
      <p className={styles.detail}>{pack.detail}</p>
    </li>
  )
}

type Details = Pick<TerminalView, 'recordsDoubted' | 'feedsUnread'>

/** How many things a notice names one by one below itself; none where it is the thing. */
function namedBelow({ code, values }: Notice, { feedsUnread }: Details): number {
  if (code === 'RECORD_REFUSED') return Number(values.count)
  return code === 'FEED_UNREAD' ? feedsUnread.length : 0
}

const countOf = (thing: ToLookAt, details: Details) =>
  thing.kind === 'notice' ? Math.max(1, namedBelow(thing.notice, details)) : 1

function Told({ notice, details }: { notice: Notice; details: Details }) {
  const { words, language } = useSpeech()
  const told = sayNotice(notice, language)
  return (
    <li className={styles.row} data-look={notice.code} {...(namedBelow(notice, details) === 0 && { 'data-things': 1 })}>
      <h3>{told.what}</h3>
      {/* The notice itself sends its reader here. */}
      <Next>{notice.code === 'RECORD_REFUSED' ? words.provinceLooks : told.next}</Next>
      {notice.code === 'RECORD_REFUSED' && (
        <DoubtedRecords records={details.recordsDoubted} count={Number(notice.values.count)} />
      )}
      {notice.code === 'FEED_UNREAD' && <UnreadFeeds feeds={details.feedsUnread} />}
      {notice.code === 'LANE_GONE' && (
        <Key onPress={putLaneVisitsAway} cap="H">
          {words.putAway}
        </Key>
      )}
    </li>
  )
}

function Things({ things, details, hasPolicy }: Pick<LookCardProps, 'things' | 'details' | 'hasPolicy'>) {
  const { words } = useSpeech()
  const { list, below } = useBelow()
  const count = things.reduce((sum, thing) => sum + countOf(thing, details), 0)
  return (
    <>
      <h2 className={styles.title}>
        {words.toLookAt} <small>{words.toLookAtCount(count)}</small>
        {below > 0 && (
          <small className={styles.below} data-below={below}>
            {words.toLookAtBelow(below)}
          </small>
        )}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <ul ref={list} className={styles.list} tabIndex={0}>
        {things.map(thing =>
          thing.kind === 'pack' ? (
            <RefusedPack key={`pack ${thing.pack.id}`} pack={thing.pack} hasOld={hasPolicy} />
          ) : (
            <Told key={thing.notice.code} notice={thing.notice} details={details} />
          ),
        )}
      </ul>
    </>
  )
}

interface LookCardProps {
  things: readonly ToLookAt[]
  details: Details
  hasPolicy: boolean
  rimmed: boolean
  elsewhere: boolean
}

/** What between terminal and province wants a person, or that nothing does; `elsewhere` = another card wants one. */
export function LookCard({ things, details, hasPolicy, rimmed, elsewhere }: LookCardProps) {
  const { words } = useSpeech()
  if (things.length === 0) {
    return (
      <section className={styles.calm} data-card="look">
        <Brand size={96} />
        <h2>{elsewhere ? words.nothingElse : words.nothingToDo}</h2>
        <p>{words.nothingToDoNote}</p>
      </section>
    )
  }
  return (
    <section
      className={classes(card.card, rimmed && card.ochre, styles.look)}
      data-card="look"
      data-rim={rimmed ? 'ochre' : 'none'}
    >
      <Things things={things} details={details} hasPolicy={hasPolicy} />
    </section>
  )
}
