import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { FoundSenior } from '../../../shared/terminal-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { Cap, Key } from '../../design/Key.tsx'
import { Portrait } from '../../design/Portrait.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { findSeniors } from '../../state/desk-actions.ts'
import { LetterKeys } from '../LetterKeys.tsx'
import styles from './afterwards.module.css'

/** Finds a member by name, initials or last digits; Enter takes the first once the search is through. */
export function PersonSearch({ onChoose, label }: { onChoose: (senior: FoundSenior) => void; label: string }) {
  const { words } = useSpeech()
  const [text, setText] = useState('')
  const [answer, setAnswer] = useState<{ text: string; found: readonly FoundSenior[] }>({ text: '', found: [] })
  const [lettersOpen, setLettersOpen] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  /** Enter was pressed before the answer to what is written here came. */
  const entered = useRef('')

  function choose(senior: FoundSenior): void {
    entered.current = ''
    setText('')
    setLettersOpen(false)
    input.current?.blur()
    onChoose(senior)
  }

  const chooseEntered = useEffectEvent((found: readonly FoundSenior[]) => {
    const [first] = found
    if (first && entered.current === text && text !== '') choose(first)
  })
  useEffect(() => {
    let wanted = true
    void findSeniors(text).then(found => {
      if (!wanted) return
      setAnswer({ text, found })
      chooseEntered(found)
    })
    return () => {
      wanted = false
    }
  }, [text])
  function onKey(event: React.KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    const [first] = answer.found
    if (event.key === 'Escape') {
      setText('')
      input.current?.blur()
    } else if (event.key === 'Enter') {
      // What stands in the field may be newer than what was drawn last.
      const written = input.current?.value ?? text
      if (answer.text === written && first) choose(first)
      else entered.current = written
    } else if (event.key === 'ArrowDown') document.querySelector<HTMLButtonElement>('[data-sale-found] button')?.focus()
    else return
    event.preventDefault()
  }

  return (
    <div className={styles.searching}>
      <div className={styles.searchRow}>
        <label className={styles.search}>
          <Icon name="find" size={34} />
          <input
            ref={input}
            value={text}
            onChange={event => setText(event.target.value)}
            onKeyDown={onKey}
            placeholder={label}
            aria-label={label}
            autoComplete="off"
            spellCheck={false}
            data-sale-search
          />
          <Cap>/</Cap>
        </label>
        <Key onPress={() => setLettersOpen(!lettersOpen)} pressed={lettersOpen} className={styles.letters}>
          {words.letters}
        </Key>
      </div>
      {lettersOpen && (
        <div className={styles.letterPad}>
          <LetterKeys text={text} onText={setText} />
        </div>
      )}
      {text.trim() !== '' && (
        <ul className={styles.found} data-sale-found>
          {answer.found.slice(0, 5).map(senior => (
            <li key={senior.senior}>
              <Key onPress={() => choose(senior)} className={styles.person}>
                <span className={styles.portrait}>
                  <Portrait sex={senior.sex} />
                </span>
                <strong>{senior.name}</strong>
                <small>{words.born(senior.birthYear)}</small>
                {senior.numberTail && <small>{words.numberTail(senior.numberTail)}</small>}
              </Key>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
