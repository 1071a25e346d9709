import type { DeskView, FoundSenior } from '../../shared/terminal-api.ts'
import { dateAfter } from '../i18n/dates.ts'
import { ask, calls } from './cashier-actions.ts'
import { type ProxyDraft, type ProxyTouched, useCashier } from './cashier-store.ts'

const { getState: state, setState } = useCashier

/** Longer than this (days) nobody is registered at once. */
const year = 365

/** Opens the proxies of the person at the desk. */
export function openProxyDesk(desk: DeskView): void {
  const { terminal } = state()
  if (!desk.person || !terminal) return
  const from = terminal.businessDate
  const draft = { member: null, name: '', numberTail: '', relation: '', from, until: dateAfter(from, year) }
  setState({
    proxyDesk: { senior: desk.person.senior, draft, lead: 0, ending: null, touched: 'numberTail', picking: false },
    answer: null,
  })
}

export function closeProxyDesk(): void {
  if (state().proxyDesk?.ending) askToEndProxy(null)
  else setState({ proxyDesk: null, answer: null })
}

/** What is written of the person who shall collect; null while the proxies of somebody else, or of nobody, are open. */
export function proxyDeskOf(desk: DeskView, open = state().proxyDesk) {
  return open !== null && open.senior === desk.person?.senior ? open : null
}

export function writeProxy(part: Partial<ProxyDraft>): void {
  const { proxyDesk } = state()
  if (proxyDesk) setState({ proxyDesk: { ...proxyDesk, draft: { ...proxyDesk.draft, ...part } }, answer: null })
}

/** The keys on the screen write into this field from now on. */
export function touchProxyField(touched: ProxyTouched): void {
  const { proxyDesk } = state()
  if (proxyDesk) setState({ proxyDesk: { ...proxyDesk, touched } })
}

/** The person is chosen by letters, in front of everything else; or no more. */
export function pickProxy(picking: boolean): void {
  const { proxyDesk } = state()
  if (proxyDesk && proxyDesk.ending === null) setState({ proxyDesk: { ...proxyDesk, picking }, answer: null })
}

/** A name that keys wrote, such as 王女士; the number's end is what the keys write next. */
export function takeProxyName(name: string): void {
  writeProxy({ member: null, name, numberTail: '' })
  touchProxyField('numberTail')
  pickProxy(false)
}

/** A member of this site; the relation is what the keys write next. */
export function takeProxyMember({ senior, name, numberTail }: FoundSenior): void {
  writeProxy({ member: senior, name, numberTail: numberTail ?? '' })
  touchProxyField('relation')
  pickProxy(false)
}

const dashed = (digits: string) =>
  [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].filter(part => part !== '').join('-')

/** What the keys on the screen made of the field that they write into; a date gets its dashes by itself. */
export function touchProxySigns(text: string): void {
  const { proxyDesk } = state()
  if (!proxyDesk) return
  const { touched } = proxyDesk
  if (touched === 'relation') writeProxy({ relation: text })
  else writeProxy({ [touched]: touched === 'numberTail' ? text.slice(0, 4) : dashed(text.replace(/\D/g, '')) })
}

export function nextProxyLead(desk: DeskView): void {
  const open = proxyDeskOf(desk)
  const count = desk.person?.leads.length ?? 0
  if (open && count > 0) setState({ proxyDesk: { ...open, lead: (open.lead + 1) % count } })
}

/** Asks staff whether somebody is to collect no more; null: not after all. */
export function askToEndProxy(ending: string | null): void {
  const { proxyDesk } = state()
  if (proxyDesk) setState({ proxyDesk: { ...proxyDesk, ending }, answer: null })
}

const isWhole = ({ member, name, numberTail, from, until }: ProxyDraft) =>
  (member !== null || (name.trim().length >= 2 && /^\d{3}[\dXx]$/.test(numberTail))) &&
  [from, until].every(date => /^\d{4}-\d\d-\d\d$/.test(date))

/** What Enter does: asks the station lead for the PIN that a registration, or its end, takes. */
export function enterProxy(desk: DeskView): void {
  const open = proxyDeskOf(desk)
  const lead = open && desk.person?.leads[open.lead]
  if (!lead) return
  if (open.ending === null && !isWhole(open.draft)) setState({ answer: { code: 'PROXY_DRAFT', values: {} } })
  else setState({ answer: null, pinPad: { asks: 'proxy-desk', ...lead } })
}

/** Hands the PIN over; true where the pad may close. */
export async function handOverProxyDeskPin(operator: string, pin: string): Promise<boolean> {
  const { proxyDesk } = state()
  if (!proxyDesk) return false
  const { draft, ending } = proxyDesk
  const approval = { operator, pin }
  const { member, name, numberTail, from, until } = draft
  const rest = { relation: draft.relation.trim() || null, from, until }
  const asked = member === null ? { ...rest, name, numberTail: numberTail.toUpperCase() } : { ...rest, member }
  const isDone = await ask(
    ending === null ? calls.proxy.register({ draft: asked, approval }) : calls.proxy.end({ proxy: ending, approval }),
  )
  const { answer } = state()
  if (isDone)
    setState({
      proxyDesk: {
        ...proxyDesk,
        draft: { ...draft, member: null, name: '', numberTail: '', relation: '' },
        ending: null,
      },
    })
  // What is wrong with the draft is put right on the screen behind the pad.
  return isDone || answer?.code.startsWith('PROXY_') === true
}

/** True where the key was one of this screen's; no other key acts while it stands there. */
export function actOnProxyDesk(code: string, digit: string | undefined, desk: DeskView): boolean {
  const open = proxyDeskOf(desk)
  if (!open) return false
  const ours = desk.person?.proxies.filter(({ byStaff }) => byStaff) ?? []
  const chosen = digit === undefined ? undefined : ours[Number(digit) - 1]
  if (chosen) askToEndProxy(chosen.proxy)
  else if (code === 'Enter' || code === 'NumpadEnter') enterProxy(desk)
  else if (code === 'KeyV') nextProxyLead(desk)
  else if (code === 'KeyN') pickProxy(true)
  else if (code === 'Escape') closeProxyDesk()
  else if (code === 'Slash') document.querySelector<HTMLInputElement>('[data-proxy-field]')?.focus()
  return true
}
