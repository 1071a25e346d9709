import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Notice } from '../shared/terminal-api.ts'
import { noticeLines } from './core/notice-lines.ts'
import { openKiosk } from './kiosk.ts'

const plain = (text: string) => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)

/** A page by itself that says why the terminal did not start: nobody at a kiosk sees what a program prints. */
export function refusalAddress(notice: Notice): string {
  const lines = noticeLines(notice).map(line => `<p>${plain(line)}</p>`)
  const style = 'body{font:32px/1.6 sans-serif;margin:12vh 10vw;color:#1d2421;background:#f6f1e6}p+p{font-size:22px}'
  const head = `<meta charset="utf-8"><title>爱心终端 Aixin Terminal</title><style>${style}</style>`
  return `data:text/html;charset=utf-8,${encodeURIComponent(`<!doctype html><html lang="zh-CN">${head}${lines.join('')}</html>`)}`
}

/** Shows in a window why the terminal did not start, until somebody closes it; at once over where no window can be had. */
export async function showRefusal(notice: Notice): Promise<void> {
  // The data folder may be what cannot be used.
  const profileDir = mkdtempSync(join(tmpdir(), 'aixin-refusal-'))
  try {
    await openKiosk({ url: refusalAddress(notice), profileDir })?.closed
  } finally {
    rmSync(profileDir, { recursive: true, force: true })
  }
}
