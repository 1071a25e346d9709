import { useState } from 'react'
import type { SetMeal } from '../../../shared/site.ts'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { addItem } from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'
import { fenOfTyped, isAmount } from '../../state/typed-amount.ts'
import { NumberPad } from './NumberPad.tsx'

/** The amount of a dish that has no fixed price, in yuan. */
export function AmountPad({ pad }: { pad: { readonly checkIn: string; readonly set: SetMeal } }) {
  const { words, say } = useSpeech()
  const [text, setText] = useState('')
  const [told, setTold] = useState<string | null>(null)
  const { set } = pad
  const bounds = words.amountBounds(yuan(set.priceFen), yuan(set.open?.mostFen ?? 0), yuan(set.open?.stepFen ?? 0))

  function clear(why: string | null): void {
    setText('')
    setTold(why)
  }

  return (
    <NumberPad
      name={set.id}
      icon="cash"
      title={words.amountTitle(say(set.name))}
      note={told ?? bounds}
      text={text}
      shown={
        <>
          {text === '' ? '0' : text} <small>{words.yuan}</small>
        </>
      }
      withPoint
      enterWord={words.amountAdd}
      onText={next => {
        if (!isAmount(next)) return
        setTold(null)
        setText(next)
      }}
      onEnter={() => {
        const fen = fenOfTyped(text, set)
        if (fen === null) clear(text === '' ? bounds : words.amountNotTaken(text, bounds))
        else addItem(pad.checkIn, set.id, fen)
      }}
      onScanner={() => clear(words.amountScanned)}
      onClose={() => useCashier.setState({ amountFor: null })}
    />
  )
}
