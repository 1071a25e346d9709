import type { ReactNode } from 'react'
import type { PricedView, TerminalView } from '../../../shared/terminal-api.ts'
import { Brand } from '../../design/Brand.tsx'
import { Icon } from '../../design/Icon.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { useAfterwards } from '../../state/afterwards-store.ts'
import { coreLost, useCashier } from '../../state/cashier-store.ts'
import { useClose } from '../../state/close-store.ts'
import { takeGroupNote } from '../../state/group-actions.ts'
import { useIsNeighbour, useNeighbour } from '../../state/neighbour-store.ts'
import { proxyDeskOf } from '../../state/proxy-desk-actions.ts'
import { useSettings } from '../../state/settings-store.ts'
import { useStatement } from '../../state/statement-store.ts'
import { useStation } from '../../state/station-store.ts'
import { AfterwardsScreen } from '../afterwards/AfterwardsScreen.tsx'
import { CameraScreen } from '../camera/CameraScreen.tsx'
import { CloseScreen } from '../close/CloseScreen.tsx'
import { EnrolScreen } from '../face/EnrolScreen.tsx'
import { FacePanel } from '../face/FacePanel.tsx'
import { FaceQuestion, FaceQuestionColumn } from '../face/FaceQuestion.tsx'
import { FacesScreen } from '../face/FacesScreen.tsx'
import { PersonFaceScreen } from '../face/PersonFaceScreen.tsx'
import { NeighbourScreen } from '../neighbour/NeighbourScreen.tsx'
import { SettingsScreens } from '../settings/SettingsScreens.tsx'
import { SetupScreen } from '../settings/SetupScreen.tsx'
import { StatementScreen } from '../statement/StatementScreen.tsx'
import { SyncScreen } from '../sync/SyncScreen.tsx'
import { StationScreen } from '../visits/StationScreen.tsx'
import { AmountPad } from './AmountPad.tsx'
import { ClockCard } from './ClockCard.tsx'
import styles from './cashier.module.css'
import { DeskColumn } from './DeskColumn.tsx'
import { DeskTicket } from './DeskTicket.tsx'
import { DeviceTiles } from './DeviceTiles.tsx'
import { FunctionRow } from './FunctionRow.tsx'
import { GivenPad } from './GivenPad.tsx'
import { GroupStrip, GroupTicket } from './GroupTicket.tsx'
import { KioskStrip } from './KioskStrip.tsx'
import { LastSales } from './LastSales.tsx'
import { MealColumn } from './MealColumn.tsx'
import { ChangeCard, FaultStrip, ReadingCard, RecordedCard } from './MiddleCards.tsx'
import { PaceCard } from './PaceCard.tsx'
import { PaymentPad } from './PaymentPads.tsx'
import { PersonCard } from './PersonCard.tsx'
import { PinPad } from './PinPad.tsx'
import { ProblemColumn, ProblemTicket } from './ProblemTicket.tsx'
import { ProxyPicker } from './ProxyPicker.tsx'
import { ReadyPlate } from './ReadyPlate.tsx'
import { ShiftCard } from './ShiftCard.tsx'
import { SimulatorDrawer } from './SimulatorDrawer.tsx'
import { StatusBar } from './StatusBar.tsx'
import { TakenBackWord } from './TakenBackWord.tsx'
import { Ticket } from './Ticket.tsx'

function Columns({ left, middle, right }: { left: ReactNode; middle: ReactNode; right: ReactNode }) {
  const kiosk = useCashier(state => state.terminal?.kiosk ?? null)
  return (
    <>
      <div className={styles.left}>
        {left}
        {kiosk && <KioskStrip kiosk={kiosk} />}
      </div>
      <main className={styles.middle}>{middle}</main>
      <div className={styles.right}>{right}</div>
    </>
  )
}

function Ready({ terminal, middle }: { terminal: TerminalView; middle: ReactNode }) {
  return (
    <Columns
      left={
        <>
          <PaceCard terminal={terminal} />
          <LastSales />
        </>
      }
      middle={middle}
      right={<MealColumn terminal={terminal} priced={null} />}
    />
  )
}

