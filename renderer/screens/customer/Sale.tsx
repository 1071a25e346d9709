import { paidText } from '../../../shared/sale-words.ts'
import type { NameForm } from '../../../shared/setting-change.ts'
import type { CustomerView } from '../../../shared/terminal-api.ts'
import { spokenAmountEn, spokenAmountZh } from '../../../shared/voice/spoken-amount.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { addressed } from '../../i18n/addressed.ts'
import { dateText, type Language, shortDate, weekdayDate, weekdayText } from '../../i18n/dates.ts'
import { yuan } from '../../i18n/money.ts'
import { type Speech, speechIn } from '../../i18n/use-words.ts'
import { useCustomer } from '../../state/customer-store.ts'
import { partsText } from '../parts-text.ts'
import styles from './sale.module.css'

export type SaleNow = Extract<CustomerView['now'], { state: 'priced' | 'confirmed' }>

function address(sale: SaleNow, form: NameForm, { words }: Speech): string | null {
  if (sale.surname === null || sale.title === null) return null
  return addressed(words, form, sale.title, sale.surname)
}

/** By the signs of the list price, never of the own payment: the size must not tell a subsidy. */
function sizeOf(listFen: number): string | undefined {
  const signs = yuan(listFen).length
  return signs <= 5 ? styles.large : signs === 6 ? styles.middling : styles.small
}

/** The sentence of a sale for a screen reader, which a site fits for somebody: with the amount in words. */
export function saleInWords(sale: SaleNow, form: NameForm, speech: Speech): string {
  const { words, language } = speech
  const person = address(sale, form, speech) ?? words.you
  const amount = language === 'zh' ? spokenAmountZh(sale.ownPayFen) : spokenAmountEn(sale.ownPayFen)
  if (sale.state === 'priced') return words.spokenPrice(person, amount)
  if (sale.visit === 'in') return words.spokenVisitIn(person, speech.say(sale.set))
  return sale.visit === 'out' ? words.spokenVisitOut(person, amount) : words.spokenDone(person, amount)
}

function Slip({ sale, speech }: { sale: SaleNow; speech: Speech }) {
  const { words, language } = speech
  const meal = useCustomer(state => state.view?.meal)
  const settled = sale.phoneSettled === true
  const parts = partsText(sale, words)
  const isToPay = sale.state === 'priced' || sale.visit === 'in'
  const isPaid = !isToPay && (settled || sale.parts.every(({ kind }) => kind !== 'outside'))
  const inParts = isPaid ? words.paidParts(parts) : words.payingParts(parts)
  const whole = isToPay ? words.paying(words[sale.tender]) : paidText(words, sale.tender, settled)
  return (
    <section className={styles.slip}>
      <h2>{sale.visit === undefined ? words.thisMeal : words.thisVisit}</h2>
      <p>
        <span>{words.listPrice}</span>
        <strong>{yuan(sale.listFen)}</strong>
      </p>
      <p>
        <span>{words.off}</span>
        <strong>{yuan(sale.offFen)}</strong>
      </p>
      <p className={styles.total}>
        <span>{words.ownPay}</span>
        <strong>{yuan(sale.ownPayFen)}</strong>
      </p>
      <p className={styles.tender}>{sale.parts.length > 0 ? inParts : whole}</p>
      {sale.pending && <p className={styles.pending}>{words.madeGoodLater}</p>}
      {sale.madeGoodFen > 0 && <p className={styles.pending}>{words.madeGoodNow(yuan(sale.madeGoodFen))}</p>}
      <p className={styles.stub}>
        <span>{slipDate(dateText(sale.at), language)}</span>
        <span>{meal && sale.visit === undefined && words[meal.name]}</span>
      </p>
    </section>
  )
}

/** The date as the paper says it, the year left out. */
function slipDate(date: string, language: Language): string {
  return language === 'zh'
    ? `${shortDate(date, language)}，${weekdayText(date, language)}`
    : weekdayDate(date, language)
}

/** One sentence for every meal, one for every visit that begins, and one for every visit that ends. */
function doneText({ visit }: SaleNow, words: Speech['words']): string {
  if (visit === undefined) return words.takeMeal
  return visit === 'in' ? words.visitIsIn : words.visitIsOut
}

/** A price, or a sale that is recorded: the same two sentences for everybody, whatever it costs and whoever pays. */
export function Sale({ sale }: { sale: SaleNow }) {
  const speech = speechIn(useCustomer(state => state.language))
  const { words, say } = speech
  const form = useCustomer(state => state.view?.nameForm ?? 'title')
  const person = address(sale, form, speech)
  const done = sale.state === 'confirmed'
  return (
    <main className={styles.sale}>
      <section className={classes(styles.hero, done && styles.done)}>
        <h1>
          <Icon name={done ? 'check' : sale.visit === undefined ? 'bowl' : 'info'} size={80} />
          {done ? doneText(sale, words) : words.pleaseLook}
        </h1>
        <p className={styles.person}>
          {person === null ? words.helloSet(say(sale.set)) : words.personSet(person, say(sale.set))}
        </p>
        <p className={styles.payLabel}>{sale.visit === 'in' ? words.visitPublicPay : words.ownPay}</p>
        <p className={classes(styles.pay, sizeOf(sale.listFen))}>
          <small>¥</small>
          {yuan(sale.ownPayFen)}
        </p>
      </section>
      <Slip sale={sale} speech={speech} />
    </main>
  )
}
