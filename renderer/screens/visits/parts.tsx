import type { ReactNode } from 'react'
import type { ServiceKind } from '../../../shared/visit/service.ts'
import { classes } from '../../design/classes.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { Portrait } from '../../design/Portrait.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import type { Arriving } from '../../state/station-actions.ts'
import styles from './parts.module.css'

export const kindIcons: Readonly<Record<ServiceKind, IconName>> = {
  ...{ meals: 'bowl', cleaning: 'broom', medical: 'hospital', mobility: 'wheelchair', bathing: 'bath' },
  ...{ emergency: 'bell', 'day-care': 'sun', doctor: 'stethoscope', calling: 'house', activity: 'people' },
}

export type Tone = 'green' | 'blue' | 'slate' | 'ochre'

/** A word with its drawing, in the colour of what it says. */
export function Chip({ tone, icon, children }: { tone: Tone; icon: IconName; children: ReactNode }) {
  return (
    <span className={classes(styles.chip, styles[tone])}>
      <Icon name={icon} size={20} />
      {children}
    </span>
  )
}

/** Who it is about, how they showed themselves, and at the right what they came for. */
export function Head(props: { person: Arriving['person']; note: string; children?: ReactNode }) {
  const { words } = useSpeech()
  const { name, sex, age } = props.person
  return (
    <div className={styles.head}>
      <div className={styles.portrait}>
        <Portrait sex={sex} />
      </div>
      <div className={styles.who}>
        <h2>
          {name === '' ? (
            words.visitNoName
          ) : (
            <>
              {name} <small>{words.visitAge(age)}</small>
            </>
          )}
        </h2>
        <p>{props.note}</p>
      </div>
      {props.children}
    </div>
  )
}

/** How somebody showed who they are, or who vouched for them. */
export function useMeansText(): (by: Pick<Arriving, 'means' | 'proxy'>) => string {
  const { words } = useSpeech()
  return ({ means, proxy }) => (proxy === null ? words.visitMeans[means ?? 'manual'] : words.visitByProxy(proxy))
}

/** The service, large, as a tag. */
export function ServiceTag({ kind, children }: { kind: ServiceKind; children: ReactNode }) {
  return (
    <span className={styles.tag}>
      <Icon name={kindIcons[kind]} size={28} />
      {children}
    </span>
  )
}
