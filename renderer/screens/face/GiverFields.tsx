import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import type { GiverDraft } from '../../state/cashier-store.ts'
import styles from './giver-fields.module.css'

/** Who agrees or withdraws: the senior, or whoever may act for them by law, with name and relation. */
export function GiverFields({ giver, onChange }: { giver: GiverDraft; onChange(giver: GiverDraft): void }) {
  const { words } = useSpeech()
  const isAgent = giver.who === 'agent'
  const leave = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
    event.preventDefault()
    event.currentTarget.blur()
  }
  return (
    <div className={styles.giver}>
      <div className={styles.row}>
        <Key
          onPress={() => onChange({ ...giver, who: 'senior' })}
          cap="B"
          pressed={!isAgent}
          className={isAgent ? undefined : styles.on}
        >
          {words.bySenior}
        </Key>
        <Key
          onPress={() => onChange({ ...giver, who: 'agent' })}
          cap="D"
          pressed={isAgent}
          className={isAgent ? styles.on : undefined}
        >
          {words.byAgent}
        </Key>
      </div>
      {isAgent && (
        <>
          <div className={styles.row}>
            <input
              value={giver.name}
              onChange={event => onChange({ ...giver, name: event.target.value })}
              onKeyDown={leave}
              placeholder={words.agentName}
              aria-label={words.agentName}
              maxLength={64}
              autoComplete="off"
              data-agent="name"
            />
            <input
              value={giver.relation}
              onChange={event => onChange({ ...giver, relation: event.target.value })}
              onKeyDown={leave}
              placeholder={words.agentRelation}
              aria-label={words.agentRelation}
              maxLength={32}
              autoComplete="off"
              data-agent="relation"
            />
          </div>
          <p>{words.agentNote}</p>
        </>
      )}
    </div>
  )
}
