import { useState } from 'react'
import { useSpeech } from '../../i18n/use-words.ts'
import { NumberPad } from './NumberPad.tsx'
import styles from './payment-pads.module.css'

/** The reference of an outside payment, off its receipt. `onTake` says whether it was one. */
export function ReferencePad({ onTake, onClose }: { onTake: (reference: string) => boolean; onClose: () => void }) {
  const { words } = useSpeech()
  const [text, setText] = useState('')
  const [told, setTold] = useState<string | null>(null)
  const clear = (why: string) => {
    setText('')
    setTold(why)
  }
  return (
    <NumberPad
      name="reference"
      icon="phone"
      title={words.referenceTitle}
      note={told ?? words.referenceNote}
      text={text}
      shown={<span className={styles.reference}>{text === '' ? '–' : text}</span>}
      withPoint={false}
      enterWord={words.referenceTake}
      onText={next => {
        if (!/^\d{0,32}$/.test(next)) return
        setTold(null)
        setText(next)
      }}
      onEnter={() => {
        if (!onTake(text)) clear(words.referenceNote)
      }}
      onScanner={() => clear(words.amountScanned)}
      onClose={onClose}
    />
  )
}
