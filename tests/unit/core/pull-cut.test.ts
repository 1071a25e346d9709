import { expect, test } from 'vitest'
import { z } from 'zod'
import { createCodeKeys } from '../../../electron/core/store/code-keys.ts'
import { createDocuments } from '../../../electron/core/store/documents.ts'
import { createPolicies } from '../../../electron/core/store/policies.ts'
import { createRoster } from '../../../electron/core/store/roster.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { applyPage } from '../../../electron/core/sync/pull.ts'
import { siteId, terminalId } from '../../../shared/ids.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { noon, openStore, tempFolder } from '../store/store-kit.ts'

const key = 'A'.repeat(43)

/** A page of leases comes, and the terminal ends while it stores what it heard. */
test.each([
  ['is cut while its words are stored asks for the same page again', true, null],
  ['has stored its words goes on from there', false, '7'],
])('a terminal that %s', async (_, isCut, cursor) => {
  const { db } = openStore(tempFolder())
  const vault = createVault(new Uint8Array(32))
  const documents = createDocuments(db, vault)
  const parts = {
    ...{ db, suite: standardSuite, documents, wantsTills: false, now: () => noon },
    roster: createRoster(db, vault),
    policies: createPolicies(documents, () => noon),
    codeKeys: createCodeKeys(documents),
    enrolment: {
      ...{ terminal: terminalId.parse('till-1'), site: siteId.parse('canteen'), siteKey: key, lastHead: null },
      address: 'http://127.0.0.1:1/',
      province: { keys: { transport: key, sealing: key, policy: key }, root: key, signature: 'x'.repeat(86) },
    },
    onWithdrawn: () => undefined,
    onRoster: () => undefined,
    onOrders: () => undefined,
    onRevoked: () => undefined,
    onPeople: async () => undefined,
    onRounds: () => undefined,
    onLeases: async () => {
      if (isCut) throw new Error('the power is gone')
    },
  }
  const page = { feed: 'leases' as const, items: [], cursor: '7', more: false, at: noon }
  const applied = applyPage(parts, { page, unread: [], again: [] }, null)
  if (isCut) await expect(applied).rejects.toThrow('the power is gone')
  else await applied
  expect(documents.read('cursor:leases', z.string())).toBe(cursor)
})
