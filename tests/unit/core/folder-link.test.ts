import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { wrap } from '../../../shared/envelope.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { createFolderLink } from '../../support/folder-link.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aixin-link-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('the worked example of docs/province-link.md is this code', () => {
  const documented = readFileSync(new URL('../../../docs/province-link.md', import.meta.url), 'utf8')
  const code = readFileSync(new URL('../../support/folder-link.ts', import.meta.url), 'utf8')
  expect(documented).toContain(`\`\`\`ts\n${code}\`\`\``)
})

it('it carries an envelope and its answer, and says where none comes', async () => {
  const [signing, sealing] = [await standardSuite.generateSigningKey(), await standardSuite.generateSealingKey()]
  const request = await wrap(standardSuite, {
    ...{ from: 'till', to: 'province', kind: 'pull', counter: 1, replyTo: null, body: {} },
    signer: await standardSuite.signer(signing),
    sealTo: sealing.publicKey,
  })
  const link = createFolderLink(folder, 200)
  expect(await link.exchange('pull', request)).toEqual({ ok: false, reason: 'unreachable' })
  expect(JSON.parse(readFileSync(join(folder, `pull-${request.nonce}.request.json`), 'utf8'))).toEqual(request)
  writeFileSync(join(folder, `pull-${request.nonce}.reply.json`), '{"said":1}')
  expect(await link.exchange('pull', request)).toEqual({ ok: true, reply: { said: 1 } })
})
