import type { ReactNode } from 'react'
import type { TerminalView } from '../../../shared/terminal-api.ts'
import type { StationView } from '../../../shared/visit-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { weekdayDate } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { type FaceLook, useCashier } from '../../state/cashier-store.ts'
import { backToList, closeStation, showPanel } from '../../state/station-actions.ts'
import { toSearch } from '../../state/station-keys.ts'
import { openLateVisit } from '../../state/station-late.ts'
import { type StationState, useStation } from '../../state/station-store.ts'
import { FacePanel } from '../face/FacePanel.tsx'
import { ArrivingDesk } from './ArrivingDesk.tsx'
import { CarerPhones } from './CarerPhones.tsx'
import { DayList } from './DayList.tsx'
import { DoneLine } from './DoneLine.tsx'
import { FaceAsked, FaceKey } from './FaceAsked.tsx'
import { FollowUps } from './FollowUps.tsx'
import { LateVisit, LateVisitSum } from './LateVisit.tsx'
import { LeavingDesk } from './LeavingDesk.tsx'
import { ListDesk } from './ListDesk.tsx'
import { RatingDesk } from './RatingDesk.tsx'
import styles from './station.module.css'
import { VisitDesk } from './VisitDesk.tsx'

/** Whatever stands there goes, and the next person may come. */
function next(): void {
  showPanel('desk')
  if (useStation.getState().view?.desk.state === 'list') toSearch()
  else backToList()
}

/** What the core says of whoever came last. */
function Told({ notice }: { notice: NonNullable<StationView['notice']> }) {
  const { language } = useSpeech()
  const told = sayNotice(notice, language)
  return (
    <p className={styles.told} role="status" data-notice={notice.code}>
      <Icon name="info" size={28} />
      <span>
        <strong>{told.what}</strong> {told.next}
      </span>
    </p>
  )
}

function Top({ terminal, view }: { terminal: TerminalView; view: StationView }) {
  const { words, language } = useSpeech()
  const panel = useStation(state => state.panel)
  const looks = useCashier(state => state.faceLook !== null)
  // While a face is looked at or asked about, Esc is the answer to that.
  const isFree = view.asked === null && !looks
  const onList = view.desk.state === 'list' && panel === 'desk'
  return (
    <div className={styles.top}>
      <h1>{words.stationTitle}</h1>
      {view.notice ? (
        <Told notice={view.notice} />
      ) : (
        <p>
          <span>{terminal.siteName} ·</span> <span>{weekdayDate(view.date, language)}</span>
        </p>
      )}
      {isFree && onList && (
        <Key onPress={closeStation} cap="Esc">
          {words.stationToTill}
        </Key>
      )}
      {isFree && onList && (
        <Key onPress={() => void openLateVisit()} cap="B">
          <Icon name="clock" />
          {words.stationLate}
        </Key>
      )}
      {isFree && !onList && view.desk.state !== 'rating' && (
        <Key onPress={() => (panel === 'desk' ? backToList() : showPanel('desk'))} cap="Esc">
          {words.back}
        </Key>
      )}
      {isFree && view.desk.state === 'visit' && panel === 'desk' && <FaceKey view={view} />}
      <Key onPress={next} tone="primary" className={styles.new}>
        <Icon name="person" />
        {words.stationNew}
      </Key>
    </div>
  )
}

function middleOf(
  view: StationView,
  panel: StationState['panel'],
  terminal: TerminalView,
  look: FaceLook | null,
): ReactNode {
  const { desk, asked } = view
  if (asked !== null) return <FaceAsked key={asked.look} asked={asked} />
  if (look !== null) return <FacePanel look={look} />
  if (panel === 'late') return <LateVisit view={view} terminal={terminal} />
  if (panel === 'follow-ups') return <FollowUps view={view} />
  if (panel === 'line') return <DoneLine />
  if (panel === 'phones') return <CarerPhones view={view} />
  switch (desk.state) {
    case 'list':
      return <ListDesk view={view} />
    case 'arriving':
      return <ArrivingDesk key={desk.person.senior} desk={desk} view={view} />
    case 'visit':
      return <VisitDesk key={desk.visit.visit} desk={desk} view={view} />
    case 'leaving':
      return <LeavingDesk key={desk.visit.visit} desk={desk} />
    case 'rating':
      return <RatingDesk key={desk.visit.visit} visit={desk.visit} />
  }
}

/** The service station in place of the till: who comes, what goes on, and the list of the day. */
export function StationScreen({ terminal, view }: { terminal: TerminalView; view: StationView }) {
  const panel = useStation(state => state.panel)
  const look = useCashier(state => state.faceLook)
  return (
    <main className={styles.screen} data-screen="station" data-station={panel === 'desk' ? view.desk.state : panel}>
      <Top terminal={terminal} view={view} />
      <div className={styles.columns}>
        {middleOf(view, panel, terminal, look)}
        {panel === 'late' ? <LateVisitSum view={view} terminal={terminal} /> : <DayList view={view} />}
      </div>
    </main>
  )
}
