import type { KioskNow } from '../../../shared/kiosk-api.ts'
import { paidText } from '../../../shared/sale-words.ts'
import { spokenAmountEn, spokenAmountZh } from '../../../shared/voice/spoken-amount.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { yuan } from '../../i18n/money.ts'
import { leaveTurn, takeMeal } from '../../state/kiosk-actions.ts'
import { useKiosk } from '../../state/kiosk-store.ts'
import { KioskKey } from './KioskKey.tsx'
import styles from './meal.module.css'
import { Plain } from './Plain.tsx'
import { addressOf, useKioskSpeech } from './use-kiosk-speech.ts'

type MealNow = Extract<KioskNow, { state: 'priced' | 'confirmed' }>

/** By the signs of the list price, never of the own payment: the size must not tell a subsidy. */
function sizeOf(listFen: number): string | undefined {
  return yuan(listFen).length <= 5 ? styles.large : styles.small
}

function Slip({ meal }: { meal: MealNow }) {
  const { words } = useKioskSpeech()
  return (
    <section className={styles.slip}>
      <h2>{words.thisMeal}</h2>
      <p>
        <span>{words.listPrice}</span>
        <strong>{yuan(meal.listFen)}</strong>
      </p>
      <p>
        <span>{words.off}</span>
        <strong>{yuan(meal.offFen)}</strong>
      </p>
      <p className={styles.total}>
        <span>{words.ownPay}</span>
        <strong>{yuan(meal.ownPayFen)}</strong>
      </p>
      <p className={styles.note}>
        {meal.state === 'priced' ? words.paying(words[meal.tender]) : paidText(words, meal.tender, false)}
      </p>
      {meal.pending && <p className={styles.note}>{words.madeGoodLater}</p>}
      {meal.madeGoodFen > 0 && <p className={styles.note}>{words.madeGoodNow(yuan(meal.madeGoodFen))}</p>}
    </section>
  )
}

function Keys({ meal }: { meal: MealNow }) {
  const { words } = useKioskSpeech()
  const { busy, told } = useKiosk()
  if (meal.state === 'confirmed')
    return <KioskKey name="done" tone="primary" icon="check" word={words.kioskFine} onPress={leaveTurn} />
  return (
    <>
      <p className={styles.told} role="status">
        {told ? (told.code === 'PRICE_CHANGED' ? words.kioskPriceNew : words.kioskWeCome) : words.kioskNothingTaken}
      </p>
      <KioskKey
        name="take"
        tone="primary"
        icon="bowl"
        word={busy ? words.kioskTaking : words.kioskTake}
        onPress={() => void takeMeal(meal)}
      />
    </>
  )
}

/** A price and the one key that takes the meal, or a meal that is recorded: the same sentences for everybody. */
export function Meal({ meal }: { meal: MealNow }) {
  const speech = useKioskSpeech()
  const { words, say, language } = speech
  const onceMore = useKiosk(state => state.onceMore)
  const person = addressOf(meal, speech)
  const done = meal.state === 'confirmed'
  if (meal.state === 'priced' && meal.already && onceMore !== meal.checkIn)
    return (
      <Plain icon="check" head={words.kioskAlready} note={words.kioskAlreadyNote}>
        <KioskKey name="fine" tone="primary" word={words.kioskFine} onPress={leaveTurn} />
        <KioskKey
          name="once-more"
          word={words.kioskOnceMore}
          onPress={() => useKiosk.setState({ onceMore: meal.checkIn })}
        />
      </Plain>
    )
  const amount = language === 'zh' ? spokenAmountZh(meal.ownPayFen) : spokenAmountEn(meal.ownPayFen)
  const spoken = done ? words.spokenDone : words.spokenPrice
  return (
    <main className={styles.meal}>
      <section className={classes(styles.hero, done && styles.done)}>
        <h1>
          <Icon name={done ? 'check' : 'bowl'} size={72} />
          {done ? words.takeMeal : words.pleaseLook}
        </h1>
        <p className={styles.person}>
          {person === null ? words.helloSet(say(meal.set)) : words.personSet(person, say(meal.set))}
        </p>
        <p className={styles.payLabel}>{words.ownPay}</p>
        <p className={classes(styles.pay, sizeOf(meal.listFen))} data-own-pay={yuan(meal.ownPayFen)}>
          <small>¥</small>
          {yuan(meal.ownPayFen)}
        </p>
        <p className={styles.spoken} aria-live="polite">
          {spoken(person ?? words.you, amount)}
        </p>
      </section>
      <div className={styles.side}>
        <Slip meal={meal} />
        <Keys meal={meal} />
      </div>
    </main>
  )
}
