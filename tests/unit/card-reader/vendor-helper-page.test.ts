import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../../electron/core/config.ts'
import { cardFromItems } from '../../../electron/core/devices/card-reader/vendor/card-from-items.ts'
import { fromHelper, toHelper } from '../../../electron/core/devices/card-reader/vendor/helper-protocol.ts'
import { readCardBasProfile } from '../../../electron/core/devices/card-reader/vendor/read-card-bas.ts'
import { vendorMeaning } from '../../../electron/core/devices/card-reader/vendor/vendor-errors.ts'
import { root } from '../../support/source-files.ts'

const page = readFileSync(join(root, 'docs/vendor-helper.md'), 'utf8')

function examples(kind: string): string[] {
  return [...page.matchAll(new RegExp(`\`\`\`json ${kind}\n(.*?)\`\`\``, 'gs'))].map(([, text]) => text ?? '')
}
const lines = (kind: string) =>
  examples(kind).flatMap(text =>
    text
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  )

describe('docs/vendor-helper.md', () => {
  test('shows every message of the driver, in the protocol', () => {
    const messages = lines('driver').map(line => toHelper.parse(line))
    expect(new Set(messages.map(({ type }) => type))).toEqual(
      new Set(toHelper.options.map(({ shape }) => shape.type.value)),
    )
  })

  test('shows every message of a helper, in the protocol', () => {
    const messages = lines('helper').map(line => fromHelper.parse(line))
    expect(new Set(messages.map(({ type }) => type))).toEqual(
      new Set(fromHelper.options.map(({ shape }) => shape.type.value)),
    )
  })

  test('shows cards that the driver takes', () => {
    const cards = lines('helper').flatMap(line => {
      const message = fromHelper.parse(line)
      return message.type === 'card' ? [cardFromItems(message.card)] : []
    })
    expect(cards).toHaveLength(2)
    expect(cards.map(({ ok }) => ok)).toEqual([true, true])
  })

  test('shows settings and a profile that are taken', () => {
    const [device] = examples('settings').map((text): unknown => JSON.parse(text))
    expect(parseConfig({ dataDir: '/data', devices: [device] })).toMatchObject({ ok: true })
    const [profile] = examples('profile').map((text): unknown => JSON.parse(text))
    const parsed = readCardBasProfile.parse(profile)
    expect(Object.keys(parsed).sort()).toEqual(Object.keys(readCardBasProfile.shape).sort())
  })

  test.each([
    ['not a social-security card', 'NOT_SSC'],
    ['turn the card over', 'CARD_MUTE'],
    ['the reader is not connected', 'READER_GONE'],
    ['the reader is not set up', 'READER_SETUP'],
    ["the card's data cannot be read", 'BAD_DATA'],
  ])('names the codes for "%s" as the driver has them', (words, fault) => {
    const row = page.split('\n').find(line => line.startsWith('| -') && line.includes(words)) ?? ''
    const cell = row.split('|')[1]?.replace('-2201 to -2204', '-2201, -2202, -2203, -2204') ?? ''
    const codes = [...cell.matchAll(/-\d+/g)].map(([code]) => Number(code))
    expect(codes.length).toBeGreaterThan(1)
    for (const code of codes) expect(vendorMeaning(code)).toMatchObject({ kind: 'fault', fault })
  })
})
