import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishCodeKeyList, revokeCodeKey, rotateCodeKey } from '../../../province/code-keys.ts'
import { type Database, openDatabase } from '../../../province/database.ts'
import { demoSeniors } from '../../../province/demo-people.ts'
import { simulatedPlatformCode } from '../../../province/demo-platform.ts'
import { type Keyring, openKeyring } from '../../../province/keys.ts'
import { fromBase64Url, toBase64Url, utf8ToBytes } from '../../../shared/bytes.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { type CodeKey, type CodeKeyList, codeKeyList, deviceKeyClaim } from '../../../shared/code-keys.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import { codeReply, deviceKeyReply, provinceRefusal, resolveReply } from '../../../shared/province-api.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { codeKnowledge, verdictOn } from '../../support/elder-code-maker.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'
import { codesOnSheets } from '../../support/read-card-sheet.ts'

const program = new URL('../../../province/main.ts', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'aixin-codes-'))
const day = 86_400
const seconds = () => Math.floor(Date.now() / 1000)

let house: ProvinceHouse
let database: Database
let keys: Keyring
let app: string
beforeAll(async () => {
  house = await openProvinceHouse()
  database = await openDatabase(house.databaseUrl)
  keys = await openKeyring(database)
  app = await house.province.createCodeClient('city-app')
})
afterAll(async () => {
  await database?.close()
  await house?.close()
  rmSync(folder, { recursive: true })
})

const members = demoSeniors()
let next = 0
function somebody(): SeniorId {
  const found = members[next++]?.id
  if (found === undefined) throw new Error('no demo seniors left')
  return found
}

async function ask(path: string, body: unknown, secret = app): Promise<{ status: number; json: unknown }> {
  const response = await fetch(house.province.address + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify(body),
  })
  return { status: response.status, json: await response.json() }
}
const refusalOf = ({ status, json }: { status: number; json: unknown }) => [status, provinceRefusal.parse(json).code]

/** The list as a terminal gets it, checked as a terminal does. */
async function listAtTerminal(): Promise<CodeKeyList> {
  const page = await (await house.terminal()).pull('code-keys', null)
  const [signed] = page.feed === 'code-keys' ? page.items : []
  if (signed === undefined) throw new Error('no list')
  const root = fromBase64Url(keys.published.root)
  expect(await standardSuite.verify(root, utf8ToBytes(signed.text), fromBase64Url(signed.signature))).toBe(true)
  return codeKeyList.parse(JSON.parse(signed.text))
}
const verdictWith = async (text: string, list: readonly CodeKey[], nowSeconds = seconds()) =>
  verdictOn(text, codeKnowledge({ keys: list, nowSeconds }))

async function phone(senior: SeniorId) {
  const pair = await standardSuite.generateSigningKey()
  const signer = await standardSuite.signer(pair)
  const proof = toBase64Url(await signer.sign(utf8ToBytes(deviceKeyClaim(senior, pair.publicKey))))
  return { senior, publicKey: toBase64Url(pair.publicKey), proof }
}

