import { expect, test } from 'vitest'
import { en } from '../../../renderer/i18n/en.ts'
import { fill, problems } from '../../../shared/problems.ts'

/* Nobody reads "1 meals": every English text with a number in it also has words for one. */

/** Words that may stand behind a number for one: verbs, and few others that end in s. */
const notMany = 'begins|comes|does|goes|has|is|less|matches|ms|needs|reads|starts|this|waits|was'
const oneOfMany = new RegExp(`(?<![\\dA-Z.,–-])1 (?:people|(?!(?:${notMany})\\b)[a-z]+s)\\b`)

/** Every text of a catalogue, where it takes values with 1 in each of them. */
function textsWithOne(table: object, path = ''): [string, string][] {
  return Object.entries(table).flatMap(([name, value]): [string, string][] => {
    const here = `${path}${name}`
    if (typeof value === 'function') {
      const text: unknown = Reflect.apply(value, undefined, Array(value.length).fill(1))
      return [[here, String(text)]]
    }
    return typeof value === 'object' && value !== null ? textsWithOne(value, `${here}.`) : [[here, String(value)]]
  })
}

test('no text of the pages says one of many', () => {
  expect(textsWithOne(en).length).toBeGreaterThan(900)
  expect(textsWithOne(en).filter(([, text]) => oneOfMany.test(text))).toEqual([])
})

test('no problem says one of many', () => {
  const one = new Proxy({}, { get: () => 1 })
  const said = Object.entries(problems).flatMap(([code, { staff, next, senior }]) =>
    [staff.en, next.en, ...(senior ? [senior.en] : [])].map((text): [string, string] => [code, fill(text, one)]),
  )
  expect(said.length).toBeGreaterThan(300)
  expect(said.filter(([, text]) => oneOfMany.test(text))).toEqual([])
})
