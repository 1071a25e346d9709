import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contentSecurityPolicy } from '../../../electron/page-policy.ts'
import { get, logIn, startTinyHost, type TinyHost, upgradeStatus } from '../../support/tiny-host.ts'

let host: TinyHost
let cookie: string

beforeAll(async () => {
  host = await startTinyHost()
  cookie = await logIn(host.url)
})
afterAll(() => host.stop())

describe('the launch address', () => {
  test('leads to the cashier with a cookie that scripts and other sites cannot use', async () => {
    const { pathname, search } = new URL(host.launchUrl('cashier.html'))
    const answer = await get(host.origin, pathname + search)
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/cashier.html')
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^aixin-\d+-staff=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    )
  })

  test('of the customer’s page opens nothing of the staff', async () => {
    const { pathname, search } = new URL(host.launchUrl('customer.html'))
    const cookie = String((await get(host.origin, pathname + search)).headers['set-cookie']).split(';')[0] ?? ''
    const headers = { Cookie: cookie, Origin: host.origin }
    expect((await get(host.origin, '/customer.html', { Cookie: cookie })).status).toBe(200)
    expect((await get(host.origin, '/cashier.html', { Cookie: cookie })).status).toBe(403)
    expect(await upgradeStatus(host.origin, '/rpc?role=customer', headers)).toBe(101)
    expect(await upgradeStatus(host.origin, '/rpc?role=staff', headers)).toBe(403)
  })

  test('of a kiosk opens a line of a kiosk and none of the staff', async () => {
    const { pathname, search } = new URL(host.launchUrl('kiosk.html'))
    const opened = await get(host.origin, pathname + search)
    expect(opened.headers.location).toBe('/kiosk.html')
    const headers = { Cookie: String(opened.headers['set-cookie']).split(';')[0] ?? '', Origin: host.origin }
    expect(await upgradeStatus(host.origin, '/rpc?role=kiosk', headers)).toBe(101)
    expect(await upgradeStatus(host.origin, '/rpc?role=staff', headers)).toBe(403)
  })

  test('is not used up by somebody who only looks at it', async () => {
    const { pathname, search } = new URL(host.launchUrl('cashier.html'))
    expect((await get(host.origin, pathname + search, { method: 'HEAD' })).status).toBe(403)
    expect((await get(host.origin, pathname + search)).status).toBe(303)
  })

  test('opens once', async () => {
    const { pathname, search } = new URL(host.launchUrl('customer.html'))
    expect((await get(host.origin, pathname + search)).headers.location).toBe('/customer.html')
    const second = await get(host.origin, pathname + search)
    expect(second.status).toBe(403)
    expect(second.headers['set-cookie']).toBeUndefined()
  })

  test('carries 32 bytes that are not those of the cookie', () => {
    const token = new URL(host.url).searchParams.get('token') ?? ''
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(cookie).not.toContain(token)
  })

  test('with a wrong token gives no cookie', async () => {
    const answer = await get(host.origin, `/launch?token=${'A'.repeat(43)}`)
    expect(answer.status).toBe(403)
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  test('leads only to pages of the terminal', async () => {
    const { pathname, search } = new URL(host.launchUrl('cashier.html'))
    const answer = await get(host.origin, pathname + search.replace('cashier.html', '//elsewhere.example'))
    expect(answer.headers.location).toBe('/cashier.html')
  })
})

describe('a page', () => {
  test('is served to the browser that holds the cookie', async () => {
    const answer = await get(host.origin, '/cashier.html', { Cookie: cookie })
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('cashier.html')
  })

  test('for the customer is served with the same cookie', async () => {
    expect((await get(host.origin, '/customer.html', { Cookie: cookie })).status).toBe(200)
  })

  test('is refused without the cookie, and with another', async () => {
    expect((await get(host.origin, '/cashier.html')).status).toBe(403)
    const [name] = cookie.split('=')
    expect((await get(host.origin, '/cashier.html', { Cookie: `${name}=${'A'.repeat(43)}` })).status).toBe(403)
  })

  test.each(['localhost', 'evil.example', '127.0.0.1'])('is refused under the host name %s', async name => {
    expect((await get(host.origin, '/cashier.html', { Cookie: cookie, Host: name })).status).toBe(421)
  })

  test.each([
    '/../package.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fetc%2fhosts.html',
    '/cashier.html%00.js',
    '/%ff',
    '//etc/passwd',
    '/missing.html',
  ])('outside of the folder of pages is not there: %s', async path => {
    expect([400, 404]).toContain((await get(host.origin, path, { Cookie: cookie })).status)
  })

  test('can only be read', async () => {
    expect((await get(host.origin, '/cashier.html', { Cookie: cookie, method: 'POST' })).status).toBe(405)
  })

  test('of WebAssembly has the type that a browser streams', async () => {
    const answer = await get(host.origin, '/decoder.wasm', { Cookie: cookie })
    expect(answer.headers['content-type']).toBe('application/wasm')
  })
})

describe("a site's own recording", () => {
  const folder = mkdtempSync(join(tmpdir(), 'aixin-data-'))
  const recordingsDir = join(folder, 'voice')
  let own: TinyHost
  let pass: string
  beforeAll(async () => {
    mkdirSync(recordingsDir)
    writeFileSync(join(recordingsDir, 'hello.wav'), 'RIFF')
    writeFileSync(join(recordingsDir, 'notes.html'), 'not a clip')
    writeFileSync(join(folder, 'key.wav'), 'secret')
    own = await startTinyHost({ recordingsDir })
    pass = await logIn(own.url)
  })
  afterAll(async () => {
    await own.stop()
    rmSync(folder, { recursive: true })
  })

  test('is served under the page policy to the browser that holds the cookie', async () => {
    const answer = await get(own.origin, '/voice/own/hello.wav', { Cookie: pass })
    expect([answer.status, answer.headers['content-type'], answer.body]).toEqual([200, 'audio/wav', 'RIFF'])
    expect(answer.headers['content-security-policy']).toBe(contentSecurityPolicy)
    expect((await get(own.origin, '/voice/own/hello.wav')).status).toBe(403)
  })

  test.each(['notes.html', '../key.wav', '..%2fkey.wav', '%2e%2e/key.wav', 'missing.wav', 'HELLO.WAV', ''])(
    'opens nothing else of the data folder: %s',
    async name => {
      expect((await get(own.origin, `/voice/own/${name}`, { Cookie: pass })).status).toBe(404)
    },
  )

  test('is nowhere where the host has no data folder', async () => {
    expect((await get(host.origin, '/voice/own/hello.wav', { Cookie: cookie })).status).toBe(404)
  })
})

describe('every answer', () => {
  test.each([
    ['a page', '/cashier.html', {}],
    ['what is absent', '/missing.html', {}],
    ['a refusal', '/launch?token=x', {}],
    ['a wrong host', '/', { Host: 'evil.example' }],
  ])('carries the page policy: %s', async (_name, path, headers) => {
    const answer = await get(host.origin, path, { Cookie: cookie, ...headers })
    expect(answer.headers['content-security-policy']).toBe(contentSecurityPolicy)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.headers['permissions-policy']).toMatch(/^camera=\(self\), microphone=\(\), geolocation=\(\)/)
  })
})

describe('a WebSocket', () => {
  test('opens for the own page', async () => {
    expect(await upgradeStatus(host.origin, '/rpc?role=staff', { Cookie: cookie, Origin: host.origin })).toBe(101)
  })

  test.each([
    ['another origin', 403, () => ({ Cookie: cookie, Origin: 'https://evil.example' })],
    ['no origin', 403, () => ({ Cookie: cookie })],
    ['no cookie', 403, () => ({ Origin: host.origin })],
    ['another host name', 421, () => ({ Cookie: cookie, Origin: host.origin, Host: 'evil.example' })],
  ])('is refused with %s', async (_name, status, headers) => {
    const sent: Record<string, string> = headers()
    expect(await upgradeStatus(host.origin, '/rpc?role=staff', sent)).toBe(status)
  })

  test('is refused for an unknown role or path', async () => {
    const headers = { Cookie: cookie, Origin: host.origin }
    expect(await upgradeStatus(host.origin, '/rpc?role=owner', headers)).toBe(400)
    expect(await upgradeStatus(host.origin, '/other?role=staff', headers)).toBe(404)
  })
})
