import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { identify } from '../../../electron/core/identify/identify.ts'
import { createUsedCodes } from '../../../electron/core/store/codes.ts'
import { createDocuments } from '../../../electron/core/store/documents.ts'
import { createRoster } from '../../../electron/core/store/roster.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { type CardRead, credential } from '../../../shared/credential.ts'
import { seniorId } from '../../../shared/ids.ts'
import { openStore, tempFolder } from '../store/store-kit.ts'

const id = seniorId.parse('0123456789abcdef0123456789abcdef')
const reading = { warnings: [], readMilliseconds: 1 }
const nfc = (uid: string): CardRead => ({ source: 'uid', uid, ...reading })

function till() {
  const { db } = openStore(tempFolder())
  const vault = createVault(randomBytes(32))
  const roster = createRoster(db, vault)
  roster.apply([{ kind: 'thin', id, cards: ['uid:04A1B2C3D4E5F6'], codesSince: 0 }])
  const parts = { roster, codes: createUsedCodes(db, vault), documents: createDocuments(db, vault) }
  const tap = (card: CardRead) =>
    identify(
      credential.parse({ means: 'card', eventId: '01a200a0-6e2c-7d88-a704-42b635756a98', device: 'r', at: 1, card }),
      { ...parts, now: () => 1, clockIsTrusted: () => true, codeKeys: { current: () => [] }, site: () => null },
    )
  return { roster, tap }
}

test('a plain card that is bound by its number finds its senior, with the end of the number to tell it by', () => {
  expect(till().tap(nfc('04A1B2C3D4E5F6'))).toMatchObject({
    ok: true,
    senior: { id },
    assurance: 'presented',
    credentialKey: 'uid:04A1B2C3D4E5F6',
    tail: 'E5F6',
  })
})

test('a card id of the same digits as a number is not that card', () => {
  const { roster, tap } = till()
  const cardId = '04A1B2C3D4E5F6071829000000000000'
  roster.apply([{ kind: 'thin', id, cards: [cardId], codesSince: 0 }])
  expect(tap(nfc('04A1B2C3D4E5F6071829'))).toMatchObject({ ok: true, senior: null })
  expect(tap({ source: 'ssc-pcsc', cardId, full: false, ...reading })).toMatchObject({ ok: true, senior: { id } })
})

test('a plain card that was reported lost is not taken', () => {
  const { roster, tap } = till()
  roster.revoke([{ kind: 'card', card: 'uid:04A1B2C3D4E5F6', lost: true }])
  expect(tap(nfc('04A1B2C3D4E5F6'))).toMatchObject({ ok: false, problem: 'CARD_LOST' })
})
