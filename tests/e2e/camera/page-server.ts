import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { pageHeaders, readPageFile } from '../../../electron/page-policy.ts'

/** Builds a test's own page as the terminal's pages are built, into `folder`. */
export async function buildPage(folder: string, source = new URL('page', import.meta.url)): Promise<void> {
  process.env.NODE_ENV = 'production'
  await build({
    root: fileURLToPath(source),
    base: './',
    configFile: false,
    logLevel: 'warn',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, target: 'chrome130' },
  })
}

export interface PageServer {
  readonly origin: string
  /** The paths that were asked for and found. */
  readonly served: string[]
  close(): Promise<void>
}

/**
 * Serves a built page on 127.0.0.1 under the terminal's page policy, or under another; `missing` names parts of the names of files that are taken
 * away.
 */
export async function servePage(
  folder: string,
  { missing = [], policy }: { missing?: readonly string[]; policy?: string } = {},
): Promise<PageServer> {
  const headers = policy === undefined ? pageHeaders : { ...pageHeaders, 'Content-Security-Policy': policy }
  const served: string[] = []
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const path = pathname === '/' ? '/index.html' : pathname
    if (missing.some(part => path.includes(part))) {
      response.writeHead(404, headers).end()
      return
    }
    const file = await readPageFile(folder, path)
    if (file.status === 200) served.push(path)
    response.writeHead(file.status, { ...headers, 'Content-Type': file.type }).end(file.body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the page server has no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    served,
    close: () => new Promise((resolve, reject) => server.close(error => (error ? reject(error) : resolve()))),
  }
}
