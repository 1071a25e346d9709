import { type ReactNode, useState } from 'react'
import { carerAnswerText } from '../../shared/visit/carer-answer.ts'
import type { CarerKey } from '../../shared/visit/carer-link.ts'
import { CodeEye } from '../phone/CodeEye.tsx'
import { DigitKeys } from '../phone/DigitKeys.tsx'
import { HeldUpCode } from '../phone/HeldUpCode.tsx'
import { chooseTerminal, leaveLink, lookAgain, read, speakAs, typed, typeInstead, useCarer } from './carer-store.ts'
import { carerWords } from './words.ts'

const useWords = () => carerWords[useCarer(state => state.language)]
const codeLength = 6

/** The carer's page: reads the code of a station, and shows what this carer's phone answers to it. */
export function Carer() {
  const { phase, screen, answer, keys } = useCarer()
  if (phase !== 'open') return <Waiting />
  if (answer !== null) return <Answer of={answer.of} text={answer.text} />
  return screen === 'type' ? <Typing keys={keys} /> : <Looking keys={keys} />
}

function Bar({ children }: { children?: ReactNode }) {
  const words = useWords()
  const language = useCarer(state => state.language)
  return (
    <header className="bar">
      <b>{words.title}</b>
      {children}
      <button type="button" className="plain" onClick={() => speakAs(language === 'zh' ? 'en' : 'zh')}>
        {words.otherLanguage}
      </button>
    </header>
  )
}

function Back() {
  const words = useWords()
  return (
    <button type="button" className="plain" onClick={lookAgain}>
      {words.back}
    </button>
  )
}

function Waiting() {
  const words = useWords()
  const { phase, keys } = useCarer()
  const said = {
    opening: [words.opening, ''],
    open: [words.opening, ''],
    none: [words.none, words.noneNext],
    'not-whole': [words.notWhole, words.notWholeNext],
    'not-kept': [words.notKept, ''],
  }[phase]
  return (
    <main className="screen" data-screen={phase}>
      <Bar />
      <section className="middle">
        <h1>{said[0]}</h1>
        {said[1] !== '' && <p>{said[1]}</p>}
        {phase === 'not-whole' && keys.length > 0 && (
          <button type="button" className="main" onClick={leaveLink}>
            {words.goOn}
          </button>
        )}
      </section>
    </main>
  )
}

/** Whose phone this is, and where. */
function Who({ keys }: { keys: readonly CarerKey[] }) {
  const unlike = (texts: readonly string[]) => [...new Set(texts)].join('、')
  return (
    <p className="who">
      <b>{unlike(keys.map(({ carerName }) => carerName))}</b> · {unlike(keys.map(({ siteName }) => siteName))}
    </p>
  )
}

function Looking({ keys }: { keys: readonly CarerKey[] }) {
  const words = useWords()
  const misread = useCarer(state => state.misread)
  return (
    <main className="screen" data-screen="look">
      <Bar />
      <Who keys={keys} />
      <CodeEye onCode={read} missing={words.noCamera} />
      <div>
        <h1 className="hint">{words.look}</h1>
        <p className="hint">{words.lookNext}</p>
      </div>
      {misread !== null && (
        <p className="misread" role="status">
          {words[misread]}
        </p>
      )}
      <div className="keys">
        <button type="button" onClick={typeInstead}>
          {words.type}
        </button>
      </div>
    </main>
  )
}

function Typing({ keys }: { keys: readonly CarerKey[] }) {
  const words = useWords()
  const terminal = useCarer(state => state.terminal)
  const [digits, setDigits] = useState('')
  const of = keys.length === 1 ? keys[0] : keys.find(one => one.terminal === terminal)
  if (of === undefined)
    return (
      <main className="screen" data-screen="where">
        <Bar>
          <Back />
        </Bar>
        <section className="middle">
          <h1>{words.where}</h1>
          <div className="wheres">
            {keys.map(one => (
              <button key={one.terminal} type="button" onClick={() => chooseTerminal(one.terminal)}>
                {one.siteName}
                <small>{one.terminal}</small>
              </button>
            ))}
          </div>
        </section>
      </main>
    )
  return (
    <main className="screen" data-screen="type">
      <Bar>
        <Back />
      </Bar>
      <Who keys={[of]} />
      <section className="middle">
        <h1>{words.typeNow}</h1>
        <output className="digits">{digits.padEnd(codeLength, '·')}</output>
      </section>
      <DigitKeys
        digits={digits}
        most={codeLength}
        clear={words.clear}
        onDigits={next => (next.length === codeLength ? typed(of, next) : setDigits(next))}
      />
    </main>
  )
}

function Answer({ of, text }: { of: CarerKey; text: string }) {
  const words = useWords()
  const code = carerAnswerText(of.carer, text)
  return (
    <main className="screen codes" data-screen="answer" data-code={code} data-answer={text}>
      <Bar />
      <Who keys={[of]} />
      <HeldUpCode text={code} label={words.answerLabel} />
      <h1>
        <small className="hint">{words.answer}</small>
        <div className="answer">{text.replace(/(\d{4})(?=\d)/, '$1 ')}</div>
      </h1>
      <p>{words.answerNext}</p>
      <p>{words.answerOnce}</p>
      <div className="keys">
        <button type="button" className="main" onClick={lookAgain}>
          {words.again}
        </button>
      </div>
    </main>
  )
}
