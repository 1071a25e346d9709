import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface Kiosk {
  /** Settles when the browser has ended, by itself or by `close`. */
  closed: Promise<void>
  close(): Promise<void>
}

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const closePatience = 5_000
/** The till speaks before anybody has touched it. */
export const mayPlay = '--autoplay-policy=no-user-gesture-required'

/** The path of a browser of Chromium's family; null where there is none. */
export function findBrowser(): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter))
    for (const browser of browsers) {
      const path = join(folder, browser)
      if (existsSync(path)) return path
    }
  return null
}

/** True where a window can be shown at all. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** Opens a Chromium kiosk window on an address, with a profile of its own. Null where there is no browser or no display. */
export function openKiosk({ url, profileDir }: { url: string; profileDir: string }): Kiosk | null {
  const browser = findBrowser()
  if (browser === null || !hasDisplay()) return null
  const asRoot = process.getuid?.() === 0
  if (asRoot)
    console.warn(
      '以 root 运行浏览器时没有沙箱，正式使用请换普通用户 / as root the browser has no sandbox; use an ordinary user',
    )
  const child = spawn(
    browser,
    [
      '--kiosk',
      `--app=${url}`,
      `--user-data-dir=${profileDir}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-features=Translate,OverscrollHistoryNavigation',
      '--disable-pinch',
      mayPlay,
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--password-store=basic',
      // Without a window manager a kiosk window does not fill the screen by itself.
      '--window-position=0,0',
      ...(asRoot ? ['--no-sandbox'] : []),
    ],
    { stdio: 'ignore' },
  )
  const closed = new Promise<void>(resolve => {
    child.on('exit', () => resolve())
    child.on('error', () => resolve())
  })
  return {
    closed,
    close: async () => {
      child.kill('SIGTERM')
      const patience = setTimeout(() => child.kill('SIGKILL'), closePatience)
      await closed
      clearTimeout(patience)
    },
  }
}
