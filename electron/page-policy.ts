import { readFile } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'

/** The one content security policy, for every response of every host, workers too. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Headers that each response carries, whatever its status. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Permissions-Policy': 'camera=(self), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=()',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.bin': 'application/octet-stream',
}

export type PageFile =
  | { status: 200; type: string; body: Buffer<ArrayBuffer> }
  | { status: 400 | 404; type: string; body: Buffer<ArrayBuffer> }

const textType = 'text/plain; charset=utf-8'

/**
 * Reads what a URL path names inside of the folder of pages, and nothing outside of it. Only kinds of files that pages need are served.
 * 400 for a path that is not one, 404 for what is not there.
 */
export async function readPageFile(folder: string, urlPath: string): Promise<PageFile> {
  const absent: PageFile = { status: 404, type: textType, body: Buffer.from('没有这一页 / no such page\n') }
  let path: string
  try {
    path = decodeURIComponent(urlPath)
  } catch {
    return { status: 400, type: textType, body: Buffer.from('地址不对 / not a path\n') }
  }
  if (path.includes('\0')) return { status: 400, type: textType, body: Buffer.from('地址不对 / not a path\n') }
  const root = resolve(folder)
  const file = resolve(root, `.${path.startsWith('/') ? '' : '/'}${path}`)
  const type = types[extname(file).toLowerCase()]
  if (!file.startsWith(root + sep) || type === undefined) return absent
  try {
    return { status: 200, type, body: await readFile(file) }
  } catch (error) {
    if (isFileError(error) && ['ENOENT', 'EISDIR', 'ENOTDIR'].includes(error.code)) return absent
    throw error
  }
}

/** The folders of what a host serves: the built pages, and the site's own recordings. */
export interface ServedFolders {
  readonly rendererDir: string
  readonly recordingsDir: string | null
}

const ownRecording = /^\/voice\/own(\/[a-z0-9-]+\.wav)$/

/** Reads what a URL path names: a file of the pages, or under `/voice/own/` one of the site's own recordings. See `readPageFile`. */
export function readServedFile({ rendererDir, recordingsDir }: ServedFolders, urlPath: string): Promise<PageFile> {
  const recording = ownRecording.exec(urlPath)?.[1]
  return recording === undefined || recordingsDir === null
    ? readPageFile(rendererDir, urlPath)
    : readPageFile(recordingsDir, recording)
}

function isFileError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