describe('an app that asks for a dynamic code', () => {
  it('gets one that a terminal takes, and every code counts further', async () => {
    const senior = somebody()
    const { keys: list } = await listAtTerminal()
    for (const encoding of ['base32', 'base45'] as const) {
      const { status, json } = await ask('/v1/codes', { senior, encoding })
      expect(status).toBe(200)
      const { text, issuedAt, expiresAt } = codeReply.parse(json)
      expect(text).toHaveLength(encoding === 'base32' ? 216 : 202)
      expect([expiresAt - issuedAt, await verdictWith(text, list)]).toEqual([120, 'possessed'])
    }
    const counts = await house.rows('select counter from code_counter where senior_id = $1', [senior])
    expect(Number(counts[0]?.counter)).toBeGreaterThanOrEqual(seconds() - 60)
    await house.rows('update code_counter set counter = counter + 1000000 where senior_id = $1', [senior])
    await ask('/v1/codes', { senior })
    expect(await house.number('select counter from code_counter where senior_id = $1', [senior])).toBe(
      Number(counts[0]?.counter) + 1_000_001,
    )
  })

  it('leaves a line of who asked for whom, without the code', async () => {
    const senior = somebody()
    await ask('/v1/codes', { senior })
    const rows = await house.rows('select * from code_audit where senior_id = $1', [senior])
    expect(rows).toEqual([
      {
        senior_id: senior,
        at: expect.anything(),
        what: 'dynamic',
        serial: expect.stringMatching(/^[0-9a-f]{16}$/),
        key_id: expect.stringMatching(/^[0-9a-f]{8}$/),
        client: 'city-app',
      },
    ])
  })

  it('is told the same whatever is wrong with its secret, and gets nothing once it is struck off', async () => {
    const senior = somebody()
    const [id, secret = ''] = app.split('.')
    const turned = secret.startsWith('A') ? `B${secret.slice(1)}` : `A${secret.slice(1)}`
    for (const wrong of ['', 'nobody', `${id}.${turned}`, `nobody.${secret}`, `${id}.${secret}x`])
      expect(refusalOf(await ask('/v1/codes', { senior }, wrong))).toEqual([401, 'CLIENT_UNKNOWN'])
    const other = await house.province.createCodeClient('other-app')
    expect((await ask('/v1/codes', { senior }, other)).status).toBe(200)
    expect((await command('codes', 'strike-off', '--name', 'other-app')).code).toBe(0)
    expect(refusalOf(await ask('/v1/codes', { senior }, other))).toEqual([401, 'CLIENT_UNKNOWN'])
    expect(refusalOf(await ask('/v1/device-keys', await phone(senior), other))).toEqual([401, 'CLIENT_UNKNOWN'])
    expect(await house.number('select count(*) from code_audit where senior_id = $1', [senior])).toBe(1)
  })

  it('keeps its secret as a hash only', async () => {
    const stored = JSON.stringify(
      await house.rows("select client_id, encode(secret_hash, 'hex') as hash from code_client"),
    )
    const secret = Buffer.from(app.split('.')[1] ?? '', 'base64url')
    expect(stored).toContain('city-app')
    expect([stored.includes(secret.toString('hex')), stored.includes(app)]).toEqual([false, false])
  })

  it('gets none for a senior whom the province does not know', async () => {
    expect(refusalOf(await ask('/v1/codes', { senior: 'f'.repeat(32) }))).toEqual([404, 'SENIOR_UNKNOWN'])
  })

  it('gets 30 codes in 10 minutes for one senior, even asking all at once, and others go on', async () => {
    const senior = somebody()
    const answers = await Promise.all(Array.from({ length: 34 }, () => ask('/v1/codes', { senior })))
    const refused = answers.filter(({ status }) => status !== 200)
    expect(refused.map(refusalOf)).toEqual(Array(4).fill([429, 'CODES_TOO_MANY']))
    expect((await ask('/v1/codes', { senior: somebody() })).status).toBe(200)
    await house.rows('update code_audit set at = at - 600 where senior_id = $1', [senior])
    expect((await ask('/v1/codes', { senior })).status).toBe(200)
  })
})

describe("a phone's own key", () => {
  it('is enrolled with its own proof, reaches every terminal with the roster, and leaves it when it is revoked', async () => {
    const senior = somebody()
    const asked = await phone(senior)
    const { keyId } = deviceKeyReply.parse((await ask('/v1/device-keys', asked)).json)
    const keysAt = async (site: string) => {
      const page = await (await house.terminal(site)).pull('roster', null)
      const entry = page.feed === 'roster' ? page.items.find(({ id }) => id === senior) : undefined
      return entry === undefined || entry.kind === 'gone' ? null : (entry.deviceKeys ?? [])
    }
    for (const site of ['demo-canteen', 'demo-riverside'])
      expect(await keysAt(site)).toMatchObject([{ keyId, publicKey: asked.publicKey }])
    expect((await ask('/v1/device-keys', asked)).json).toMatchObject({ keyId })
    expect((await ask('/v1/device-keys/revoke', { senior, keyId })).status).toBe(200)
    expect(await keysAt('demo-riverside')).toEqual([])
    expect(refusalOf(await ask('/v1/device-keys', asked))).toEqual([400, 'DEVICE_KEY_BAD'])
  })

  it('is not enrolled on a proof that another key made, or that was made for another senior', async () => {
    const [mine, other] = [await phone(somebody()), await phone(somebody())]
    for (const asked of [
      { ...mine, publicKey: other.publicKey },
      { ...mine, senior: other.senior },
      { ...mine, proof: other.proof },
    ])
      expect(refusalOf(await ask('/v1/device-keys', asked))).toEqual([400, 'DEVICE_KEY_BAD'])
  })

  it('is one of two at most for a senior', async () => {
    const senior = somebody()
    const statuses = []
    for (let count = 0; count < 3; count += 1) statuses.push((await ask('/v1/device-keys', await phone(senior))).status)
    expect(statuses).toEqual([200, 200, 400])
  })
})

