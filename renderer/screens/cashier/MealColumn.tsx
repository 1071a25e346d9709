import type { PricedView, TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Key } from '../../design/Key.tsx'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import {
  chooseChannel,
  chooseTenderAt,
  confirmSale,
  dismiss,
  hold,
  syncNow,
  toggleAdding,
} from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { askForPin, askProvince, comparePerson, openDesk, takeListPrice } from '../../state/desk-actions.ts'
import { entrySeconds, needsAttention } from '../../state/entry.ts'
import { pressFaceKey } from '../../state/face-look.ts'
import { pressGroup } from '../../state/group-actions.ts'
import { pressPark } from '../../state/park-actions.ts'
import { isOffered } from '../../state/payment-actions.ts'
import { partsText } from '../parts-text.ts'
import { type Action, ActionKeys } from './ActionKeys.tsx'
import { GroupColumn } from './GroupTicket.tsx'
import styles from './meal-column.module.css'
import { ParkedColumn } from './ParkedColumn.tsx'
import { ProxyColumn, ProxyLimitColumn } from './ProxyColumn.tsx'
import { SetKeys } from './SetKeys.tsx'
import { TenderKeys, tenderCaps, tenderIcons } from './TenderKeys.tsx'

function HoldKeys({ priced }: { priced: PricedView }) {
  const { words } = useSpeech()
  const held = useCashier(state => state.heldCheckIn) === priced.checkIn || priced.entry.held
  const adding = useCashier(state => state.adding)
  const canRun = held || entrySeconds(priced) !== null
  return (
    <div className={classes(styles.pair, canRun && styles.three)}>
      <Key onPress={toggleAdding} cap="+" pressed={adding} tone={adding ? 'primary' : 'plain'} className={styles.hold}>
        {words.addItem}
      </Key>
      {canRun && (
        <Key onPress={() => hold(priced)} cap={words.space} disabled={held} pressed={held} className={styles.hold}>
          {words.hold}
        </Key>
      )}
      <Key onPress={dismiss} cap="Esc" className={styles.leave}>
        {priced.person ? words.notThisPerson : words.cancelGuest}
      </Key>
    </div>
  )
}

/** How much waits to be sent stands in the bar above. */
function SyncKey() {
  const { words } = useSpeech()
  const syncing = useCashier(state => state.syncing)
  return (
    <Key onPress={() => void syncNow()} cap="S" disabled={syncing} className={styles.leave}>
      {words.syncKey}
    </Key>
  )
}

function useLimitActions(priced: PricedView, terminal: TerminalView): readonly Action[] {
  const { words, say } = useSpeech()
  const amount = yuan(priced.ownPayFen)
  // A face that did not fit: staff look at the person before anything is recorded.
  const looksFirst = priced.face !== null && priced.face.result !== 'match'
  const again: Action = {
    icon: 'face',
    name: words.faceLookAgain,
    note: words.faceTryLeft,
    cap: 'F1',
    press: () => void pressFaceKey(),
  }
  const chosen = terminal.tenders.find(tender => tender.kind === priced.tender)
  const others = terminal.tenders
    .slice(0, tenderCaps.length)
    .map((tender, place) => ({ tender, place }))
    .filter(({ tender }) => tender.kind !== priced.tender && isOffered(tender.kind, priced.means === null))
  return [
    {
      icon: tenderIcons[priced.tender],
      name: words.chargeAt(amount),
      note: looksFirst
        ? words.faceLookedChargeNote
        : words.chargeNote(
            priced.parts.length > 0 ? partsText(priced, words) : chosen ? say(chosen.name) : words[priced.tender],
          ),
      cap: words.enter,
      primary: true,
      press: () => void confirmSale(priced),
    },
    ...(looksFirst && priced.face !== null && priced.face.triesLeft > 0 ? [again] : []),
    ...others.map(({ tender, place }) => ({
      icon: tenderIcons[tender.kind],
      name: words.changeTender(say(tender.name)),
      note: words.changeTenderNote(amount),
      cap: tenderCaps[place] ?? '',
      press: () => chooseTenderAt(place),
    })),
    ...(priced.askable
      ? [{ icon: 'find', name: words.askProvince, note: words.askProvinceNote, cap: 'A', press: askProvince } as const]
      : []),
    {
      icon: 'bowl',
      name: words.otherSet,
      note: words.otherSetNote,
      cap: '1–9',
      press: () => useCashier.setState({ choosingSet: true }),
    },
    ...(priced.channel === 'dine-in' || priced.proxy.chosen
      ? []
      : [
          {
            icon: 'bowl',
            name: words.dineInInstead,
            note: words.dineInInsteadNote,
            cap: priced.channel === 'delivery' ? 'F3' : 'G',
            press: () => chooseChannel('dine-in'),
          } as const,
        ]),
    { icon: 'pause', name: words.parkFirst, note: words.parkFirstNote, cap: 'F8', press: pressPark },
    {
      icon: 'cross',
      name: looksFirst ? words.notThisPerson : words.notToday,
      note: words.notTodayNote,
      cap: 'Esc',
      press: dismiss,
    },
  ]
}

