import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { CDPSession, Page, Route } from 'playwright-core'
import { z } from 'zod'
import { browserContext, toApp, toStandIn, worldNames } from './browser.ts'
import { MessagePortMain } from './message-port-main.ts'
import { mainWorldScript, preloadScript } from './preload-world.ts'

const fromPreload = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ipc'), channel: z.string(), message: z.unknown(), ports: z.array(z.int()) }),
  z.object({
    type: z.literal('port-message'),
    id: z.int(),
    data: z.object({ text: z.string().optional(), base64: z.string().optional() }),
  }),
  z.object({ type: z.literal('port-close'), id: z.int() }),
  z.object({ type: z.literal('open'), url: z.string() }),
])

/** An event that a listener may prevent, as Electron's navigation events are. */
export class PreventableEvent {
  defaultPrevented = false
  readonly url: string

  constructor(url: string) {
    this.url = url
  }

  preventDefault(): void {
    this.defaultPrevented = true
  }
}

type OpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' }
type OnIpc = (channel: string, event: object, message: unknown) => void
type Grant = (contents: WebContents, url: string, isMainFrame: boolean) => Promise<void>

let lastId = 0
export const allContents = new Set<WebContents>()

/** Electron's webContents over a page of Chromium: the app's handlers decide, the double obeys them. */
export class WebContents extends EventEmitter {
  readonly id: number
  mainFrame = { url: '' }
  #page: Page
  #crashed = false
  #preloadFile = ''
  readonly #onIpc: OnIpc
  readonly #grant: Grant
  readonly #ports = new Map<number, MessagePort>()
  #cdp: CDPSession | undefined
  #preloadWorld: number | undefined
  #openHandler: OpenHandler = () => ({ action: 'allow' })
  #expected: string | undefined

  constructor(page: Page, onIpc: OnIpc, grant: Grant) {
    super()
    lastId += 1
    this.id = lastId
    this.#page = page
    this.#onIpc = onIpc
    this.#grant = grant
    allContents.add(this)
    this.#listen(page)
  }

  #listen(page: Page): void {
    page.on('popup', popup => {
      if (!this.mayOpen(popup.url())) void popup.close()
    })
    page.on('framenavigated', frame => {
      if (frame === page.mainFrame()) this.mainFrame = { url: toApp(frame.url()) }
    })
    page.on('load', () => this.emit('did-finish-load'))
    page.on('crash', () => {
      this.#crashed = true
      this.#forgetPorts()
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
    })
    page.on('close', () => {
      if (page !== this.#page) return
      allContents.delete(this)
      this.#forgetPorts()
      this.emit('destroyed')
    })
  }

  async attach(preloadFile: string): Promise<void> {
    this.#preloadFile = preloadFile
    const cdp = await browserContext().newCDPSession(this.#page)
    this.#cdp = cdp
    await cdp.send('Page.enable')
    await cdp.send('Runtime.enable')
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === worldNames.world) this.#preloadWorld = context.id
    })
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId !== this.#preloadWorld) return
      this.#preloadWorld = undefined
      this.#forgetPorts()
    })
    cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === worldNames.binding) this.#receive(JSON.parse(payload))
    })
    await cdp.send('Runtime.addBinding', { name: worldNames.binding, executionContextName: worldNames.world })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(worldNames) })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadScript(worldNames, readFileSync(preloadFile, 'utf8')),
      worldName: worldNames.world,
    })
  }

  #receive(raw: unknown): void {
    const message = fromPreload.parse(raw)
    if (message.type === 'ipc') {
      const ports = message.ports.map(id => this.#openPort(id))
      this.#onIpc(message.channel, { sender: this, senderFrame: this.mainFrame, ports }, message.message)
    } else if (message.type === 'open') {
      if (this.mayOpen(message.url))
        void browserContext()
          .newPage()
          .then(page => page.goto(message.url))
    } else if (message.type === 'port-message') {
      const { text, base64 } = message.data
      this.#ports.get(message.id)?.postMessage(text ?? new Uint8Array(Buffer.from(base64 ?? '', 'base64')))
    } else {
      this.#ports.get(message.id)?.close()
      this.#ports.delete(message.id)
    }
  }

  #openPort(id: number): MessagePortMain {
    const { port1, port2 } = new MessageChannel()
    this.#ports.set(id, port1)
    port1.on('message', data => {
      const encoded =
        typeof data === 'string'
          ? { text: data }
          : { base64: Buffer.from(z.instanceof(Uint8Array).parse(data)).toString('base64') }
      this.#inPreload(`electronDouble.deliver(${id}, ${JSON.stringify(encoded)})`)
    })
    port1.on('close', () => {
      if (this.#ports.delete(id)) this.#inPreload(`electronDouble.close(${id})`)
    })
    return new MessagePortMain(port2)
  }

  #inPreload(expression: string): void {
    if (this.#preloadWorld === undefined) return
    // A page that is going away takes nothing more.
    this.#cdp?.send('Runtime.evaluate', { expression, contextId: this.#preloadWorld }).catch(() => undefined)
  }

  #forgetPorts(): void {
    const open = [...this.#ports.values()]
    this.#ports.clear()
    for (const port of open) port.close()
  }

  owns(page: Page): boolean {
    return page === this.#page
  }

  mayOpen(url: string): boolean {
    return this.#openHandler({ url: toApp(url) }).action !== 'deny'
  }

  /** Asks the app whether a navigation may happen. True for those that the app itself began. */
  mayNavigate(route: Route): boolean {
    const url = toApp(route.request().url())
    const isMainFrame = route.request().frame() === this.#page.mainFrame()
    if (isMainFrame && this.#expected === url) {
      this.#expected = undefined
      return true
    }
    const event = new PreventableEvent(url)
    if (isMainFrame) this.emit('will-navigate', event, url)
    this.emit('will-frame-navigate', event)
    return !event.defaultPrevented
  }

  async loadURL(url: string): Promise<void> {
    await this.#grant(this, url, true)
    this.#expected = url
    await this.#page.goto(toStandIn(url))
  }

  reload(): void {
    const url = this.mainFrame.url
    if (this.#crashed) void this.#beginAgain(url)
    else {
      this.#expected = url
      void this.#page.reload()
    }
  }

  /** Electron gives a crashed window a new process; Playwright never touches a crashed page again, so a new page plays that. */
  async #beginAgain(url: string): Promise<void> {
    const dead = this.#page
    this.#page = await browserContext().newPage()
    this.#crashed = false
    this.#listen(this.#page)
    await dead.close()
    await this.attach(this.#preloadFile)
    await this.loadURL(url)
  }

  isDestroyed(): boolean {
    return !allContents.has(this)
  }

  getURL(): string {
    return this.mainFrame.url
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve()
  }

  forcefullyCrashRenderer(): void {
    void this.#cdp?.send('Page.crash').catch(() => undefined)
  }

  async close(): Promise<void> {
    await this.#page.close()
  }
}
