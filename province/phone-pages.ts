import { readFile } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'
import type { FastifyPluginAsync } from 'fastify'

/** Nothing of a page comes from elsewhere, and it talks to this province alone. */
const policy = [
  ...["default-src 'none'", "script-src 'self'", "worker-src 'self'", "manifest-src 'self'", "style-src 'self'"],
  ...["img-src 'self' data:", "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join('; ')

export const phonePageHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Permissions-Policy': 'camera=(self), microphone=(), geolocation=()',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
}

const absent = { status: 404, type: 'text/plain; charset=utf-8', body: Buffer.from('没有这一页 / no such page\n') }

/** A file of the built page by the path of its address; nothing outside of the folder. */
export async function readPhonePage(folder: string, path: string) {
  const root = resolve(folder)
  const file = resolve(root, `.${path === '/' ? '/index.html' : path}`)
  const type = types[extname(file)]
  if (!file.startsWith(root + sep) || type === undefined) return absent
  try {
    return { status: 200, type, body: await readFile(file) }
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) return absent
    throw error
  }
}

/** Serves a built page for phones. @param name `carer` for `/carer/` */
export function phonePageRoutes(name: string, folder: string): FastifyPluginAsync {
  return async app => {
    app.get(`/${name}`, { schema: { hide: true } }, (_, reply) => reply.redirect(`/${name}/`))
    app.get(`/${name}/*`, { schema: { hide: true } }, async (request, reply) => {
      const path = new URL(request.url, 'http://page').pathname.slice(name.length + 1)
      const file = await readPhonePage(folder, path)
      return await reply.status(file.status).headers(phonePageHeaders).type(file.type).send(file.body)
    })
  }
}
