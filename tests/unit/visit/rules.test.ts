import { describe, expect, test } from 'vitest'
import { minutesUntil, netMinutes } from '../../../shared/visit/minutes.ts'
import { listFenOf } from '../../../shared/visit/price.ts'
import { hasEnd, mayGive } from '../../../shared/visit/service.ts'
import { codeWindow, judgeStationCode, stationCode, stationCodeText } from '../../../shared/visit/station-code.ts'
import { carerMinutes, type PlacedVisit, placeConflict } from '../../../shared/visit/station-day.ts'
import { minutesSinceLast } from '../../../shared/visit/two-places.ts'

const minute = 60_000
const at = (clock: string) => (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))) * minute
const visit = (
  senior: string,
  by: string,
  from: string,
  until: string | null,
  place = `home:${senior}`,
): PlacedVisit => ({
  ...{ senior, place, from: at(from), until: until === null ? null : at(until), minutes: null, isStay: false },
  carers: [{ carer: by, from: at(from), until: until === null ? null : at(until) }],
})

describe('the minutes of a visit', () => {
  test('are whole, and without its pauses', () => {
    expect(netMinutes(at('08:00'), at('08:41') + 59_000, [])).toBe(41)
    expect(netMinutes(at('08:00'), at('09:00'), [{ from: at('08:10'), until: at('08:25') }])).toBe(45)
  })

  test('count a pause that is still open until the end, and one that overlaps another once', () => {
    expect(netMinutes(at('08:00'), at('09:00'), [{ from: at('08:50'), until: null }])).toBe(50)
    const twice = [
      { from: at('08:10'), until: at('08:30') },
      { from: at('08:20'), until: at('08:40') },
    ]
    expect(netMinutes(at('08:00'), at('09:00'), twice)).toBe(30)
  })

  test('go over midnight where the end is not after the beginning', () => {
    expect([minutesUntil(600, 645), minutesUntil(1430, 15), minutesUntil(600, 600)]).toEqual([45, 25, 1440])
  })

  test('are none where the clock was set back', () => {
    expect(netMinutes(at('09:00'), at('08:00'), [])).toBe(0)
  })
})

describe('nobody is in two places', () => {
  const chen = visit('chen', 'wu', '08:00', '09:00')

  test('a carer is not with two seniors at once', () => {
    expect(placeConflict(visit('wang', 'wu', '08:30', null), [chen], 10)).toMatchObject({
      conflict: 'carer',
      with: chen,
    })
    expect(placeConflict(visit('wang', 'xu', '08:30', null), [chen], 10)).toBeNull()
  })

  test('a senior is not in two visits at once, whoever gives them', () => {
    expect(placeConflict(visit('chen', 'xu', '08:59', null), [chen], 10)).toMatchObject({ conflict: 'senior' })
  })

  test('a carer needs the time of the way to another place, and none at the same one', () => {
    expect(placeConflict(visit('wang', 'wu', '09:04', null), [chen], 10)).toEqual({ conflict: 'way', minutes: 6 })
    expect(placeConflict(visit('wang', 'wu', '09:10', null), [chen], 10)).toBeNull()
    const [first, second] = [
      visit('chen', 'wu', '08:00', '09:00', 'station'),
      visit('wang', 'wu', '09:00', null, 'station'),
    ]
    expect(placeConflict(second, [first], 10)).toBeNull()
  })

  test('a visit that is entered late leaves the way to the next one too', () => {
    const late = visit('wang', 'wu', '07:00', '07:55')
    expect(placeConflict(late, [chen], 10)).toEqual({ conflict: 'way', minutes: 5 })
  })

  test('of a visit that two gave, each is bound for their own part', () => {
    const shared: PlacedVisit = {
      ...chen,
      carers: [
        { carer: 'wu', from: at('08:00'), until: at('08:20') },
        { carer: 'xu', from: at('08:20'), until: at('09:00') },
      ],
    }
    expect(placeConflict(visit('wang', 'wu', '08:30', null), [shared], 10)).toBeNull()
    expect(placeConflict(visit('wang', 'xu', '08:30', null), [shared], 10)).toMatchObject({ conflict: 'carer' })
    expect(carerMinutes('wu', [shared], at('12:00'))).toBe(20)
  })

  test('whoever is here for the day can be served here, and not at home', () => {
    const stay = { ...visit('chen', 'wu', '08:00', null, 'station'), isStay: true }
    expect(placeConflict(visit('chen', 'wu', '09:00', null, 'station'), [stay], 10)).toBeNull()
    expect(placeConflict(visit('chen', 'wu', '09:00', null), [stay], 10)).toMatchObject({ conflict: 'senior' })
  })

  test('nobody is here for the day twice at once', () => {
    const stay = { ...visit('chen', 'wu', '08:00', null, 'station'), isStay: true }
    const again = { ...visit('chen', 'xu', '08:05', null, 'station'), isStay: true }
    expect(placeConflict(again, [stay], 10)).toMatchObject({ conflict: 'senior', with: stay })
  })

  test('minutes since the visit before are told, and none where there was none', () => {
    expect(minutesSinceLast(at('09:25'), [chen])).toBe(25)
    expect(minutesSinceLast(at('07:25'), [chen])).toBeNull()
  })
})

