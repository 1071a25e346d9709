import type { DeskView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Cap, Key } from '../../design/Key.tsx'
import { fullDate } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { type ProxyField, type ProxyTouched, useCashier } from '../../state/cashier-store.ts'
import {
  askToEndProxy,
  closeProxyDesk,
  enterProxy,
  nextProxyLead,
  pickProxy,
  proxyDeskOf,
  touchProxyField,
  touchProxySigns,
  writeProxy,
} from '../../state/proxy-desk-actions.ts'
import { LetterKeys } from '../LetterKeys.tsx'
import type { Action } from './ActionKeys.tsx'
import desk from './desk-ticket.module.css'
import styles from './proxy-desk.module.css'

type Person = NonNullable<DeskView['person']>

function Registered({ person, ending }: { person: Person; ending: string | null }) {
  const { words, language } = useSpeech()
  const ours = person.proxies.filter(({ byStaff }) => byStaff)
  if (person.proxies.length === 0) return <p className={styles.none}>{words.proxyNone}</p>
  return (
    <ul className={styles.list}>
      {person.proxies.map(one => (
        <li key={one.proxy} className={classes(desk.card, one.proxy === ending && desk.asked)} data-proxy-of={one.name}>
          <Icon name="person" size={28} />
          <span className={desk.what}>
            {one.name}
            <small className={desk.state}>
              {words.proxyUntil(fullDate(one.until, language))}
              {one.byStaff ? '' : ` · ${words.proxyOfRoster}`}
            </small>
          </span>
          {one.byStaff && (
            <Key onPress={() => askToEndProxy(one.proxy)} cap={String(ours.indexOf(one) + 1)} className={desk.switch}>
              {words.proxyEnd}
            </Key>
          )}
        </li>
      ))}
    </ul>
  )
}

const digits = [...'1234567890']
const hasKeys = (name: ProxyField): name is ProxyTouched => name !== 'name'
/** What the roster says of a member stays as it is. */
const ofMember: readonly ProxyField[] = ['name', 'numberTail']

function useLabels(): Record<ProxyField, string> {
  const { words } = useSpeech()
  return {
    ...{ name: words.proxyName, numberTail: words.proxyTail, relation: words.proxyRelation },
    ...{ from: words.proxyFrom, until: words.proxyTo },
  }
}

/** Numbers and relation of a registration by touch; who it is has a picker of its own. */
export function ProxyKeys({ view }: { view: DeskView }) {
  const speech = useSpeech()
  const labels = useLabels()
  const open = useCashier(state => proxyDeskOf(view, state.proxyDesk))
  if (!open || open.ending !== null) return null
  const { touched, draft } = open
  const { words } = speech
  return (
    <section className={styles.keys} data-proxy-keys={touched}>
      <h3>{labels[touched]}</h3>
      {touched === 'relation' ? (
        <div className={styles.relations}>
          {Object.values(words.proxyRelations).map(relation => (
            <Key
              key={relation}
              onPress={() => touchProxySigns(relation)}
              pressed={draft.relation === relation}
              tone={draft.relation === relation ? 'primary' : 'plain'}
            >
              {relation}
            </Key>
          ))}
        </div>
      ) : (
        <LetterKeys
          text={draft[touched]}
          onText={touchProxySigns}
          only={touched === 'numberTail' ? [...digits, 'X'] : digits}
          short={touched === 'numberTail'}
        />
      )}
    </section>
  )
}

function Field({ view, name, value, label }: { view: DeskView; name: ProxyField; value: string; label: string }) {
  const isMember = useCashier(({ proxyDesk }) => proxyDesk?.draft.member != null)
  function onKey(event: React.KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') enterProxy(view)
    else if (event.key === 'Escape') event.currentTarget.blur()
    else return
    event.preventDefault()
  }
  return (
    <label className={classes(styles.field, name !== 'name' && styles.half)}>
      <span>{label}</span>
      <input
        value={value}
        onChange={event => writeProxy({ [name]: event.target.value })}
        onKeyDown={onKey}
        readOnly={isMember && ofMember.includes(name)}
        onFocus={() => hasKeys(name) && touchProxyField(name)}
        autoComplete="off"
        spellCheck={false}
        data-proxy-field={name}
      />
    </label>
  )
}

/** Who may collect the meals of the person at the desk: those who are registered, and one more. */
export function ProxyDesk({ view, person }: { view: DeskView; person: Person }) {
  const { words } = useSpeech()
  const labels = useLabels()
  const open = useCashier(state => proxyDeskOf(view, state.proxyDesk))
  if (!open) return null
  const { draft, ending } = open
  const fields = ['name', 'numberTail', 'relation', 'from', 'until'] as const
  return (
    <section className={desk.ticket} data-proxy-desk>
      <h2 className={desk.title}>{words.proxyTitle(person.name)}</h2>
      <Registered person={person} ending={ending} />
      {ending === null && (
        <div className={styles.form}>
          <h3>
            {words.proxyNew} <Cap>/</Cap>
            <Key onPress={() => pickProxy(true)} cap="N" className={styles.pick}>
              {words.proxyPick}
            </Key>
          </h3>
          {fields.map(name => (
            <Field key={name} view={view} name={name} value={draft[name]} label={labels[name]} />
          ))}
        </div>
      )}
    </section>
  )
}

/** What can be done about the proxies of the person at the desk. */
export function useProxyDeskActions(view: DeskView): readonly Action[] | null {
  const { words } = useSpeech()
  const open = useCashier(state => proxyDeskOf(view, state.proxyDesk))
  const { person } = view
  if (!open || !person) return null
  const lead = person.leads[open.lead]
  const ending = person.proxies.find(({ proxy }) => proxy === open.ending)
  const enter: Action = {
    ...{ icon: 'key', name: ending ? words.proxyEndOf(ending.name) : words.proxyRegister, cap: words.enter },
    ...{ note: words.proxyByLead(lead?.name ?? ''), primary: true, press: () => enterProxy(view) },
  }
  const other: Action = {
    ...{ icon: 'person', name: words.proxyOtherLead, note: words.proxyOtherLeadNote, cap: 'V' },
    press: () => nextProxyLead(view),
  }
  const back: Action = {
    ...{ icon: 'cross', name: ending ? words.proxyKeep : words.proxyBack, note: words.proxyBackNote, cap: 'Esc' },
    press: closeProxyDesk,
  }
  return [enter, ...(person.leads.length > 1 ? [other] : []), back]
}
