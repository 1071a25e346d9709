import type { VisitView } from '../../../shared/visit-api.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { rate } from '../../state/station-actions.ts'
import { useStation } from '../../state/station-store.ts'
import { Chip, Head, ServiceTag } from './parts.tsx'
import styles from './rating.module.css'
import station from './station.module.css'

const faces: readonly { readonly rating: 1 | 2 | 3; readonly icon: IconName }[] = [
  { rating: 3, icon: 'happy' },
  { rating: 2, icon: 'neutral' },
  { rating: 1, icon: 'unhappy' },
]

/** It is recorded; the senior says how it was by one of three equal faces, or would rather not. */
export function RatingDesk({ visit }: { visit: VisitView }) {
  const { words, say } = useSpeech()
  const busy = useStation(state => state.busy)
  return (
    <section className={station.card} data-rating={visit.visit}>
      <Head person={visit.person} note={words.visitLeavingLead(visit.minutes)}>
        <ServiceTag kind={visit.service.kind}>{say(visit.service.name)}</ServiceTag>
      </Head>
      <p role="status">
        <Chip tone="green" icon="tick">
          {words.visitRecorded}
        </Chip>
      </p>
      <h3 className={styles.question}>
        {words.visitRating} <small>{words.visitRatingLead(say(visit.service.name))}</small>
      </h3>
      <div className={styles.faces}>
        {faces.map(({ rating, icon }, place) => (
          <Key
            key={rating}
            onPress={() => rate(visit.visit, rating)}
            cap={String(place + 1)}
            disabled={busy}
            className={styles.face}
          >
            <Icon name={icon} size={110} />
            {words.visitRatings[rating]}
          </Key>
        ))}
      </div>
      <div className={station.keys}>
        <Key onPress={() => rate(visit.visit, null)} cap="Esc" disabled={busy}>
          {words.visitNoRating}
        </Key>
      </div>
    </section>
  )
}