function Priced({ terminal, priced, panel }: { terminal: TerminalView; priced: PricedView; panel: ReactNode }) {
  return (
    <Columns
      left={
        <>
          {terminal.group && <GroupStrip group={terminal.group} />}
          <PersonCard priced={priced} terminal={terminal} />
          <LastSales most={(priced.face === null && !priced.person ? 5 : 4) - (terminal.group ? 1 : 0)} />
        </>
      }
      middle={panel ?? <Ticket key={priced.checkIn} priced={priced} terminal={terminal} />}
      right={<MealColumn terminal={terminal} priced={priced} />}
    />
  )
}

function Current({ terminal }: { terminal: TerminalView }) {
  const view = useCashier(state => state.view)
  const showRecorded = useCashier(state => state.showRecorded)
  const look = useCashier(state => state.faceLook)
  const given = useCashier(state => state.cashGiven)
  const groupGiven = useCashier(state => state.groupGiven)
  if (!terminal.shift) return <ShiftCard terminal={terminal} />
  const panel = look && <FacePanel look={look} />
  const lately = (
    <>
      <PaceCard terminal={terminal} />
      <LastSales />
    </>
  )
  const plate = terminal.group ? (
    <GroupTicket group={terminal.group} />
  ) : groupGiven && groupGiven.givenFen > groupGiven.dueFen ? (
    <ChangeCard {...groupGiven} />
  ) : (
    <>
      <ReadyPlate terminal={terminal} defaultSet={terminal.menu[0]?.id === terminal.chosenSet} />
      <FaultStrip terminal={terminal} />
      <DeviceTiles devices={terminal.devices} faces />
    </>
  )
  const change = view.state === 'confirmed' && given?.checkIn === view.sale.record ? given : null
  const changeCard = change && change.givenFen > change.dueFen ? <ChangeCard {...change} /> : null
  switch (view.state) {
    case 'ready':
      return <Ready terminal={terminal} middle={panel ?? plate} />
    case 'reading':
      return <Ready terminal={terminal} middle={<ReadingCard means={view.means} />} />
    case 'confirmed':
      return (
        <Ready
          terminal={terminal}
          middle={panel ?? changeCard ?? (showRecorded ? <RecordedCard sale={view.sale} terminal={terminal} /> : plate)}
        />
      )
    case 'priced':
      return <Priced terminal={terminal} priced={view} panel={panel} />
    case 'face-to-confirm':
      return (
        <Columns
          left={lately}
          middle={<FaceQuestion found={view} />}
          right={<FaceQuestionColumn found={view} terminal={terminal} />}
        />
      )
    case 'desk':
      return (
        <Columns
          left={lately}
          middle={panel ?? <DeskTicket desk={view} />}
          right={<DeskColumn desk={view} terminal={terminal} />}
        />
      )
    case 'problem':
      return (
        <Columns
          left={lately}
          middle={panel ?? <ProblemTicket problem={view} />}
          right={<ProblemColumn problem={view} terminal={terminal} />}
        />
      )
  }
}

/** A word of the core on the last key, or that the core is away; it leaves with the next key that works. */
function Answer() {
  const { language } = useSpeech()
  const answer = useCashier(state => state.answer)
  const connected = useCashier(state => state.connected)
  const takenBack = useCashier(state => state.takenBack)
  const notice = connected ? answer : coreLost
  if (!notice) return takenBack && <TakenBackWord {...takenBack} />
  const told = sayNotice(notice, language)
  return (
    <button
      type="button"
      className={styles.answer}
      onMouseDown={event => event.preventDefault()}
      onClick={() => useCashier.setState({ answer: null })}
      data-answer={notice.code}
    >
      <Icon name={connected ? 'info' : 'sync'} size={28} />
      <span>
        <strong>{told.what}</strong>
        <small>{told.next}</small>
      </span>
    </button>
  )
}

