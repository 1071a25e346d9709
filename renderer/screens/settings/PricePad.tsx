import { useState } from 'react'
import { useSpeech } from '../../i18n/use-words.ts'
import { isAmount } from '../../state/typed-amount.ts'
import { NumberPad } from '../cashier/NumberPad.tsx'

/** A price by touch; nothing is kept before the form is. */
export function PricePad(props: { title: string; value: string; onTake: (text: string) => void; onClose: () => void }) {
  const { words } = useSpeech()
  const [text, setText] = useState('')
  const [told, setTold] = useState<string | null>(null)
  return (
    <NumberPad
      name="settings-price"
      icon="cash"
      title={props.title}
      note={told ?? words.padBefore(props.value)}
      text={text}
      shown={
        <>
          {text === '' ? '0' : text} <small>{words.yuan}</small>
        </>
      }
      withPoint
      enterWord={words.padTake}
      onText={next => {
        if (!isAmount(next)) return
        setTold(null)
        setText(next)
      }}
      onEnter={() => {
        if (text !== '') props.onTake(text)
        props.onClose()
      }}
      onScanner={() => {
        setText('')
        setTold(words.amountScanned)
      }}
      onClose={props.onClose}
    />
  )
}
