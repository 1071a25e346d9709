import type { TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { clockText } from '../../i18n/dates.ts'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { ChannelTag } from './ChannelTag.tsx'
import styles from './ready-plate.module.css'

function Head({ terminal }: { terminal: TerminalView }) {
  const { words } = useSpeech()
  if (terminal.stopped) return <h1 className={styles.head}>{words.salesStopped}</h1>
  if (!terminal.meal) return <h1 className={classes(styles.head, styles.long)}>{words.notNow}</h1>
  return <h1 className={styles.head}>{words.nextPlease}</h1>
}

function NextMeal({ terminal }: { terminal: TerminalView }) {
  const { words } = useSpeech()
  const next = terminal.nextMeal
  return (
    <p className={styles.set}>
      {next ? words.opensAt(words[next.name], clockText(next.startsAt)) : words.betweenMeals}
    </p>
  )
}

function HowItGoes({ terminal }: { terminal: TerminalView }) {
  const { words } = useSpeech()
  if (terminal.stopped || !terminal.meal) return null
  return (
    <p className={styles.how}>
      {words.readyLead}
      <br />
      {terminal.expressSeconds === null || terminal.chosenTender !== 'account' ? (
        words.readyByHand
      ) : (
        <>
          {words.readyExpress}
          <strong>{words.readySeconds(String(terminal.expressSeconds))}</strong>
        </>
      )}
      {words.stop}
    </p>
  )
}

/** The enamel plate: who comes next gets the chosen set at its list price. */
export function ReadyPlate({ terminal, defaultSet }: { terminal: TerminalView; defaultSet: boolean }) {
  const { words, say } = useSpeech()
  const set = terminal.menu.find(item => item.id === terminal.chosenSet) ?? terminal.menu[0]
  const idle = terminal.stopped !== null || terminal.meal === null
  return (
    <div className={styles.place}>
      {!idle && (
        <div className={styles.channel}>
          <ChannelTag channel={terminal.chosenChannel} />
        </div>
      )}
      <div className={classes(styles.plate, idle && styles.idle)}>
        <div className={styles.inner}>
          <Head terminal={terminal} />
          {!terminal.meal && <NextMeal terminal={terminal} />}
          {terminal.meal && set && (
            <>
              <p className={styles.set}>
                {defaultSet ? words.defaultSet(say(set.name)) : words.chosenSet(say(set.name))}
              </p>
              <p className={styles.price}>
                {yuan(set.priceFen)}
                <small>{words.yuan}</small>
              </p>
              <p className={styles.note}>{words.channelChosen[terminal.chosenChannel] || words.subsidyApart}</p>
            </>
          )}
        </div>
      </div>
      <HowItGoes terminal={terminal} />
    </div>
  )
}
