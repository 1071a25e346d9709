import type { PagePort } from './host.ts'

/** oRPC's message-port handler wants the DOM's shape of a port. */
export function asMessagePort(port: PagePort) {
  return {
    addEventListener(event: string, handler: (event: { data: unknown }) => void) {
      if (event === 'message') port.onMessage(data => handler({ data }))
      if (event === 'close') port.onClose(() => handler({ data: null }))
    },
    postMessage: (data: unknown) => port.postMessage(data),
  }
}
