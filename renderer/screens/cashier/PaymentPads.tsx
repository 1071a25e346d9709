import { useState } from 'react'
import { canGoFirst, dueFen } from '../../../shared/payments.ts'
import type { TenderKind } from '../../../shared/site.ts'
import type { PricedView, TerminalView } from '../../../shared/terminal-api.ts'
import { Key } from '../../design/Key.tsx'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { fenOf } from '../../state/amount-text.ts'
import { cashDueFen, notes, takeNote } from '../../state/cash-notes.ts'
import { closePaymentPad, isOffered, keepReference, takeFirst } from '../../state/payment-actions.ts'
import { isAmount } from '../../state/typed-amount.ts'
import { GivenPad } from './GivenPad.tsx'
import { NumberPad } from './NumberPad.tsx'
import styles from './payment-pads.module.css'
import { ReferencePad } from './ReferencePad.tsx'
import { tenderCaps } from './TenderKeys.tsx'

/** How much goes by which tender first; the chosen one takes the rest. */
function PartPad({ priced, terminal }: { priced: PricedView; terminal: TerminalView }) {
  const { words, say } = useSpeech()
  const rest = priced.tender
  const isGuest = priced.means === null
  const [kind, setKind] = useState<TenderKind>(rest !== 'cash' ? 'cash' : isGuest ? 'outside' : 'account')
  const [text, setText] = useState('')
  const [told, setTold] = useState<string | null>(null)
  const nameOf = (of: TenderKind) => {
    const tender = terminal.tenders.find(one => one.kind === of)
    return tender ? say(tender.name) : words[of]
  }
  const fen = fenOf(text)
  const first = { kind, fen: fen ?? 0 }
  const fits = canGoFirst(first, rest, priced.ownPayFen)
  const left = words.splitRest(nameOf(rest), yuan(dueFen(rest, priced.ownPayFen - (fits ? first.fen : 0))))
  const choices = terminal.tenders
    .slice(0, tenderCaps.length)
    .map((tender, place) => ({ tender, cap: tenderCaps[place] ?? '' }))
    .filter(({ tender }) => tender.kind !== rest && isOffered(tender.kind, isGuest))

  function clear(why: string): void {
    setText('')
    setTold(why)
  }

  function choose(next: TenderKind): void {
    setKind(next)
    setTold(null)
  }

  function press(code: string): boolean {
    const chosen = choices.find(({ cap }) => code === `Key${cap}`)
    const note = notes.find(({ cap }) => code === `Key${cap}`)
    if (chosen) choose(chosen.tender.kind)
    else if (note && kind === 'cash') takeFirst(priced, { kind, fen: note.fen }, rest)
    return chosen !== undefined || note !== undefined
  }

  return (
    <NumberPad
      name="part"
      icon="cash"
      title={words.splitTitle}
      note={told ?? left}
      text={text}
      shown={
        <>
          {text === '' ? '0' : text} <small>{words.yuan}</small>
        </>
      }
      withPoint
      enterWord={words.splitTake}
      onText={next => {
        if (!isAmount(next)) return
        setTold(null)
        setText(next)
      }}
      onEnter={() => {
        if (!takeFirst(priced, first, rest)) clear(words.splitBounds)
      }}
      onScanner={() => clear(words.amountScanned)}
      onClose={closePaymentPad}
      onKey={press}
    >
      <div className={styles.choices}>
        {choices.map(({ tender, cap }) => (
          <Key
            key={cap}
            onPress={() => choose(tender.kind)}
            cap={cap}
            pressed={tender.kind === kind}
            tone={tender.kind === kind ? 'primary' : 'plain'}
            className={styles.choice}
          >
            {say(tender.name)}
          </Key>
        ))}
      </div>
      <fieldset className={styles.notes} aria-label={words.notesTaken}>
        {notes.map(note => (
          <Key
            key={note.cap}
            onPress={() => takeFirst(priced, { kind, fen: note.fen }, rest)}
            cap={note.cap}
            disabled={kind !== 'cash' || !canGoFirst({ kind, fen: note.fen }, rest, priced.ownPayFen)}
            className={styles.choice}
          >
            {note.fen / 100}
          </Key>
        ))}
      </fieldset>
    </NumberPad>
  )
}

export function PaymentPad({
  asks,
  priced,
  terminal,
}: {
  asks: 'part' | 'reference' | 'given'
  priced: PricedView
  terminal: TerminalView
}) {
  switch (asks) {
    case 'part':
      return <PartPad priced={priced} terminal={terminal} />
    case 'reference':
      return <ReferencePad onTake={reference => keepReference(priced, reference)} onClose={closePaymentPad} />
    case 'given':
      return <GivenPad dueFen={cashDueFen(priced)} onGiven={givenFen => takeNote(priced, givenFen)} />
  }
}