describe('the list of code keys', () => {
  it('rotates: the new key signs after 62 days, and codes of the old one go on for their time', async () => {
    const before = await listAtTerminal()
    const fresh = await rotateCodeKey(database, keys, 'paper', seconds())
    const after = await listAtTerminal()
    expect(after.number).toBe(before.number + 1)
    const old = after.keys.find(key => key.kinds.includes('paper') && key.keyId !== fresh.keyId)
    expect(fresh.notBefore - seconds()).toBeGreaterThan(61 * day)
    expect(old?.notAfter).toBe(fresh.notBefore + 367 * day)
    expect(after.keys.filter(key => key.kinds.includes('dynamic'))).toEqual(
      before.keys.filter(key => key.kinds.includes('dynamic')),
    )
  })

  it('revokes a key at once: its codes are refused, and another signs from now on', async () => {
    const senior = somebody()
    const old = codeReply.parse((await ask('/v1/codes', { senior })).json).text
    const signing = (await listAtTerminal()).keys.find(key => key.kinds.includes('dynamic'))
    if (signing === undefined) throw new Error('no key')
    await revokeCodeKey(database, keys, signing.keyId, seconds())
    const { keys: list } = await listAtTerminal()
    const fresh = codeReply.parse((await ask('/v1/codes', { senior })).json).text
    expect([await verdictWith(old, list), await verdictWith(fresh, list)]).toEqual(['CODE_KEY_REVOKED', 'possessed'])
  })

  it('is taken from outside only with the signature of the root, and with a higher number', async () => {
    const { number } = await listAtTerminal()
    const sign = async (list: Partial<CodeKeyList>, by = keys.root) => {
      const text = canonicalJson({
        purpose: 'aixin-code-keys-v1',
        number: number + 1,
        at: seconds(),
        keys: [],
        ...list,
      })
      return { text, signature: toBase64Url((await by?.sign(utf8ToBytes(text))) ?? new Uint8Array(64)) }
    }
    await expect(publishCodeKeyList(database, keys, await sign({}, keys.policy))).rejects.toThrow('root')
    await expect(publishCodeKeyList(database, keys, await sign({ number }))).rejects.toThrow('not newer')
    expect((await listAtTerminal()).number).toBe(number)
  })
})

describe('a code of an outside platform', () => {
  const resolve = async (body: { platform: string; text: string }) => {
    const terminal = await house.terminal()
    const said = await terminal.send('/v1/resolve', await terminal.envelopeFor('resolve', body), reply =>
      resolveReply.parse(reply),
    )
    return said.ok ? said.body : said.refusal.code
  }

  it('is resolved for a terminal: to a senior, to nobody, or to a platform that does not answer', async () => {
    const senior = somebody()
    const text = simulatedPlatformCode(senior)
    expect(await resolve({ platform: 'simulated-card', text })).toEqual({
      result: 'found',
      senior,
      assurance: 'presented',
    })
    expect(await resolve({ platform: 'simulated-card', text: text.slice(0, -1) })).toEqual({ result: 'nobody' })
    expect(await resolve({ platform: 'not-connected', text })).toEqual({ result: 'platform-silent' })
  })
})

