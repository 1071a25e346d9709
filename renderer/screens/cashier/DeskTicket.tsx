import { useEffect, useRef, useState } from 'react'
import type { DeskView, FoundSenior } from '../../../shared/terminal-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { Cap, Key } from '../../design/Key.tsx'
import { Portrait } from '../../design/Portrait.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { sayNotice } from '../../i18n/words.ts'
import { dismiss } from '../../state/cashier-actions.ts'
import { useCashier } from '../../state/cashier-store.ts'
import {
  askProvinceByName,
  askToUnbind,
  cardToUnbind,
  chooseSenior,
  findSeniors,
  keepCard,
  nameQuestion,
  switchCard,
} from '../../state/desk-actions.ts'
import { openProxyDesk, proxyDeskOf } from '../../state/proxy-desk-actions.ts'
import { openStatement } from '../../state/statement-actions.ts'
import styles from './desk-ticket.module.css'
import { ProxyDesk } from './ProxyDesk.tsx'

type Person = NonNullable<DeskView['person']>

/** What the search brought, and whether it is for the present text yet: until then no key may choose from it. */
function useFound(text: string): { found: readonly FoundSenior[]; settled: boolean } {
  const [answer, setAnswer] = useState<{ text: string; found: readonly FoundSenior[] }>({ text: '', found: [] })
  useEffect(() => {
    let wanted = true
    void findSeniors(text).then(found => wanted && setAnswer({ text, found }))
    return () => {
      wanted = false
    }
  }, [text])
  return { found: answer.found, settled: answer.text === text }
}

function Result({ found, onChoose }: { found: FoundSenior; onChoose: () => void }) {
  const { words } = useSpeech()
  return (
    <li>
      <Key onPress={onChoose} className={styles.result}>
        <span className={styles.portrait}>
          <Portrait sex={found.sex} />
        </span>
        <strong>{found.name}</strong>
        <span className={styles.facts}>
          <span>{words.born(found.birthYear)}</span>
          {found.numberTail && <span>{words.numberTail(found.numberTail)}</span>}
        </span>
      </Key>
    </li>
  )
}

/** @param person who is chosen: the keys are then for them, not for the search */
function Search({ person }: { person: string | null }) {
  const { words } = useSpeech()
  const text = useCashier(state => state.deskText)
  const { found, settled } = useFound(text)
  const input = useRef<HTMLInputElement>(null)
  const question = nameQuestion(text)
  useEffect(() => {
    if (person === null) input.current?.focus()
    else input.current?.blur()
  }, [person])

  function leave(): void {
    useCashier.setState({ deskText: '' })
    input.current?.blur()
  }
  function choose(senior: string): void {
    leave()
    chooseSenior(senior)
  }
  function ask(): void {
    if (question) askProvinceByName(question)
    leave()
  }
  function onKey(event: React.KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    const [first] = found
    if (event.key === 'Escape') {
      if (text === '') dismiss()
      leave()
    } else if (event.key === 'Enter') {
      if (settled && first) choose(first.senior)
      else if (settled) ask()
    } else if (event.key === 'ArrowDown') document.querySelector<HTMLButtonElement>('[data-found] button')?.focus()
    else return
    event.preventDefault()
  }

  return (
    <>
      <label className={styles.search}>
        <Icon name="find" size={34} />
        <input
          ref={input}
          value={text}
          onChange={event => useCashier.setState({ deskText: event.target.value })}
          onKeyDown={onKey}
          placeholder={words.deskSearch}
          aria-label={words.deskSearch}
          autoComplete="off"
          spellCheck={false}
          data-desk-search
        />
        <Cap>/</Cap>
      </label>
      {text.trim() !== '' && (
        <ul className={styles.results} data-found>
          {found.map(one => (
            <Result key={one.senior} found={one} onChoose={() => choose(one.senior)} />
          ))}
          {settled && found.length === 0 && (
            <li className={styles.nobody}>
              <p>{words.deskNobody}</p>
              {question ? (
                <Key onPress={ask} className={styles.ask}>
                  <Icon name="cloud" />
                  {words.deskAskName(`${question.name} ${question.numberTail}`)}
                </Key>
              ) : (
                <p>{words.deskAskNeeds}</p>
              )}
            </li>
          )}
        </ul>
      )}
    </>
  )
}