describe('what a service costs', () => {
  test('is the price of the visit, or of each begun part of it', () => {
    expect(listFenOf({ fen: 12000 }, { minutes: 41, endedEarly: false })).toBe(12000)
    const hourly = { fen: 4000, perMinutes: 60 }
    expect([0, 1, 60, 61].map(minutes => listFenOf(hourly, { minutes, endedEarly: false }))).toEqual([
      ...[4000, 4000, 4000, 8000],
    ])
  })

  test('is nothing where it ended before its time', () => {
    expect(listFenOf({ fen: 12000 }, { minutes: 9, endedEarly: true })).toBe(0)
  })
})

test('who may give what is the catalogue’s to say', () => {
  expect(mayGive({ givers: ['nurse'] }, { role: 'nurse' })).toBe(true)
  expect(mayGive({ givers: ['nurse'] }, { role: 'carer' })).toBe(false)
})

test('without money only a stay has an end', () => {
  expect(hasEnd({ kind: 'day-care', price: null })).toBe(true)
  expect(hasEnd({ kind: 'doctor', price: null })).toBe(false)
  expect(hasEnd({ kind: 'doctor', price: { fen: 1, packs: [{ pack: 'P', service: 's' }] } })).toBe(true)
})

describe("a station's code", () => {
  const siteKey = new Uint8Array(32).fill(7)
  const now = Date.parse('2026-11-25T01:00:30Z')
  const here = { siteKey, terminal: 'till-1', now }
  const shownAt = (when: number) => stationCode(siteKey, 'till-1', Math.floor(when / codeWindow))

  test('is six digits that change each minute, with the terminal', () => {
    expect(shownAt(now)).toMatch(/^\d{6}$/)
    expect(shownAt(now + codeWindow)).not.toBe(shownAt(now))
    expect(stationCode(siteKey, 'till-2', Math.floor(now / codeWindow))).not.toBe(shownAt(now))
  })

  test('counts in its minute and one before and after, typed or as the square code says it', () => {
    for (const when of [now - codeWindow, now, now + codeWindow])
      expect(judgeStationCode(shownAt(when), here, []).verdict).toBe('fresh')
    expect(judgeStationCode(stationCodeText('till-1', shownAt(now)), here, []).verdict).toBe('fresh')
  })

  test('one that is stale, used, of another station or a slip of the finger is told apart', () => {
    expect(judgeStationCode(shownAt(now - 5 * codeWindow), here, []).verdict).toBe('stale')
    expect(judgeStationCode(shownAt(now), here, [Math.floor(now / codeWindow)]).verdict).toBe('used')
    expect(judgeStationCode(stationCodeText('till-2', shownAt(now)), here, []).verdict).toBe('elsewhere')
    expect(judgeStationCode('12345', here, []).verdict).toBe('unknown')
  })
})
