import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { contentSecurityPolicy } from '../../electron/page-policy.ts'
import { type ElectronApp, type ElectronVariant, electronBinary, launchElectronApp } from '../support/electron-app.ts'

const variants: readonly { variant: ElectronVariant; title: string; present: boolean }[] = [
  { variant: 'double', title: 'the double of Electron', present: true },
  { variant: 'binary', title: 'the Electron binary', present: electronBinary() !== null },
]

for (const { variant, title, present } of variants)
  describe.skipIf(!present)(`${title} runs the built host:`, () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'aixin-desktop-'))
    let app: ElectronApp
    let cashier: Page
    let elsewhere: Server
    let elsewhereUrl: string
    let visits = 0

    beforeAll(async () => {
      elsewhere = createServer((_request, response) => {
        visits += 1
        response.end('elsewhere')
      }).listen(0, '127.0.0.1')
      await new Promise(resolve => elsewhere.once('listening', resolve))
      const address: AddressInfo | string | null = elsewhere.address()
      elsewhereUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`
      mkdirSync(join(dataDir, 'voice'))
      writeFileSync(join(dataDir, 'voice', 'hello.wav'), 'RIFF')
      app = await launchElectronApp(variant, dataDir)
      cashier = await app.page('cashier.html')
    })
    afterAll(async () => {
      await app.close()
      elsewhere.close()
      rmSync(dataDir, { recursive: true, force: true })
    })

    const ask = (media: MediaStreamConstraints) =>
      cashier.evaluate(
        wanted =>
          navigator.mediaDevices.getUserMedia(wanted).then(
            stream => stream.getTracks().map(track => track.kind),
            (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
          ),
        media,
      )

    test('the cashier page comes through the own protocol, with the page policy', async () => {
      const answer = await cashier.evaluate(async () => {
        const response = await fetch(location.href)
        return {
          status: response.status,
          policy: response.headers.get('content-security-policy'),
          secure: isSecureContext,
        }
      })
      expect(answer).toEqual({ status: 200, policy: contentSecurityPolicy, secure: true })
    })

    test('nothing outside of the folder of pages is served', async () => {
      const statuses = await cashier.evaluate(() =>
        Promise.all(
          ['/missing.html', '/..%2felectron%2fmain.js', '/%2e%2e%2f%2e%2e%2fpackage.json'].map(
            async path => (await fetch(path)).status,
          ),
        ),
      )
      expect(statuses).toEqual([404, 404, 404])
    })

    test("the site's own recordings are served from the data folder, and nothing else of it", async () => {
      const answers = await cashier.evaluate(() =>
        Promise.all(
          ['/voice/own/hello.wav', '/voice/own/..%2fterminal.db', '/voice/own/%2e%2e%2fterminal.db'].map(async path => {
            const response = await fetch(path)
            return `${response.status} ${response.headers.get('content-type')}`
          }),
        ),
      )
      expect(answers[0]).toBe('200 audio/wav')
      expect(answers.slice(1).every(answer => answer.startsWith('404'))).toBe(true)
    })

    test('a page may play sound before anybody has touched it', async () => {
      const state = await cashier.evaluate(async () => {
        const context = new AudioContext()
        await new Promise(resolve => setTimeout(resolve, 500))
        return context.state
      })
      expect(state).toBe('running')
    })

    test('the customer page opens on the second display', async () => {
      if (variant === 'binary') return
      const customer = await app.page('customer.html')
      expect(await customer.evaluate(() => isSecureContext)).toBe(true)
    })

    test('the page sees that it runs inside of the host, and nothing else of it', async () => {
      const seen = await cashier.evaluate(() => ({
        host: Object.entries(Reflect.get(window, 'terminalHost') ?? {}).map(([name, value]) => [name, typeof value]),
        leaks: [
          'require',
          'process',
          'module',
          'ipcRenderer',
          'electron',
          'contextBridge',
          'electronDouble',
          'Buffer',
        ].filter(name => name in window),
      }))
      expect(seen).toEqual({ host: [['connect', 'function']], leaks: [] })
    })

    test('the camera is granted', async () => {
      expect(await ask({ video: true })).toEqual(['video'])
    })

    test('the microphone is refused, also together with the camera', async () => {
      expect(await ask({ audio: true })).toBe('NotAllowedError')
      expect(await ask({ audio: true, video: true })).toBe('NotAllowedError')
    })

    test('the place of the terminal and notifications are refused', async () => {
      const states = await cashier.evaluate(async () => {
        const names: PermissionName[] = ['geolocation', 'notifications']
        return Promise.all(names.map(async name => (await navigator.permissions.query({ name })).state))
      })
      expect(states).toEqual(['denied', 'denied'])
    })

    test('navigation to another place is blocked', async () => {
      const before = cashier.url()
      await cashier.evaluate(url => {
        location.href = url
      }, elsewhereUrl)
      await cashier.waitForTimeout(500)
      expect(cashier.url()).toBe(before)
      expect(visits).toBe(0)
      expect(await cashier.evaluate(() => 'terminalHost' in window)).toBe(true)
    })

    test('new windows are blocked', async () => {
      const before = app.pages().length
      await cashier.evaluate(url => void window.open(url), elsewhereUrl)
      await cashier.waitForTimeout(500)
      await vi.waitFor(() => expect(app.pages()).toHaveLength(before), { timeout: 5_000 })
      expect(visits).toBe(0)
    })

    test('a page that posts something else than the agreed word reaches nobody', async () => {
      const answered = await cashier.evaluate(async () => {
        const { port1, port2 } = new MessageChannel()
        const answer = new Promise<string>(resolve => {
          port1.onmessage = () => resolve('answered')
          setTimeout(() => resolve('silence'), 500)
        })
        window.postMessage('another-word', location.origin, [port2])
        port1.postMessage('{"i":"1"}')
        return answer
      })
      expect(answered).toBe('silence')
    })

    test('a page that crashed comes back', async () => {
      if (variant === 'binary') return
      const crashed = new Promise(resolve => cashier.once('crash', resolve))
      const line = await cashier.context().newCDPSession(cashier)
      line.send('Page.crash').catch(() => undefined)
      await crashed
      await vi.waitFor(
        () => expect(readFileSync(join(dataDir, 'log', 'terminal.log'), 'utf8')).toContain('page-gone'),
        {
          timeout: 10_000,
        },
      )
      await vi.waitFor(
        async () => {
          const reborn = app.pages().find(page => page !== cashier && page.url().endsWith('/cashier.html'))
          if (reborn === undefined) throw new Error('no new page yet')
          cashier = reborn
          expect(await cashier.evaluate(() => 'terminalHost' in window)).toBe(true)
        },
        { timeout: 20_000, interval: 1_000 },
      )
    })
  })
