import type { TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { openAfterwards } from '../../state/afterwards-actions.ts'
import { openDrawer, startGuest, switchLanguage, toggleChannel } from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { openClose } from '../../state/close-actions.ts'
import { openDesk } from '../../state/desk-actions.ts'
import { pressFaceKey } from '../../state/face-look.ts'
import { pressPark } from '../../state/park-actions.ts'
import { openStation } from '../../state/station-actions.ts'
import { useStation } from '../../state/station-store.ts'
import { isOffered, undoNewest } from '../../state/undo-actions.ts'
import styles from './function-row.module.css'

/** The functions that are there at any time, each with its key. */
export function FunctionRow({ terminal }: { terminal: TerminalView }) {
  const { words, language } = useSpeech()
  const drawerOpen = useCashier(state => state.drawerOpen)
  const working = terminal.shift !== null
  // With faces and the demo's simulator there is no room for it: it stands under 更多 too.
  const isFull = terminal.face?.on && terminal.simulator
  const priced = useCashier(state => state.view.state === 'priced')
  const channel = useCashier(({ view }) => (view.state === 'priced' ? view.channel : terminal.chosenChannel))
  const canPark = working && (priced || terminal.parked.length > 0)
  const station = useStation(state => state.view?.station != null)
  const [newest] = terminal.lastSales
  const back = useCashier(state => newest?.voided && isOffered(newest.record, state))
  return (
    <nav
      className={classes(
        styles.row,
        (terminal.simulator || terminal.face?.on || station || language === 'en') && styles.crowded,
      )}
    >
      {terminal.face?.on && (
        <Key onPress={() => void pressFaceKey()} cap="F1" disabled={!working} className={styles.function}>
          <Icon name="face" />
          {words.lookAtFace}
        </Key>
      )}
      <Key onPress={startGuest} cap="F2" disabled={!working} className={styles.function}>
        <Icon name="person" />
        {words.guest}
      </Key>
      <Key
        onPress={() => toggleChannel('delivery')}
        cap="F3"
        disabled={!working}
        pressed={channel === 'delivery'}
        tone={channel === 'delivery' ? 'primary' : 'plain'}
        className={styles.function}
      >
        <Icon name="truck" />
        {words.channels.delivery}
      </Key>
      <Key onPress={() => void openDesk()} cap="F6" disabled={!working} className={styles.function}>
        <Icon name="card" />
        {words.lostCard}
      </Key>
      <Key onPress={pressPark} cap="F8" disabled={!canPark} className={styles.function}>
        <Icon name="pause" />
        {terminal.parked.length > 0 ? words.parkedCount(terminal.parked.length) : words.park}
      </Key>
      <Key onPress={undoNewest} cap="F9" disabled={!newest} className={styles.function}>
        <Icon name="undo" />
        {back ? words.restore : words.undo}
      </Key>
      {station && (
        <Key onPress={openStation} cap="Y" disabled={!working} className={styles.function}>
          <Icon name="house" />
          {words.stationKey}
        </Key>
      )}
      <Key onPress={openAfterwards} cap="F10" disabled={!working} className={styles.function}>
        <Icon name="list" />
        {words.more}
      </Key>
      {!isFull && (
        <Key onPress={openClose} cap="F12" disabled={!working && !terminal.close.today} className={styles.function}>
          <Icon name="cash" />
          {words.closeKey}
        </Key>
      )}
      <Key onPress={switchLanguage} cap="L" className={styles.function}>
        <Icon name="globe" />
        {words.otherLanguage}
      </Key>
      {terminal.simulator && (
        <button
          type="button"
          className={styles.simulator}
          onMouseDown={event => event.preventDefault()}
          onClick={() => void openDrawer(!drawerOpen)}
          aria-expanded={drawerOpen}
          data-leaves-entry
        >
          <Icon name="tools" />
          {words.simulator}
        </button>
      )}
    </nav>
  )
}
