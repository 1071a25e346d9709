import type { DeskView, TerminalView } from '../../../shared/terminal-api.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { dismiss } from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { askForNewPin, cardToUnbind, clearPin, deskEnter, keepCard, unbindCard } from '../../state/desk-actions.ts'
import { openPersonFace } from '../../state/face-actions.ts'
import { pressFaceKey } from '../../state/face-look.ts'
import { proxyDeskOf } from '../../state/proxy-desk-actions.ts'
import { LetterKeys } from '../LetterKeys.tsx'
import { type Action, ActionKeys } from './ActionKeys.tsx'
import { DeviceTiles } from './DeviceTiles.tsx'
import styles from './meal-column.module.css'
import { ProxyKeys, useProxyDeskActions } from './ProxyDesk.tsx'

/** What can be done about the person's face: compare it, or see, end and begin the consents. */
function useFaceActions(desk: DeskView): readonly Action[] {
  const { words } = useSpeech()
  const on = useCashier(state => state.terminal?.face?.on === true)
  const known = useCashier(state => state.faceStatus)
  const status = known !== null && known.senior === desk.person?.senior ? known.status : undefined
  const compare: Action = {
    icon: 'face',
    name: words.compareFace,
    note: words.compareFaceNote,
    cap: 'F1',
    press: () => void pressFaceKey(),
  }
  const consents: Action = {
    icon: 'lock',
    name: words.personFaceKey,
    note: status ? words.personFaceKeyNote : words.enrolFaceKeyNote,
    cap: 'R',
    press: () => openPersonFace(desk),
  }
  if (status === undefined) return []
  return [...(on && status?.what.includes('face') ? [compare] : []), consents]
}

function useDeskActions(desk: DeskView): readonly Action[] {
  const { words } = useSpeech()
  const { person, card } = desk
  const unbinding = useCashier(state => cardToUnbind(desk, state.unbinding))
  const leave: Action = { icon: 'cross', name: words.leaveDesk, note: words.leaveDeskNote, cap: 'Esc', press: dismiss }
  const searching = useCashier(state => state.deskText.trim() !== '')
  const faces = useFaceActions(desk)
  const proxies = useProxyDeskActions(desk)
  if (!person || searching) return [leave]
  if (proxies) return proxies
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
    ...faces,
    pin,
    ...(person.pin === 'none' ? [] : [clear]),
    leave,
  ]
}

/** What staff can do for the person at the desk, the likeliest first. */
export function DeskColumn({ desk, terminal }: { desk: DeskView; terminal: TerminalView }) {
  const { words } = useSpeech()
  const unbinding = useCashier(state => cardToUnbind(desk, state.unbinding))
  const text = useCashier(state => state.deskText)
  const searching = text.trim() !== ''
  const proxies = useCashier(state => proxyDeskOf(desk, state.proxyDesk) !== null)
  const note = desk.person && !desk.card && !unbinding && !proxies ? words.presentCardToBind : words.deskRecorded
  return (
    <div className={styles.column}>
      <ActionKeys title={words.whatToDo} note={note} actions={useDeskActions(desk)} />
      {(desk.person === null || searching) && (
        <div className={styles.letters}>
          <LetterKeys text={text} onText={deskText => useCashier.setState({ deskText })} />
        </div>
      )}
      {!searching && <ProxyKeys view={desk} />}
      <DeviceTiles devices={terminal.devices} />
    </div>
  )
}
