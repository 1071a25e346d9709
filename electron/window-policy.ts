/** What pages of the Electron host may do, as pure decisions; main.ts applies them. */

export const appScheme = 'app'
export const appOrigin = `${appScheme}://terminal`

/** True for a page of the terminal itself. */
export function isOwnUrl(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed !== null && parsed.protocol === `${appScheme}:` && parsed.host === 'terminal'
}

/** A permission that a page asks for: only the camera, only our own page, only its main frame. */
export function mayUse(request: {
  permission: string
  url: string
  isMainFrame: boolean
  mediaTypes: readonly string[]
}): boolean {
  const { permission, url, isMainFrame, mediaTypes } = request
  const onlyVideo = mediaTypes.length > 0 && mediaTypes.every(type => type === 'video')
  return permission === 'media' && onlyVideo && isMainFrame && isOwnUrl(url)
}

const modifiers: readonly string[] = ['Control', 'Alt', 'Shift', 'Meta', 'AltGraph']

/** Keys that would leave the kiosk or steer the browser: F11 and every Ctrl, Alt and Meta chord. F1 to F12 belong to the page otherwise. */
export function isBlockedKey(input: { key: string; control: boolean; alt: boolean; meta: boolean }): boolean {
  if (input.key === 'F11') return true
  return (input.control || input.alt || input.meta) && !modifiers.includes(input.key)
}
