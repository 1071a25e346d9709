import { describe, expect, test } from 'vitest'
import { createRoster } from '../../../electron/core/store/roster.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { businessDate } from '../../../shared/business-day.ts'
import { seniorId } from '../../../shared/ids.ts'
import { rosterEntry } from '../../../shared/senior.ts'
import { bytesOf, openStore, tempFolder } from './store-kit.ts'

const vault = createVault(new Uint8Array(32).fill(3))
const idOf = (digit: string) => seniorId.parse(digit.repeat(32))
const cardOf = (digit: string) => digit.repeat(32)
const [chen, wang] = [idOf('1'), idOf('2')]

const full = (id: string, name: string, more: object = {}) =>
  rosterEntry.parse({
    kind: 'full',
    id,
    name,
    sex: 'female',
    person: { birthDate: '1944-03-02', categories: [{ id: 'tekun' }], household: { city: '禾光市' } },
    home: true,
    cards: [],
    codesSince: 0,
    ...more,
  })
const thin = (id: string, cards: string[] = []) => rosterEntry.parse({ kind: 'thin', id, cards, codesSince: 0 })
const gone = (id: string) => rosterEntry.parse({ kind: 'gone', id })

function newRoster() {
  const dataDir = tempFolder()
  const { db } = openStore(dataDir)
  return { dataDir, db, roster: createRoster(db, vault) }
}

describe('a senior', () => {
  test('in full is found by id and by each card', () => {
    const { roster } = newRoster()
    const entry = full(chen, '陈淑芬', { cards: [cardOf('A'), cardOf('B')] })
    roster.apply([entry])
    expect([roster.bySenior(chen), roster.byCard(cardOf('A')), roster.byCard(cardOf('B'))]).toEqual([
      entry,
      entry,
      entry,
    ])
  })

  test('that nobody sent is not known, nor is their card', () => {
    const { roster } = newRoster()
    expect([roster.bySenior(chen), roster.byCard(cardOf('A'))]).toEqual([null, null])
  })

  test('becomes thin and keeps no name here, and full again', () => {
    const { roster } = newRoster()
    roster.apply([full(chen, '陈淑芬', { cards: [cardOf('A')] })])
    roster.apply([thin(chen, [cardOf('A')])])
    expect(roster.byCard(cardOf('A'))).toEqual(thin(chen, [cardOf('A')]))
    roster.apply([full(chen, '陈淑芬')])
    expect(roster.bySenior(chen)).toMatchObject({ kind: 'full', name: '陈淑芬' })
  })

  test('who is gone is not known any more, by id or by card', () => {
    const { roster, db } = newRoster()
    roster.apply([full(chen, '陈淑芬', { cards: [cardOf('A')] }), gone(chen)])
    expect([roster.bySenior(chen), roster.byCard(cardOf('A'))]).toEqual([null, null])
    expect(db.prepare('SELECT (SELECT count(*) FROM roster) + (SELECT count(*) FROM roster_card) AS n').get()).toEqual({
      n: 0,
    })
  })

  test('counts as a member where the site is their home', () => {
    const { roster } = newRoster()
    roster.apply([full(chen, '陈淑芬'), full(wang, '王秀英', { home: false }), thin(idOf('3'))])
    expect(roster.members()).toBe(1)
    roster.apply([gone(chen)])
    expect(roster.members()).toBe(0)
  })
})

describe('a card', () => {
  test('that a senior no longer has is nobody’s', () => {
    const { roster } = newRoster()
    roster.apply([full(chen, '陈淑芬', { cards: [cardOf('A')] }), full(chen, '陈淑芬', { cards: [cardOf('B')] })])
    expect([roster.byCard(cardOf('A')), roster.byCard(cardOf('B'))?.id]).toEqual([null, chen])
  })

  test('moves to another senior, and stays there when the one before is sent again without it', () => {
    const { roster } = newRoster()
    roster.apply([full(chen, '陈淑芬', { cards: [cardOf('A')] }), full(wang, '王秀英', { cards: [cardOf('A')] })])
    expect(roster.byCard(cardOf('A'))?.id).toBe(wang)
    roster.apply([full(chen, '陈淑芬')])
    expect(roster.byCard(cardOf('A'))?.id).toBe(wang)
    roster.apply([gone(chen)])
    expect(roster.byCard(cardOf('A'))?.id).toBe(wang)
  })

  test('that was lost says so until it is found, whoever has it', () => {
    const { roster } = newRoster()
    const lost = (is: boolean) => roster.revoke([{ kind: 'card', card: cardOf('A'), lost: is }])
    expect(roster.cardIsLost(cardOf('A'))).toBe(false)
    lost(true)
    lost(true)
    roster.apply([full(chen, '陈淑芬', { cards: [cardOf('A')] })])
    expect([roster.cardIsLost(cardOf('A')), roster.cardIsLost(cardOf('B'))]).toEqual([true, false])
    lost(false)
    expect(roster.cardIsLost(cardOf('A'))).toBe(false)
  })
})

