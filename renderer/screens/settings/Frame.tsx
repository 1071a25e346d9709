import type { ReactNode } from 'react'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { backInSettings } from '../../state/settings-actions.ts'
import { useFocusHere } from '../../state/use-focus-here.ts'
import styles from './settings.module.css'

/** A screen of the settings: its title, one sentence, the way back. */
export function Frame(props: {
  name: string
  title: string
  lead: string
  keys?: ReactNode
  onBack?: (() => void) | null
  children: ReactNode
}) {
  const { words } = useSpeech()
  const title = useFocusHere()
  const onBack = props.onBack === undefined ? backInSettings : props.onBack
  return (
    <main className={styles.screen} data-screen={props.name}>
      <div className={styles.top}>
        <h1 ref={title} tabIndex={-1}>
          {props.title}
        </h1>
        <p>{props.lead}</p>
        {onBack && (
          <Key onPress={onBack} cap="Esc">
            {words.back}
          </Key>
        )}
        {props.keys}
      </div>
      {props.children}
    </main>
  )
}
