import { useState } from 'react'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { fenOf } from '../../state/amount-text.ts'
import { isGivenFor, mostChangeFen } from '../../state/cash-notes.ts'
import { closePaymentPad } from '../../state/payment-actions.ts'
import { isAmount } from '../../state/typed-amount.ts'
import { NumberPad } from './NumberPad.tsx'

/** How much cash was handed over, in yuan; what goes back stands above the keys while it is typed. */
export function GivenPad({ dueFen, onGiven }: { dueFen: number; onGiven: (givenFen: number) => void }) {
  const { words } = useSpeech()
  const [text, setText] = useState('')
  const [told, setTold] = useState<string | null>(null)
  const givenFen = fenOf(text) ?? 0
  const fits = isGivenFor(givenFen, dueFen)
  const note = fits ? words.givenBack(yuan(givenFen - dueFen)) : words.givenDue(yuan(dueFen))

  function clear(why: string): void {
    setText('')
    setTold(why)
  }

  return (
    <NumberPad
      name="given"
      icon="cash"
      title={words.notesTaken}
      note={told ?? note}
      text={text}
      shown={
        <>
          {text === '' ? '0' : text} <small>{words.yuan}</small>
        </>
      }
      withPoint
      enterWord={words.givenTake}
      onText={next => {
        if (!isAmount(next)) return
        setTold(null)
        setText(next)
      }}
      onEnter={() => {
        if (!fits) {
          clear(words.givenBounds(yuan(dueFen), yuan(dueFen + mostChangeFen)))
          return
        }
        closePaymentPad()
        onGiven(givenFen)
      }}
      onScanner={() => clear(words.amountScanned)}
      onClose={closePaymentPad}
    />
  )
}
