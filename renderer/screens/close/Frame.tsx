import type { ReactNode } from 'react'
import type { Notice } from '../../../shared/terminal-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { useFocusHere } from '../../state/use-focus-here.ts'
import styles from './close.module.css'

/** A step of the close under its title, with its keys beside that. */
export function Frame(props: { step: string; title: string; lead: ReactNode; keys?: ReactNode; children: ReactNode }) {
  const title = useFocusHere()
  return (
    <main className={styles.screen} data-screen="close" data-step={props.step}>
      <div className={styles.top}>
        <h1 ref={title} tabIndex={-1}>
          {props.title}
        </h1>
        <div className={styles.lead}>{props.lead}</div>
        {props.keys}
      </div>
      {props.children}
    </main>
  )
}

/** What stands in the way, with the next step. */
export function Blocked({ notice }: { notice: Notice | null }) {
  const { language } = useSpeech()
  if (!notice) return null
  const told = sayNotice(notice, language)
  return (
    <p className={styles.blocked} role="status" data-blocked={notice.code}>
      <Icon name="info" size={28} />
      <span>
        <strong>{told.what}</strong> <span>{told.next}</span>
      </span>
    </p>
  )
}
