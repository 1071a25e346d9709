/**
 * Scripts that the double puts into each page. The names are random per run, and nothing of them stays on the page's `window`: the main
 * world learns of an exposed object by one DOM event, then the listener is gone.
 */

export interface WorldNames {
  /** The isolated world of the preload. */
  world: string
  /** The binding from that world to the double. */
  binding: string
  /** The DOM event that carries what the preload exposes. */
  exposed: string
  /** The DOM event that carries the address of a wanted new window. */
  opened: string
}

/** For the main world: turns what the preload exposes into an object of the page, and takes `window.open` to the app. */
export function mainWorldScript({ exposed, opened }: WorldNames): string {
  return `(() => {
    // Chromium sends a new window's first request before it can be stopped, so the app is asked first.
    window.open = url => {
      document.dispatchEvent(new CustomEvent(${JSON.stringify(opened)}, { detail: new URL(url, location.href).href }))
      return null
    }
    const listen = event => {
      const { key, names, id } = JSON.parse(event.detail)
      const value = {}
      for (const name of names)
        value[name] = (...args) => { document.dispatchEvent(new CustomEvent(id, { detail: JSON.stringify({ name, args }) })) }
      Object.defineProperty(window, key, { value: Object.freeze(value), enumerable: true })
    }
    document.addEventListener(${JSON.stringify(exposed)}, listen)
    addEventListener('DOMContentLoaded', () => document.removeEventListener(${JSON.stringify(exposed)}, listen))
  })()`
}

/** For the isolated world: Electron's renderer half, then the app's own preload with a `require` that knows only that. */
export function preloadScript({ binding, exposed, opened }: WorldNames, preload: string): string {
  return `(() => {
    const send = message => globalThis[${JSON.stringify(binding)}](JSON.stringify(message))
    const ports = new Map()
    let lastPort = 0
    const encode = data => {
      if (typeof data === 'string') return { text: data }
      const bytes = new Uint8Array(data instanceof ArrayBuffer ? data : data.buffer, data.byteOffset ?? 0, data.byteLength)
      return { base64: bytes.toBase64() }
    }
    globalThis.electronDouble = {
      deliver: (id, { text, base64 }) => ports.get(id)?.postMessage(text ?? Uint8Array.fromBase64(base64)),
      close: id => { ports.get(id)?.close(); ports.delete(id) },
    }
    document.addEventListener(${JSON.stringify(opened)}, event => send({ type: 'open', url: event.detail }))
    const ipcRenderer = {
      postMessage: (channel, message, transfer = []) => {
        const ids = transfer.map(port => {
          const id = ++lastPort
          ports.set(id, port)
          port.addEventListener('message', event => send({ type: 'port-message', id, data: encode(event.data) }))
          port.addEventListener('close', () => { ports.delete(id); send({ type: 'port-close', id }) })
          return id
        })
        send({ type: 'ipc', channel, message, ports: ids })
        for (const port of transfer) port.start()
      },
    }
    const contextBridge = {
      exposeInMainWorld: (key, value) => {
        const id = 'call-' + crypto.randomUUID()
        const names = Object.keys(value)
        for (const name of names)
          if (typeof value[name] !== 'function') throw new Error('Electron double: only functions are exposed, not ' + name)
        document.addEventListener(id, event => {
          const { name, args } = JSON.parse(event.detail)
          value[name](...args)
        })
        document.dispatchEvent(new CustomEvent(${JSON.stringify(exposed)}, { detail: JSON.stringify({ key, names, id }) }))
      },
    }
    const require = name => {
      if (name === 'electron') return { contextBridge, ipcRenderer }
      throw new Error('Electron double: a sandboxed preload cannot require ' + name)
    }
    const module = { exports: {} }
    ;(function (require, module, exports) {${preload}
    })(require, module, module.exports)
  })()`
}
