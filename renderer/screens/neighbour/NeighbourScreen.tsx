import type { NeighbourView } from '../../../shared/neighbour-api.ts'
import type { CashierView, PricedView, TerminalView } from '../../../shared/terminal-api.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { clockText } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { openAfterwards } from '../../state/afterwards-actions.ts'
import { dismiss, startGuest, switchLanguage } from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { openClose } from '../../state/close-actions.ts'
import { openDesk } from '../../state/desk-actions.ts'
import { mealsToChoose, nextMeal, toggleWhy } from '../../state/neighbour-actions.ts'
import { useNeighbour } from '../../state/neighbour-store.ts'
import { undoNewest } from '../../state/undo-actions.ts'
import { ReadingCard, RecordedCard } from '../cashier/MiddleCards.tsx'
import styles from './neighbour.module.css'
import { People } from './People.tsx'
import { PricePanel } from './PricePanel.tsx'
import { ProblemPanel } from './ProblemPanel.tsx'
import { TodayPanel } from './TodayPanel.tsx'

function Foot(props: { icon: IconName; cap: string; name: string; onPress: () => void; disabled?: boolean }) {
  const { icon, name, ...rest } = props
  return (
    <Key {...rest} className={styles.foot}>
      <Icon name={icon} />
      {name}
    </Key>
  )
}

/** What can be done about the price that stands there, the same keys for everybody. */
function PriceFoot({ priced }: { priced: PricedView }) {
  const { words } = useSpeech()
  const why = useNeighbour(state => state.why) === priced.checkIn
  return (
    <>
      <Foot
        icon="cross"
        cap="Esc"
        name={priced.person ? words.neighbourNotThis : words.cancelGuest}
        onPress={dismiss}
      />
      <Foot
        icon="bowl"
        cap="↓"
        name={words.neighbourOther}
        onPress={() => nextMeal(priced, 1)}
        disabled={mealsToChoose().length < 2}
      />
      <Foot
        icon="info"
        cap="I"
        name={why ? words.neighbourPlain : words.neighbourWhy}
        onPress={() => toggleWhy(priced)}
      />
    </>
  )
}

function ReadyFoot({ terminal }: { terminal: TerminalView }) {
  const { words } = useSpeech()
  const [newest] = terminal.lastSales
  const back = useCashier(state => newest?.voided && state.undone?.record === newest.record)
  return (
    <>
      <Foot icon="person" cap="F2" name={words.guest} onPress={startGuest} />
      <Foot icon="find" cap="/" name={words.neighbourFind} onPress={() => void openDesk()} />
      <Foot
        icon="undo"
        cap="F9"
        name={back ? words.restore : words.undo}
        onPress={undoNewest}
        disabled={newest === undefined}
      />
      <Foot icon="list" cap="F10" name={words.more} onPress={openAfterwards} />
      <Foot icon="sun" cap="F12" name={words.neighbourClose} onPress={openClose} />
      <Foot icon="globe" cap="L" name={words.otherLanguage} onPress={switchLanguage} />
    </>
  )
}

function Panel({ view, terminal }: { view: CashierView; terminal: TerminalView }) {
  const showRecorded = useCashier(state => state.showRecorded)
  switch (view.state) {
    case 'priced':
      return <PricePanel key={view.checkIn} priced={view} terminal={terminal} />
    case 'problem':
      return <ProblemPanel problem={view} />
    case 'reading':
      return <ReadingCard means={view.means} />
    case 'confirmed':
      return showRecorded ? <RecordedCard sale={view.sale} terminal={terminal} /> : <TodayPanel terminal={terminal} />
    default:
      return <TodayPanel terminal={terminal} />
  }
}

/** A neighbour household's one screen: who eats, what it costs, what was recorded today. */
export function NeighbourScreen({
  household,
  terminal,
}: {
  household: NonNullable<NeighbourView>
  terminal: TerminalView
}) {
  const { words } = useSpeech()
  const view = useCashier(state => state.view)
  const { nextMeal: next } = terminal
  const lead = terminal.meal
    ? words.neighbourLead
    : next
      ? words.opensAt(words[next.name], clockText(next.startsAt))
      : words.betweenMeals
  return (
    <>
      <main className={styles.screen} data-screen="neighbour">
        <div className={styles.who}>
          <div className={styles.head}>
            <h1>{words.neighbourWho}</h1>
            <p>{household.more > 0 ? words.neighbourMore(household.more) : lead}</p>
          </div>
          <People household={household} />
        </div>
        <div className={styles.side}>
          <Panel view={view} terminal={terminal} />
        </div>
      </main>
      <nav className={styles.feet}>
        {view.state === 'priced' ? <PriceFoot priced={view} /> : <ReadyFoot terminal={terminal} />}
      </nav>
    </>
  )
}