describe('a search', () => {
  test('finds members and visitors by name, initials and last digits, and nobody who is thin', () => {
    const { roster } = newRoster()
    roster.apply([
      full(chen, '陈淑芬', { numberTail: '307X' }),
      full(wang, '王秀英', { home: false, visitorUntil: '2027-02-18' }),
      full(idOf('3'), '陈大文', { home: false }),
      thin(idOf('4')),
    ])
    const found = (text: string) => roster.find(text, 9).map(({ id }) => id)
    expect([found('陈'), found('wxy'), found('07x'), found('')]).toEqual([[chen], [wang], [chen], []])
  })

  test('knows at once who came, changed and went', () => {
    const { roster } = newRoster()
    roster.apply([full(chen, '陈淑芬')])
    expect(roster.find('csf', 9)).toHaveLength(1)
    roster.apply([full(chen, '程淑芳'), full(wang, '王秀英')])
    expect([roster.find('csf', 9)[0]?.name, roster.find('w', 9)[0]?.name]).toEqual(['程淑芳', '王秀英'])
    roster.apply([gone(chen)])
    expect(roster.find('csf', 9)).toEqual([])
  })

  test('gives no more than it is asked for', () => {
    const { roster } = newRoster()
    roster.apply(['1', '2', '3', '4'].map(digit => full(idOf(digit), '陈淑芬')))
    expect(roster.find('陈', 3)).toHaveLength(3)
  })
})

describe('a card that staff bind', () => {
  test('is the senior’s at once, beside those they had', () => {
    const { roster } = newRoster()
    roster.apply([full(chen, '陈淑芬', { cards: [cardOf('A')] })])
    roster.bind(chen, 'uid:04A1B2C3D4')
    roster.bind(chen, 'uid:04A1B2C3D4')
    expect(roster.byCard('uid:04A1B2C3D4')).toMatchObject({ id: chen, cards: [cardOf('A'), 'uid:04A1B2C3D4'] })
    expect(roster.byCard(cardOf('A'))?.id).toBe(chen)
  })

  test('has a handle that does not tell the card', () => {
    const { roster } = newRoster()
    expect(roster.handleOf(cardOf('A'))).not.toBe(roster.handleOf(cardOf('B')))
    expect(roster.handleOf(cardOf('A'))).not.toContain('AAAA')
  })
})

test('a visitor is held in full until their day, and by no more than ids after it', () => {
  const { roster } = newRoster()
  const visitor = full(wang, '王秀英', { home: false, cards: [cardOf('A')], visitorUntil: '2027-02-18' })
  roster.apply([full(chen, '陈淑芬'), visitor])
  roster.forgetVisitors(businessDate.parse('2027-02-18'))
  expect(roster.bySenior(wang)).toEqual(visitor)
  roster.forgetVisitors(businessDate.parse('2027-02-19'))
  expect(roster.bySenior(wang)).toEqual(thin(wang, [cardOf('A')]))
  expect(roster.bySenior(chen)).toMatchObject({ name: '陈淑芬' })
})

test('codes of a senior are revoked up to the latest time that was ever said', () => {
  const { roster } = newRoster()
  expect(roster.codesRevokedBefore(chen)).toBe(0)
  for (const before of [500, 900, 700]) roster.revoke([{ kind: 'codes', senior: chen, before }])
  expect([roster.codesRevokedBefore(chen), roster.codesRevokedBefore(wang)]).toEqual([900, 0])
})

test('a row whose content was moved to another person does not open', () => {
  const { roster, db } = newRoster()
  roster.apply([full(chen, '陈淑芬'), full(wang, '王秀英')])
  db.exec('UPDATE roster SET body = (SELECT body FROM roster ORDER BY senior LIMIT 1)')
  const read = (id: typeof chen) => {
    try {
      return roster.bySenior(id)?.id
    } catch {
      return 'closed'
    }
  }
  expect([read(chen), read(wang)].sort()).toContain('closed')
  expect([read(chen), read(wang)]).not.toEqual([chen, wang])
})

test('the files hold no name, birth date, category, card or id in plain', () => {
  const { roster, dataDir } = newRoster()
  roster.apply([full(chen, '陈淑芬', { cards: [cardOf('A')] })])
  roster.revoke([{ kind: 'card', card: cardOf('A'), lost: true }])
  const bytes = bytesOf(dataDir)
  const plain = ['陈淑芬', '1944-03-02', 'tekun', '禾光市', cardOf('A'), chen].filter(text => bytes.includes(text))
  expect(plain).toEqual([])
})