function Cards({ desk, person }: { desk: DeskView; person: Person }) {
  const { words } = useSpeech()
  const unbinding = useCashier(state => cardToUnbind(desk, state.unbinding))
  const first = person.cards.find(card => card.bound)
  // A question about one person's card is not carried to the next person.
  useEffect(() => keepCard, [])
  return (
    <section className={styles.cards}>
      <h3>{words.cards}</h3>
      {person.cards.length === 0 && <p>{words.noCards}</p>}
      {person.cards.slice(0, 9).map((card, place) => (
        <div
          key={card.handle}
          className={classes(styles.card, card === unbinding && styles.asked)}
          data-card={card.tail}
        >
          <Icon name="card" size={28} />
          <span className={styles.what}>
            {words.cardTail(card.tail)}
            <small className={classes(styles.state, card.lost && styles.lost)}>
              {card.lost ? words.cardIsLost : words.cardGood}
            </small>
          </span>
          <Key onPress={() => switchCard(desk, place)} cap={String(place + 1)} className={styles.switch}>
            {card.lost ? words.reportFound : words.reportLost}
          </Key>
          {card.bound && (
            <Key
              onPress={() => askToUnbind(card.handle)}
              {...(card === first ? { cap: 'U' } : {})}
              className={styles.switch}
            >
              {words.unbind}
            </Key>
          )}
        </div>
      ))}
    </section>
  )
}

function Chosen({ desk, person }: { desk: DeskView; person: Person }) {
  const { words } = useSpeech()
  const pin = { none: words.pinNone, set: words.pinSet, locked: words.pinLocked }[person.pin]
  return (
    <div className={styles.person} data-desk-person={person.senior}>
      <div className={styles.top}>
        <div className={styles.picture}>
          <Portrait sex={person.sex} />
        </div>
        <div>
          <h2 className={styles.name}>
            {person.name} <small>{words.age(person.age)}</small>
          </h2>
          <p>
            {[person.numberTail && words.numberTail(person.numberTail), person.means && words[person.means]]
              .filter(part => part !== null)
              .join(' · ')}
          </p>
          {!person.home && <p>{words.otherHome}</p>}
          <p className={styles.compare}>
            <Icon name="person" size={20} />
            {words.compareFirst}
          </p>
        </div>
      </div>
      <Cards key={person.senior} desk={desk} person={person} />
      <p className={styles.proxies}>
        <Icon name="person" size={28} />
        <span>{words.proxyKey}</span>
        <small className={styles.state}>{words.proxyCount(person.proxies.length)}</small>
        <Key onPress={() => openProxyDesk(desk)} cap="G" className={styles.switch}>
          {words.proxyOpen}
        </Key>
      </p>
      <p className={styles.pin}>
        <Icon name="key" size={28} />
        <span>{words.pin}</span>
        <small className={styles.state} data-pin={person.pin}>
          {pin}
        </small>
        <Key onPress={() => openStatement(desk)} cap="M" className={styles.switch}>
          {words.statementKey}
        </Key>
      </p>
    </div>
  )
}

/** Whose card or PIN it is about: staff look for the person, or the person presents another means. */
export function DeskTicket({ desk }: { desk: DeskView }) {
  const proxies = useCashier(state => proxyDeskOf(desk, state.proxyDesk) !== null)
  return proxies && desk.person ? <ProxyDesk view={desk} person={desk.person} /> : <DeskItself desk={desk} />
}

function DeskItself({ desk }: { desk: DeskView }) {
  const { words, language } = useSpeech()
  const searching = useCashier(state => state.deskText.trim() !== '')
  const told = desk.notice && sayNotice(desk.notice, language)
  return (
    <section className={styles.ticket} data-desk>
      <h2 className={styles.title}>{words.desk}</h2>
      {desk.card && (
        <p className={styles.waits} data-card-waits>
          <Icon name="card" size={34} />
          <span>
            <strong>{words.cardWaits(desk.card.tail)}</strong>
            {!desk.person && <small>{words.cardWaitsLead}</small>}
          </span>
        </p>
      )}
      {told && (
        <p className={styles.notice} role="status" data-desk-notice={desk.notice?.code}>
          <Icon name="info" size={28} />
          <span>
            <strong>{told.what}</strong>
            <small>{told.next}</small>
          </span>
        </p>
      )}
      <Search person={desk.person?.senior ?? null} />
      {!searching && desk.person && <Chosen desk={desk} person={desk.person} />}
      {!searching && !desk.person && (
        <p className={styles.lead}>
          <strong>{words.deskWho}</strong>
          {words.deskLead}
        </p>
      )}
    </section>
  )
}
