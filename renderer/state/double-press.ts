/** The same key again within this time is one press (ms). */
const KEY_MILLISECONDS = 500
/** A touch so soon (ms) and so near (px) after another is the second half of a double tap. */
const TAP_MILLISECONDS = 600
const TAP_PIXELS = 80

/** Keys that do something at once; digits, letters, arrows and Backspace are typed as fast as anybody can. */
const actingKey = /^(Enter|NumpadEnter|Escape|F([1-9]|1[0-2]))$/
const controls = 'button, input, textarea, select, a, summary, label'

export interface DoubleKeys {
  /** Takes a key; `at` is the key's own time in ms. True where it is the second half of a double press, of which nothing may come. */
  isSecond(code: string, at: number): boolean
}

/** Tells double presses of a key: however often it is hit, it counts once until it rests. */
export function createDoubleKeys(): DoubleKeys {
  let last: { code: string; at: number } | null = null
  return {
    isSecond(code, at) {
      const key = code === 'NumpadEnter' ? 'Enter' : code
      const isSecond = last?.code === key && at - last.at < KEY_MILLISECONDS && actingKey.test(key)
      last = { code: key, at }
      return isSecond
    },
  }
}

/** What a touch lands on: `control` is what it would press, `face` what that says it does, and `pad` the number or letter pad it is of. */
export interface Touched {
  readonly control: object | null
  readonly face: string
  readonly pad: object | null
  readonly x: number
  readonly y: number
}

export interface DoubleTaps {
  /** Takes a touch that begins. `view` is what stands on the screen: another text, another screen. True where it hits what the touch before brought under the finger. */
  isSecond(touched: Touched, view: string, at: number): boolean
  /** The touch pressed its control only now, at the end of it. */
  ended(at: number): void
}

/** Tells double taps whose second half hits another thing than the first. The same pad takes digits at any speed. */
export function createDoubleTaps(): DoubleTaps {
  let last: (Touched & { view: string; at: number }) | null = null
  return {
    isSecond(touched, view, at) {
      const before = last
      const isNear =
        before !== null &&
        at - before.at < TAP_MILLISECONDS &&
        Math.hypot(touched.x - before.x, touched.y - before.y) <= TAP_PIXELS
      const isSame = before?.control === touched.control && before.face === touched.face && before.view === view
      const isSamePad = touched.pad !== null && before?.pad === touched.pad
      const isSecond = isNear && before.control !== null && !isSame && !isSamePad
      // What the first one hit stays what the third is compared with.
      last = isSecond ? { ...before, at } : { ...touched, view, at }
      return isSecond
    },
    ended(at) {
      if (last) last = { ...last, at }
    },
  }
}

function touchedBy(event: PointerEvent): Touched {
  const target = event.target instanceof Element ? event.target : null
  const control = target?.closest(controls) ?? null
  const face = `${control?.getAttribute('aria-label') ?? ''} ${control?.textContent ?? ''}`
  return { control, face, pad: target?.closest('[data-keys]') ?? null, x: event.clientX, y: event.clientY }
}

/**
 * Keeps the second half of double presses from the page; call it before anything else listens. Returns how to stop.
 * @param view what stands on the screen now
 * @param onTouch is told of every touch, swallowed or not
 */
export function swallowDoubleTaps(view: () => string, onTouch: (event: PointerEvent) => void): () => void {
  const taps = createDoubleTaps()
  let swallowing = false

  function swallow(event: Event): void {
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  function onPointerDown(event: PointerEvent): void {
    onTouch(event)
    swallowing = event.isPrimary && taps.isSecond(touchedBy(event), view(), event.timeStamp)
    if (swallowing) swallow(event)
  }
  function onMouse(event: MouseEvent): void {
    // A key that presses the focused button has no pointer.
    if (event.detail === 0) return
    if (swallowing) swallow(event)
    else if (event.type === 'click') taps.ended(event.timeStamp)
  }
  window.addEventListener('pointerdown', onPointerDown, true)
  for (const type of ['mousedown', 'click'] as const) window.addEventListener(type, onMouse, true)
  return () => {
    window.removeEventListener('pointerdown', onPointerDown, true)
    for (const type of ['mousedown', 'click'] as const) window.removeEventListener(type, onMouse, true)
  }
}