/** Who it is must be surer for this much subsidy: the ways to it, and how the meal goes on without. */
function useProofActions(priced: PricedView): readonly Action[] {
  const { words } = useSpeech()
  const ways = priced.needs?.ways ?? []
  const compared: Action = {
    icon: 'check',
    name: words.compared,
    note: words.comparedNote,
    cap: 'V',
    primary: true,
    press: () => comparePerson(priced),
  }
  const pin: Action = {
    icon: 'key',
    name: words.byPin,
    note: words.byPinNote,
    cap: 'P',
    primary: !ways.includes('staff'),
    press: () => askForPin(priced),
  }
  return [
    ...(ways.includes('staff') ? [compared] : []),
    ...(ways.includes('pin') ? [pin] : []),
    {
      icon: 'bowl',
      name: words.unsubsidised,
      note: words.unsubsidisedNote,
      cap: 'B',
      press: () => takeListPrice(priced),
    },
    { icon: 'cross', name: words.notToday, note: words.notTodayNote, cap: 'Esc', press: dismiss },
  ]
}

function LimitColumn({ priced, terminal }: { priced: PricedView; terminal: TerminalView }) {
  const { words } = useSpeech()
  const saving = useCashier(state => state.savingCheckIn) === priced.checkIn
  const limited = useLimitActions(priced, terminal)
  const proofs = useProofActions(priced)
  const actions = priced.needs ? proofs : limited
  return (
    <div className={styles.column}>
      <ActionKeys title={words.whatToDo} note={saving ? words.saving : words.heldByItself} actions={actions} />
    </div>
  )
}

/** The right column: what the next person eats and how it is paid; for a limit, what can be done. */
export function MealColumn({ terminal, priced }: { terminal: TerminalView; priced: PricedView | null }) {
  const { words, say } = useSpeech()
  const choosingSet = useCashier(state => state.choosingSet)
  const adding = useCashier(state => state.adding)
  const parkedOpen = useCashier(state => state.parkedOpen)
  const choosingProxy = useCashier(state => state.choosingProxy)
  if (parkedOpen && !priced && terminal.parked.length > 0) return <ParkedColumn parked={terminal.parked} />
  if (priced && choosingProxy === priced.checkIn) return <ProxyColumn priced={priced} />
  if (priced?.proxy.leads) return <ProxyLimitColumn priced={priced} />
  if (priced && needsAttention(priced) && !choosingSet) return <LimitColumn priced={priced} terminal={terminal} />
  if (terminal.group && !priced) return <GroupColumn group={terminal.group} terminal={terminal} />
  const first = terminal.tenders[0]
  const hint = priced ? words.oneKeyChanges : first ? words.isDefault(say(first.name)) : ''
  return (
    <div className={styles.column}>
      <SetKeys
        terminal={terminal}
        chosen={adding ? null : (priced?.set.id ?? terminal.chosenSet)}
        title={adding ? words.addingTitle : priced ? words.otherSet : words.whatNext}
        priced={priced !== null}
      />
      <TenderKeys
        terminal={terminal}
        chosen={priced?.tender ?? terminal.chosenTender}
        hint={hint}
        priced={priced}
        isGuest={priced?.means === null}
      />
      <div className={styles.foot}>
        {priced ? (
          <HoldKeys priced={priced} />
        ) : (
          <div className={styles.feet}>
            <Key onPress={() => void openDesk()} cap="/" disabled={terminal.shift === null} className={styles.leave}>
              {words.findPerson}
            </Key>
            <Key onPress={pressGroup} cap="F5" disabled={terminal.shift === null} className={styles.leave}>
              {words.groupKey}
            </Key>
            <SyncKey />
          </div>
        )}
      </div>
    </div>
  )
}
