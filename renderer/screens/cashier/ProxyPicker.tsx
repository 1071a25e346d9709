import { useEffect, useRef, useState } from 'react'
import type { FoundSenior } from '../../../shared/terminal-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { findSeniors } from '../../state/desk-actions.ts'
import { pickProxy, takeProxyMember, takeProxyName } from '../../state/proxy-desk-actions.ts'
import { surnamesBy } from '../../state/surnames.ts'
import { LetterKeys } from '../LetterKeys.tsx'
import styles from './proxy-picker.module.css'

const letterSigns = [...'ABCDEFGHJKLMNOPQRSTWXYZ']
/** A name has two characters at least, and one letter would list half the roster. */
const leastLetters = 2
const mostLetters = 4
const mostMembers = 4

/** Members of this site whom the letters fit, but for the senior themselves. */
function useMembers(letters: string, senior: string): readonly FoundSenior[] {
  const [found, setFound] = useState<{ letters: string; members: readonly FoundSenior[] }>({ letters: '', members: [] })
  useEffect(() => {
    let wanted = letters.length >= leastLetters
    if (wanted) void findSeniors(letters).then(members => wanted && setFound({ letters, members }))
    return () => {
      wanted = false
    }
  }, [letters])
  if (found.letters !== letters) return []
  return found.members.filter(one => one.senior !== senior && one.numberTail !== null).slice(0, mostMembers)
}

/** Who is to collect, without an input method: a member of this site by their initials, or a family name and how they are addressed. */
export function ProxyPicker({ senior }: { senior: string }) {
  const { words } = useSpeech()
  const [letters, setLetters] = useState('')
  const [surname, setSurname] = useState<string | null>(null)
  const members = useMembers(letters, senior)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    dialog.current?.focus()
  }, [])

  function write(text: string): void {
    setSurname(null)
    setLetters(text.slice(0, mostLetters))
  }

  const titled = surname === null ? [] : [`${surname}先生`, `${surname}女士`]

  function choose(place: number): void {
    const [name, member] = [titled[place], members[place]]
    if (name !== undefined) takeProxyName(name)
    else if (surname === null && member) takeProxyMember(member)
  }

  function press(event: KeyboardEvent): void {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1]
    const letter = /^Key([A-Z])$/.exec(event.code)?.[1]
    if (letter !== undefined && letterSigns.includes(letter)) write(letters + letter)
    else if (digit !== undefined) choose(Number(digit) - 1)
    else if (event.code === 'Backspace') write(letters.slice(0, -1))
    else if (event.code === 'Escape') pickProxy(false)
    else return
    event.preventDefault()
  }

  // On the window: news of the core takes the focus off whatever key has it.
  useEffect(() => {
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })

  return (
    <dialog
      ref={dialog}
      className={styles.picker}
      tabIndex={-1}
      onCancel={event => {
        event.preventDefault()
        pickProxy(false)
      }}
      aria-label={words.proxyPickTitle}
      data-proxy-picker={letters}
    >
      <h2>
        <Icon name="person" size={34} />
        {words.proxyPickTitle}
      </h2>
      <div className={styles.sides}>
        <div>
          <p className={styles.letters} role="status">
            {letters === '' ? words.proxyPickLead : letters}
          </p>
          <LetterKeys text={letters} onText={write} only={letterSigns} short />
        </div>
        <div className={styles.choices}>
          {surname === null ? (
            <>
              <fieldset className={styles.surnames} aria-label={words.proxySurnames}>
                {surnamesBy(letters).map(name => (
                  <Key key={name} onPress={() => setSurname(name)}>
                    {name}
                  </Key>
                ))}
              </fieldset>
              {members.map((one, place) => (
                <Key key={one.senior} onPress={() => choose(place)} cap={String(place + 1)} className={styles.member}>
                  <Icon name="person" size={28} />
                  <span>
                    {one.name}
                    <small>{words.proxyMember(one.numberTail ?? '')}</small>
                  </span>
                </Key>
              ))}
              <p className={styles.hint}>{words.proxyPickHint}</p>
            </>
          ) : (
            titled.map((name, place) => (
              <Key key={name} onPress={() => choose(place)} cap={String(place + 1)} className={styles.title}>
                {name}
              </Key>
            ))
          )}
        </div>
      </div>
      <Key onPress={() => pickProxy(false)} cap="Esc" className={styles.leave}>
        {words.pinCancel}
      </Key>
    </dialog>
  )
}
