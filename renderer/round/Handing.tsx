import { useEffect, useState } from 'react'
import { fromBase64Url } from '../../shared/bytes.ts'
import { fen, formatYuan } from '../../shared/money.ts'
import { dueFen } from '../../shared/payments.ts'
import { checkOf, handCodeIsSound, proofOf } from '../../shared/round/proof.ts'
import { type ProofKind, type SeenAtDoor, seenKinds } from '../../shared/round/result.ts'
import type { PhoneRound, PhoneStop } from '../../shared/round/round.ts'
import { type Stroke, strokesText } from '../../shared/round/signature.ts'
import { CodeEye } from '../phone/CodeEye.tsx'
import { DigitKeys } from '../phone/DigitKeys.tsx'
import { listenForCards, uidOf } from './card-near.ts'
import { look, note, useRound } from './round-store.ts'
import { SignaturePad } from './SignaturePad.tsx'
import { seniorNamedBy } from './shown-code.ts'
import { roundWords } from './words.ts'

type Proof = { readonly kind: ProofKind; readonly hash: string }

/** Hands one meal over: who took it shows who they are, then one key says how the senior is, and the stop is done. */
export function Handing({ round, stop }: { round: PhoneRound; stop: PhoneStop }) {
  const words = roundWords[useRound(state => state.language)]
  const isThird = round.courier.kind === 'third-party'
  const kinds: readonly ProofKind[] = isThird ? ['hand-code'] : ['signature', 'code', 'card']
  const [kind, setKind] = useState<ProofKind>(kinds[0] ?? 'signature')
  const [shown, setShown] = useState<Proof | null>(null)
  const [withoutCode, setWithoutCode] = useState(false)
  const [strokes, setStrokes] = useState<readonly Stroke[]>([])
  const [collected, setCollected] = useState(true)
  const due = stop.pays === 'cash' ? dueFen('cash', stop.toldFen) : 0
  const key = fromBase64Url(round.key)
  const signed = strokesText(strokes)
  const signature =
    signed === '' ? null : { kind: 'signature' as const, hash: proofOf(key, 'signature', stop.stop, signed) }
  const proof = kind === 'signature' ? signature : shown
  const isShown = proof !== null || withoutCode

  const finish = (seen: SeenAtDoor) => {
    if (!isShown) return
    const isCollected = due > 0 && collected
    void note(
      stop.stop,
      { outcome: 'handed', proof, seen, collected: isCollected },
      kind === 'signature' ? signed : null,
    )
  }

  return (
    <main className="screen" data-screen="handing">
      <header className="bar">
        <button type="button" className="plain" onClick={() => look('stop')}>
          {words.back}
        </button>
        <b>{stop.name}</b>
        <span>{stop.door}</span>
      </header>
      <section className="proof">
        {kinds.length > 1 && (
          <div className="ways" role="tablist">
            {kinds.map(one => (
              <button
                key={one}
                type="button"
                role="tab"
                aria-selected={one === kind}
                onClick={() => {
                  setKind(one)
                  setShown(null)
                }}
              >
                {words.proofs[one]}
              </button>
            ))}
          </div>
        )}
        {kind === 'signature' && (
          <>
            <SignaturePad label={words.signHere} strokes={strokes} onStrokes={setStrokes} />
            <div className="under">
              <span>{words.signHere}</span>
              <button type="button" className="plain" onClick={() => setStrokes([])}>
                {words.clear}
              </button>
            </div>
          </>
        )}
        {kind === 'code' && <CodeProof stop={stop} round={round} shown={shown} onProof={setShown} />}
        {kind === 'card' && <CardProof stop={stop} round={round} shown={shown} onProof={setShown} />}
        {kind === 'hand-code' && (
          <HandCodeProof
            stop={stop}
            round={round}
            onProof={setShown}
            withoutCode={withoutCode}
            onWithoutCode={setWithoutCode}
          />
        )}
      </section>
      {due > 0 && (
        <div className="money">
          {[true, false].map(one => (
            <button key={String(one)} type="button" aria-pressed={collected === one} onClick={() => setCollected(one)}>
              {one ? words.collected(formatYuan(fen(due))) : words.notCollected}
            </button>
          ))}
        </div>
      )}
      <section className="seen">
        <p>{!isShown ? (isThird ? words.proofFirstCode : words.proofFirst) : words.howIs}</p>
        {seenKinds.map(one => (
          <button
            key={one}
            type="button"
            className={one === 'well' ? 'main' : ''}
            disabled={!isShown}
            onClick={() => finish(one)}
          >
            {words.seen[one]}
          </button>
        ))}
      </section>
    </main>
  )
}

