import { request } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

/** A name that is no loopback's, with a certificate of the tests' own, whose key everybody may read. */
export const frontName = 'rounds.aixin.test'

const certificate = `-----BEGIN CERTIFICATE-----
MIIBrjCCAVOgAwIBAgIULBDAzVOycUDwcTwkV3dBfdKO5gcwCgYIKoZIzj0EAwIw
HDEaMBgGA1UEAwwRcm91bmRzLmFpeGluLnRlc3QwIBcNMjYxMTIzMDkxMDE1WhgP
MjEyNjEwMzAwOTEwMTVaMBwxGjAYBgNVBAMMEXJvdW5kcy5haXhpbi50ZXN0MFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYEUaq1r/zML6/gMXxa5AEh+3vsfr/QbE
BTue8/1WNp5A35O21/OGooWKZHVcZ7o2WtbfE+NIxNKQQZy9W0wrc6NxMG8wHQYD
VR0OBBYEFFdHGJPg/Y4m2vkYFUo+co6A0Q3LMB8GA1UdIwQYMBaAFFdHGJPg/Y4m
2vkYFUo+co6A0Q3LMA8GA1UdEwEB/wQFMAMBAf8wHAYDVR0RBBUwE4IRcm91bmRz
LmFpeGluLnRlc3QwCgYIKoZIzj0EAwIDSQAwRgIhAK5md3SeptT/mle82ZEdkQEC
aJZoX8lZJSKY3RaE8KpcAiEA92fHJ80TifSvpAnqI+VeJM3qhF2a49AiNPqGcn0T
+sg=
-----END CERTIFICATE-----
`
const privateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgStSi33UVpgF5j+DV
wnJGi555LfSTLdjGIwSpPYkhgpOhRANCAARgRRqrWv/Mwvr+AxfFrkASH7e+x+v9
BsQFO57z/VY2nkDfk7bX84aihYpkdVxnujZa1t8T40jE0pBBnL1bTCtz
-----END PRIVATE KEY-----
`
/** The certificate's public key, as base64 SHA-256. */
const keyHash = 'fSPqa7W53N7GrPPsmiD8aIiPiC4xdQ9AhBldFlMcrzY='

/** What a site has before its province: HTTPS under its own name. */
export interface Front {
  /** `https://name:port/` */
  readonly address: string
  /** Chromium's flags: where the name leads, and that its certificate is trusted. */
  readonly flags: readonly string[]
  /** The network goes: nothing answers any more. */
  cut(): Promise<void>
  /** The network comes back, at the same place. */
  mend(): Promise<void>
  close(): Promise<void>
}

/** @param province its plain address on this machine */
export async function openFront(province: string): Promise<Front> {
  const sockets = new Set<Duplex>()
  let port = 0
  let server = serve()

  function serve() {
    const fresh = createServer({ cert: certificate, key: privateKey }, (asked, answer) => {
      const { host: _, ...headers } = asked.headers
      const onward = request(new URL(asked.url ?? '/', province), { method: asked.method, headers }, reply => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers)
        reply.pipe(answer)
      })
      onward.on('error', () => answer.destroy())
      asked.pipe(onward)
    })
    fresh.on('connection', socket => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    })
    return fresh
  }

  const listen = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        const address: AddressInfo | string | null = server.address()
        if (typeof address === 'object' && address !== null) port = address.port
        resolve()
      })
    })
  async function cut() {
    const closed = new Promise<void>(resolve => server.close(() => resolve()))
    for (const socket of sockets) socket.destroy()
    await closed
  }

  await listen()
  return {
    address: `https://${frontName}:${port}/`,
    flags: [`--host-resolver-rules=MAP ${frontName} 127.0.0.1`, `--ignore-certificate-errors-spki-list=${keyHash}`],
    cut,
    async mend() {
      server = serve()
      await listen()
    },
    close: cut,
  }
}
