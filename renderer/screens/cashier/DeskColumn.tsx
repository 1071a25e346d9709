import type { DeskView, TerminalView } from '../../../shared/terminal-api.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { dismiss } from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { askForNewPin, cardToUnbind, clearPin, deskEnter, keepCard, unbindCard } from '../../state/desk-actions.ts'
import { type Action, ActionKeys } from './ActionKeys.tsx'
import { DeviceTiles } from './DeviceTiles.tsx'
import styles from './meal-column.module.css'

function useDeskActions(desk: DeskView): readonly Action[] {
  const { words } = useSpeech()
  const { person, card } = desk
  const unbinding = useCashier(state => cardToUnbind(desk, state.unbinding))
  const leave: Action = { icon: 'cross', name: words.leaveDesk, note: words.leaveDeskNote, cap: 'Esc', press: dismiss }
  const searching = useCashier(state => state.deskText.trim() !== '')
  if (!person || searching) return [leave]
  const enter = { cap: words.enter, primary: true, press: () => deskEnter(desk) }
  if (unbinding)
    return [
      {
        ...{ icon: 'undo', name: words.unbindCard(unbinding.tail), note: words.unbindCardNote(person.name) },
        ...{ cap: words.enter, primary: true, press: () => unbindCard(desk) },
      },
      { icon: 'cross', name: words.keepCard, note: words.keepCardNote, cap: 'Esc', press: keepCard },
    ]
  const pin: Action = {
    icon: 'key',
    name: person.pin === 'none' ? words.setPin : words.resetPin,
    note: words.setPinNote,
    cap: 'P',
    press: () => askForNewPin(desk),
  }
  const clear: Action = {
    icon: 'undo',
    name: words.clearPin,
    note: words.clearPinNote,
    cap: 'C',
    press: () => clearPin(desk),
  }
  return [
    card
      ? { icon: 'card', name: words.bindCard(card.tail), note: words.bindCardNote, ...enter }
      : { icon: 'bowl', name: words.serveByHand, note: words.serveByHandNote, ...enter },
    pin,
    ...(person.pin === 'none' ? [] : [clear]),
    leave,
  ]
}

/** What staff can do for the person at the desk, the likeliest first. */
export function DeskColumn({ desk, terminal }: { desk: DeskView; terminal: TerminalView }) {
  const { words } = useSpeech()
  const unbinding = useCashier(state => cardToUnbind(desk, state.unbinding))
  const note = desk.person && !desk.card && !unbinding ? words.presentCardToBind : words.deskRecorded
  return (
    <div className={styles.column}>
      <ActionKeys title={words.whatToDo} note={note} actions={useDeskActions(desk)} />
      <DeviceTiles devices={terminal.devices} />
    </div>
  )
}
