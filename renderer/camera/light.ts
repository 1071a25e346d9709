/**
 * Mean brightness of what the camera looks at, from 0 to 255, below which codes are no longer read reliably; measured on drawn frames
 * (docs/performance.md, low light). A room counts as light again only well above it.
 */
const DARK_BELOW = 14
const LIGHT_ABOVE = 20
/** A hand before the lens is no dark room. */
const LASTING_MILLISECONDS = 2000

/** Takes the brightness of each look with a steady clock in ms; gives back whether it is too dark to read codes, once that has lasted. */
export function createLightWatch(): (brightness: number, at: number) => boolean {
  let dark = false
  let changedSince: number | null = null
  return (brightness, at) => {
    const changes = dark ? brightness > LIGHT_ABOVE : brightness < DARK_BELOW
    if (!changes) changedSince = null
    else {
      changedSince ??= at
      if (at - changedSince >= LASTING_MILLISECONDS) {
        dark = !dark
        changedSince = null
      }
    }
    return dark
  }
}