/** There is no core: it starts, or, where the host knows it, why it cannot and what to do. Nothing of a sale stands beside that. */
function WithoutCore() {
  const { language } = useSpeech()
  const lost = useCashier(state => state.lost)
  const told = sayNotice(lost, language)
  return (
    <main className={styles.starting} data-answer={lost.code}>
      <Brand size={120} />
      {lost.code === coreLost.code ? (
        <p>{told.what}</p>
      ) : (
        <>
          <h1>{told.what}</h1>
          <p>{told.next}</p>
        </>
      )}
    </main>
  )
}

/** A screen that stands in place of the columns; null where none does. */
function useOtherScreen(terminal: TerminalView | null): ReactNode {
  const { syncOpen, cameraOpen, facesOpen, enrolment, personFace } = useCashier()
  const afterwards = useAfterwards(state => state.screen)
  const closing = useClose(state => state.open)
  const settings = useSettings(state => state.screen)
  const statement = useStatement(state => state.senior)
  const station = useStation(state => state.view)
  const household = useNeighbour(state => state.view)
  const isNeighbour = useIsNeighbour()
  if (terminal === null) return null
  if (terminal.setup !== null) return <SetupScreen terminal={terminal} step={terminal.setup} />
  if (terminal.clockJump) return <ClockCard terminal={terminal} jump={terminal.clockJump} />
  if (closing) return <CloseScreen terminal={terminal} />
  if (settings !== null) return <SettingsScreens screen={settings} terminal={terminal} />
  if (statement !== null) return <StatementScreen />
  if (afterwards !== null) return <AfterwardsScreen screen={afterwards} terminal={terminal} />
  if (enrolment) return <EnrolScreen enrolment={enrolment} terminal={terminal} />
  if (personFace) return <PersonFaceScreen state={personFace} terminal={terminal} />
  if (syncOpen) return <SyncScreen terminal={terminal} />
  if (cameraOpen) return <CameraScreen choice={terminal.camera} />
  if (facesOpen && terminal.face) return <FacesScreen terminal={terminal} face={terminal.face} />
  if (station?.open && terminal.shift) return <StationScreen terminal={terminal} view={station} />
  return household && isNeighbour ? <NeighbourScreen household={household} terminal={terminal} /> : null
}

/** The cashier's page. */
export function Cashier() {
  const terminal = useCashier(state => state.terminal)
  const drawerOpen = useCashier(state => state.drawerOpen)
  const pinPad = useCashier(state => state.pinPad)
  const amountFor = useCashier(state => state.amountFor)
  const paymentPad = useCashier(state => state.paymentPad)
  const view = useCashier(state => state.view)
  const proxyDesk = useCashier(state => state.proxyDesk)
  const otherScreen = useOtherScreen(terminal)
  const cannotStart = useCashier(({ connected, lost }) => !connected && lost.code !== coreLost.code)
  if (!terminal || cannotStart) return <WithoutCore />
  return (
    <div className={styles.page}>
      <StatusBar terminal={terminal} />
      {otherScreen ?? (
        <>
          <Current terminal={terminal} />
          <FunctionRow terminal={terminal} />
        </>
      )}
      {terminal.kiosk && (otherScreen !== null || !terminal.shift) && (
        <div className={styles.strip}>
          <KioskStrip kiosk={terminal.kiosk} />
        </div>
      )}
      <Answer />
      {drawerOpen && terminal.simulator && <SimulatorDrawer />}
      {amountFor && <AmountPad key={amountFor.set.id} pad={amountFor} />}
      {paymentPad?.asks === 'group-given' && terminal.group && (
        <GivenPad
          dueFen={terminal.group.sumFen}
          onGiven={givenFen => terminal.group && takeGroupNote(terminal.group, givenFen)}
        />
      )}
      {paymentPad && paymentPad.asks !== 'group-given' && view.state === 'priced' && (
        <PaymentPad key={paymentPad.asks} asks={paymentPad.asks} priced={view} terminal={terminal} />
      )}
      {view.state === 'desk' && view.person && proxyDeskOf(view, proxyDesk)?.picking && (
        <ProxyPicker senior={view.person.senior} />
      )}
      {pinPad && <PinPad key={pinPad.asks} pad={pinPad} />}
    </div>
  )
}
