import { useState } from 'react'
import type { SimulatedPerson } from '../../../shared/terminal-api.ts'
import { Icon } from '../../design/Icon.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { openDrawer, present } from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'
import styles from './simulator-drawer.module.css'

/** Rows drawn at once: a finder does the rest. */
const SHOWN = 60

function Person({ person }: { person: SimulatedPerson }) {
  const { words, say } = useSpeech()
  return (
    <li className={styles.person} data-senior={person.senior}>
      <p>
        <strong>{person.name}</strong> {words.age(person.age)}
        <small>{say(person.note)}</small>
      </p>
      <div className={styles.means}>
        <button type="button" disabled={!person.hasCard} onClick={() => present(person, 'card')}>
          {person.hasCard ? words.presentCard : words.noCard}
        </button>
        <button type="button" onClick={() => present(person, 'dynamic-code')}>
          {words.presentDynamic}
        </button>
        <button type="button" onClick={() => present(person, 'paper-code')}>
          {words.presentPaper}
        </button>
      </div>
    </li>
  )
}

/** Text in columns as on paper, where a Chinese character takes two. */
function cellsOf(text: string) {
  return [...text.matchAll(/[\n -~]+|[^\n -~]/gu)].map(({ 0: letters, index }) =>
    letters <= '~' ? letters : <i key={index}>{letters}</i>,
  )
}

/** What the simulated printer printed last, as it would stand on its paper. */
function LastSlip() {
  const { words } = useSpeech()
  const printer = useCashier(state => state.terminal?.printer)
  if (!printer?.simulated) return null
  return (
    <details className={styles.slip} data-last-slip>
      <summary>
        <Icon name="printer" />
        {words.lastSlip}
      </summary>
      <pre>{cellsOf(printer.lastSlip?.join('\n') ?? words.noSlipYet)}</pre>
    </details>
  )
}

/** Demo only: plays the seniors. It speaks to the simulated devices, so a sale takes the same way as a real one. */
export function SimulatorDrawer() {
  const { words } = useSpeech()
  const people = useCashier(state => state.people)
  const [wanted, setWanted] = useState('')
  const found = people.filter(person => person.name.includes(wanted.trim())).slice(0, SHOWN)
  const address = new URL('customer.html', location.href).href
  return (
    <aside className={styles.drawer} data-leaves-entry data-drawer>
      <header className={styles.head}>
        <Icon name="tools" />
        <h2>{words.simulatorTitle}</h2>
        <button type="button" onClick={() => void openDrawer(false)}>
          {words.simulatorClose}
        </button>
      </header>
      <p className={styles.lead}>{words.simulatorLead}</p>
      <input
        className={styles.find}
        value={wanted}
        onChange={event => setWanted(event.target.value)}
        placeholder={words.simulatorFind}
        aria-label={words.simulatorFind}
      />
      <ul className={styles.people}>
        {found.map(person => (
          <Person key={person.senior} person={person} />
        ))}
        {found.length === 0 && people.length > 0 && <li className={styles.nobody}>{words.simulatorNobody}</li>}
      </ul>
      <LastSlip />
      <p className={styles.address}>
        {words.customerAddress}
        {window.terminalHost ? (
          <span>{address}</span>
        ) : (
          <a href={address} target="_blank" rel="noreferrer">
            {address}
          </a>
        )}
      </p>
    </aside>
  )
}
