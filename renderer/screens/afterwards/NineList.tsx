import { type ReactNode, useEffect, useRef } from 'react'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { digits } from '../../state/station-actions.ts'
import styles from './afterwards.module.css'

/** The cap of a row's digit, where its nine has the digits now. */
export function capOf(place: number, nine: number): { cap?: string } {
  const at = place - nine * digits
  return at >= 0 && at < digits ? { cap: String(at + 1) } : {}
}

/** A list whose digits go on to the next nine; touch reaches all of it by scrolling. */
export function NineList(props: { nine: number; count: number; onNext: (() => void) | null; children: ReactNode }) {
  const { nine, count, onNext } = props
  const { words } = useSpeech()
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    list.current?.children[nine * digits]?.scrollIntoView({ block: 'start' })
  }, [nine])
  return (
    <>
      <ol ref={list} className={styles.list}>
        {props.children}
      </ol>
      {onNext && count > digits && (
        <Key onPress={onNext} cap="0" className={styles.next}>
          {words.nextRows}
        </Key>
      )}
    </>
  )
}
