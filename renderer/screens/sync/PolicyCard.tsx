import type { TerminalView } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { fullDate } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { Card } from './Card.tsx'
import styles from './sync.module.css'

type Policy = NonNullable<TerminalView['policy']>

function Version({ version }: { version: Policy['version'] }) {
  const { words, language } = useSpeech()
  if (version === null) {
    return (
      <>
        <p className={styles.attention}>
          <strong>{words.noVersion}</strong>
        </p>
        <p>{words.listPriceNow}</p>
      </>
    )
  }
  return (
    <p className={styles.dates}>
      <span>{words.inForce(fullDate(version.from, language))}</span>
      {version.to !== null && <span>{words.inForceUntil(fullDate(version.to, language))}</span>}
    </p>
  )
}

function Held({ policy }: { policy: Policy }) {
  const { words, language, say } = useSpeech()
  const title = say(policy.title)
  // Titles of made-up packs mostly say so themselves.
  const saysSo = title.toLowerCase().includes(words.rulesFictional.toLowerCase())
  return (
    <>
      <p className={styles.policy}>
        {title}
        {policy.fictional && !saysSo && <small>{words.rulesFictional}</small>}
      </p>
      <p className={styles.version}>
        <strong>{policy.version?.id ?? policy.id}</strong>
        <span className={styles.signed}>
          <Icon name="check" size={22} />
          {words.signed}
        </span>
      </p>
      <Version version={policy.version} />
      <p>{words.ruleOfMeal}</p>
      {policy.next && (
        <p className={styles.next}>
          <span>{words.nextVersion}</span>
          <strong>{policy.next.id}</strong>
          <span>{words.inForce(fullDate(policy.next.from, language))}</span>
        </p>
      )}
    </>
  )
}

/** By which rules the meals are priced, and which come next. */
export function PolicyCard({ policy, rimmed }: { policy: TerminalView['policy']; rimmed: boolean }) {
  const { words, language } = useSpeech()
  return (
    <Card name="policy" icon="paper" title={words.rules} rim={rimmed ? 'ochre' : 'none'}>
      {policy ? (
        <Held policy={policy} />
      ) : (
        <>
          <p className={classes(styles.head, styles.attention)}>{words.noRules}</p>
          <p>{sayNotice({ code: 'NO_POLICY', values: {} }, language).next}</p>
        </>
      )}
    </Card>
  )
}
