import type { NeighbourView } from '../../../shared/neighbour-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Cap } from '../../design/Key.tsx'
import { clockText } from '../../i18n/dates.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { personCaps, pressPerson } from '../../state/neighbour-actions.ts'
import styles from './people.module.css'

type Household = NonNullable<NeighbourView>

/** A name of four characters is written smaller, a longer one in two lines. */
function lengthFor(name: string): string | undefined {
  const count = [...name].length
  if (count <= 3) return undefined
  return count <= 4 ? styles.long : styles.longest
}

/** Fewer people have larger names. */
function sizeFor(count: number): string | undefined {
  if (count <= 6) return styles.few
  if (count <= 12) return styles.some
  return count <= 20 ? styles.many : styles.most
}

function Person({ person, cap, chosen }: { person: Household['people'][number]; cap: string; chosen: boolean }) {
  const { words } = useSpeech()
  return (
    <button
      type="button"
      className={classes(styles.person, chosen && styles.chosen, lengthFor(person.name))}
      onMouseDown={event => event.preventDefault()}
      onClick={() => pressPerson(person.senior)}
      aria-pressed={chosen}
      data-person={person.senior}
      data-ate={person.ate !== null}
    >
      <strong>{person.name}</strong>
      <span className={styles.ate}>
        {person.ate !== null && (
          <>
            <Icon name="check" size={24} />
            {words.neighbourAte(clockText(person.ate))}
          </>
        )}
      </span>
      <span className={styles.cap}>
        <Cap>{cap}</Cap>
      </span>
    </button>
  )
}

/** A tile for each neighbour, the same for everybody but for the name and whether they have eaten. */
export function People({ household }: { household: Household }) {
  const { words } = useSpeech()
  const { people, chosen } = household
  if (people.length === 0) return <p className={styles.nobody}>{words.neighbourNobody}</p>
  return (
    <div className={classes(styles.people, sizeFor(people.length))}>
      {people.map((person, place) => (
        <Person
          key={person.senior}
          person={person}
          cap={personCaps[place] ?? ''}
          chosen={person.senior === chosen?.senior}
        />
      ))}
    </div>
  )
}