interface ProofProps {
  readonly round: PhoneRound
  readonly stop: PhoneStop
  readonly shown: Proof | null
  readonly onProof: (proof: Proof | null) => void
}

function CodeProof({ round, stop, shown, onProof }: ProofProps) {
  const words = roundWords[useRound(state => state.language)]
  const [isOther, setOther] = useState(false)
  if (shown !== null) return <p className="hint good">{words.codeFound}</p>
  const read = (text: string) => {
    const senior = seniorNamedBy(text)
    const hash = senior === null ? null : proofOf(fromBase64Url(round.key), 'code', stop.stop, senior)
    const fits = hash !== null && checkOf(hash) === stop.checks.code
    setOther(!fits)
    if (fits) onProof({ kind: 'code', hash })
  }
  return (
    <>
      <CodeEye onCode={read} missing={words.noCamera} />
      <p className="hint">{isOther ? words.codeOther : words.codeHint}</p>
    </>
  )
}

function CardProof({ round, stop, shown, onProof }: ProofProps) {
  const words = roundWords[useRound(state => state.language)]
  const [text, setText] = useState('')
  const [isOther, setOther] = useState(false)

  const read = (number: string) => {
    setText(number)
    const uid = uidOf(number)
    // A social-security card is known by the 16 bytes of its card id, any other by its own number.
    const proofs = [uid, `uid:${uid}`].map(card => proofOf(fromBase64Url(round.key), 'card', stop.stop, card))
    const hash = proofs.find(one => stop.checks.cards.includes(checkOf(one)))
    setOther(hash === undefined && [8, 14, 20, 32].includes(uid.length))
    if (hash !== undefined) onProof({ kind: 'card', hash })
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: one reader as long as the way stands on the screen
  useEffect(() => {
    const ending = new AbortController()
    listenForCards(read, ending.signal)
    return () => ending.abort()
  }, [stop.stop])

  if (shown !== null) return <p className="hint good">{words.cardFound}</p>
  return (
    <>
      <p className="hint">{isOther ? words.cardOther : words.cardHint}</p>
      <input
        aria-label={words.cardNumber}
        placeholder={words.cardNumber}
        value={text}
        autoComplete="off"
        onChange={event => read(event.target.value)}
      />
    </>
  )
}

interface HandCodeProps extends Omit<ProofProps, 'shown'> {
  /** Nobody could tell the code: the meal is noted without one, and the till prices it without the subsidy until the province has looked. */
  readonly withoutCode: boolean
  readonly onWithoutCode: (withoutCode: boolean) => void
}

function HandCodeProof({ round, stop, onProof, withoutCode, onWithoutCode }: HandCodeProps) {
  const words = roundWords[useRound(state => state.language)]
  const [digits, setDigits] = useState('')
  const isGood = handCodeIsSound(digits)

  const press = (next: string) => {
    setDigits(next)
    onWithoutCode(false)
    const hash = proofOf(fromBase64Url(round.key), 'hand-code', stop.stop, next)
    onProof(handCodeIsSound(next) ? { kind: 'hand-code', hash } : null)
  }

  const toggleWithout = () => {
    press('')
    onWithoutCode(!withoutCode)
  }
  const typed = isGood ? words.handCodeGood : digits.length === 6 ? words.handCodeSlip : words.handCodeHint

  return (
    <>
      <output className="digits">{digits.padEnd(6, '·')}</output>
      <p className={isGood ? 'hint good' : 'hint'}>{withoutCode ? words.noHandCodeMeans : typed}</p>
      <DigitKeys digits={digits} most={6} clear={words.clearDigits} onDigits={press} />
      <button type="button" className="plain" aria-pressed={withoutCode} onClick={toggleWithout}>
        {words.noHandCode}
      </button>
    </>
  )
}