/** Runs a command of the province; its words, what it says, how it ends. */
async function command(...words: string[]): Promise<{ code: number; said: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      program,
      ...words,
      '--database-url',
      house.databaseUrl,
    ])
    return { code: 0, said: stdout + stderr }
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !('stderr' in error) || !('stdout' in error)) throw error
    return { code: Number(error.code), said: `${String(error.stdout)}${String(error.stderr)}` }
  }
}

describe('the commands', () => {
  it('print paper cards whose codes a decoder reads off the drawn sheet, and which a terminal takes', async () => {
    const out = join(folder, 'cards.pdf')
    const { code, said } = await command('cards', '--out', out, '--site', 'demo-riverside')
    expect([code, said]).toEqual([0, expect.stringMatching(/已打印 20 张/)])
    expect(statSync(out).mode & 0o777).toBe(0o600)
    const pages = await codesOnSheets(readFileSync(out))
    expect(pages.map(texts => texts.length)).toEqual([10, 10])
    const { keys: list } = await listAtTerminal()
    const verdicts = await Promise.all(pages.flat().map(text => verdictWith(text, list)))
    expect(verdicts).toEqual(Array(20).fill('presented'))
    expect(await house.number("select count(*) from code_audit where what = 'paper' and client = 'cards'")).toBe(20)
  })

  it('print for those named, and end the cards before only where that is asked', async () => {
    const [one, other] = [somebody(), somebody()]
    const out = join(folder, 'two.pdf')
    expect((await command('cards', '--out', out, '--seniors', `${one},${other}`)).code).toBe(0)
    const since = () => house.number('select max(codes_since) from senior where senior_id = any($1)', [[one, other]])
    expect(await since()).toBeLessThan(seconds() - day)
    expect((await command('cards', '--out', out, '--seniors', one, '--replace')).code).toBe(0)
    expect(await since()).toBeGreaterThan(seconds() - 60)
  })

  it('print nothing for nobody, and say so in both languages', async () => {
    const out = join(folder, 'none.pdf')
    expect(await command('cards', '--out', out, '--seniors', 'f'.repeat(32))).toEqual({
      code: 1,
      said: expect.stringMatching(/没有打印\nno senior was found/),
    })
  })

  it('revoke a senior’s codes and a paper card by its number, everywhere with the next sync', async () => {
    const senior = somebody()
    expect((await command('codes', 'revoke', '--senior', senior)).code).toBe(0)
    expect((await command('codes', 'revoke', '--serial', '0011 2233 4455 66AA')).code).toBe(0)
    const page = await (await house.terminal()).pull('revocations', null)
    expect(page.items).toContainEqual({ kind: 'codes', senior, before: expect.any(Number) })
    expect(page.items).toContainEqual({ kind: 'paper', serial: '00112233445566aa' })
  })

  it('list, rotate and revoke keys, and let an app in', async () => {
    expect((await command('codes', 'rotate', '--kind', 'dynamic')).said).toMatch(/new key [0-9a-f]{8} signs/)
    const { said } = await command('codes', 'keys')
    const [keyId = ''] = /^[0-9a-f]{8}/m.exec(said) ?? []
    expect((await command('codes', 'revoke-key', '--key', keyId)).code).toBe(0)
    expect((await command('codes', 'keys')).said).toMatch(new RegExp(`${keyId} .*revoked`))
    const secret = (await command('codes', 'app', '--name', 'third-app')).said.trim()
    expect((await ask('/v1/codes', { senior: somebody() }, secret)).status).toBe(200)
  })

  it.each([
    ['an action that is none', ['codes', 'dance']],
    ['a key that is not on the list', ['codes', 'revoke-key', '--key', '00000000']],
    ['a kind that is none', ['codes', 'rotate', '--kind', 'golden']],
    ['an app that is not there', ['codes', 'strike-off', '--name', 'nobody']],
    ['a name that is none', ['codes', 'app', '--name', 'Üx']],
  ])('change nothing at %s, and say what is wrong', async (_, words) => {
    expect(await command(...words)).toEqual({ code: 2, said: expect.stringMatching(/[\u4e00-\u9fff][\s\S]*[a-z]/) })
  })
})
