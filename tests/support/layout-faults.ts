import type { Page } from 'playwright-core'

/** Text that is cut off or cannot be reached, and text over other text, a line a place; what is shown to screen readers alone is left out. */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Line = Record<'left' | 'right' | 'top' | 'bottom', number>
    const found: string[] = []
    const root = document.documentElement
    if (root.scrollWidth > innerWidth + 1) found.push(`the page is ${root.scrollWidth} px wide`)
    const isLaidOver = (part: Element): boolean => {
      for (let at: Element | null = part; at; at = at.parentElement)
        if (['fixed', 'sticky'].includes(getComputedStyle(at).position)) return true
      return false
    }
    /** Where the text of a part can be seen: what is scrolled away, and what three dots stand for, lies over nothing. */
    const shownIn = (part: Element): Line => {
      const shown = { left: -1e6, right: 1e6, top: -1e6, bottom: 1e6 }
      for (let at: Element | null = part; at && at !== document.body && at !== root; at = at.parentElement) {
        const { overflowX, overflowY, textOverflow } = getComputedStyle(at)
        const outer = at.getBoundingClientRect()
        if (textOverflow === 'ellipsis' || ['auto', 'scroll'].includes(overflowX)) {
          shown.left = Math.max(shown.left, outer.left)
          shown.right = Math.min(shown.right, outer.right)
        }
        if (['auto', 'scroll'].includes(overflowY)) {
          shown.top = Math.max(shown.top, outer.top)
          shown.bottom = Math.min(shown.bottom, outer.bottom)
        }
      }
      return shown
    }
    const within = (line: Line, shown: Line): Line[] => {
      const left = Math.max(line.left, shown.left)
      const right = Math.min(line.right, shown.right)
      const top = Math.max(line.top, shown.top)
      const bottom = Math.min(line.bottom, shown.bottom)
      return left < right && top < bottom ? [{ left, right, top, bottom }] : []
    }
    for (const part of document.querySelectorAll('#page *')) {
      const strip = part.clientHeight
      const scrolls = ['auto', 'scroll'].includes(getComputedStyle(part).overflowY)
      if (scrolls && strip > 0 && strip < 40 && part.scrollHeight > strip + 2)
        found.push(`a strip of ${strip} px to scroll ${part.scrollHeight} px in: ${part.textContent.slice(0, 24)}`)
    }
    const texts: { part: Element; box: DOMRect; lines: Line[]; words: string; over: boolean }[] = []
    for (const part of document.querySelectorAll('#page *')) {
      const { visibility, clipPath } = getComputedStyle(part)
      if (visibility === 'hidden' || clipPath !== 'none' || part.closest('[aria-live]')) continue
      for (const node of part.childNodes) {
        const words = node.textContent?.trim() ?? ''
        if (node.nodeType !== Node.TEXT_NODE || words === '') continue
        const range = document.createRange()
        range.selectNodeContents(node)
        const box = range.getBoundingClientRect()
        // Of each line only what its signs fill: the boxes of tall lines may touch above and below.
        const half = Number.parseFloat(getComputedStyle(part).fontSize) * 0.4
        const shown = shownIn(part)
        const all = [...range.getClientRects()].map(({ left, right, top, bottom }) => {
          const middle = (top + bottom) / 2
          return { left, right, top: middle - half, bottom: middle + half }
        })
        const lines = all.flatMap(line => within(line, shown))
        if (box.width > 0) texts.push({ part, box, lines, words: words.slice(0, 24), over: isLaidOver(part) })
      }
    }
    for (const { part, box, words } of texts) {
      const left = box.left + scrollX
      const top = box.top + scrollY
      if (left < -1 || top < -1) found.push(`outside: ${words}`)
      for (let at: Element | null = part; at && at !== root; at = at.parentElement) {
        const { overflowX, overflowY, position, textOverflow } = getComputedStyle(at)
        const outer = at.getBoundingClientRect()
        if (
          overflowX !== 'visible' &&
          at !== document.body &&
          box.right > outer.right + 1 &&
          overflowX !== 'auto' &&
          textOverflow !== 'ellipsis'
        )
          found.push(`cut at the side: ${words}`)
        if (
          ['hidden', 'clip'].includes(overflowY) &&
          at !== document.body &&
          (box.bottom - outer.bottom > box.height / 4 || outer.top - box.top > box.height / 4)
        )
          found.push(`cut: ${words}`)
        if (['auto', 'scroll'].includes(overflowY) && at !== document.body) break
        if (position === 'fixed') {
          if (box.bottom > innerHeight + 1 || box.right > innerWidth + 1) found.push(`out of reach: ${words}`)
          break
        }
      }
      const key = part.closest('button')?.getBoundingClientRect()
      if (
        key &&
        ((getComputedStyle(part).textOverflow !== 'ellipsis' && box.right > key.right + 1) ||
          box.bottom > key.bottom + 1 ||
          box.top < key.top - 1 ||
          box.left < key.left - 1)
      )
        found.push(`over its key: ${words}`)
    }
    for (const [at, one] of texts.entries())
      for (const other of texts.slice(at + 1)) {
        if (one.over !== other.over || one.part.contains(other.part) || other.part.contains(one.part)) continue
        const meet = one.lines.some(line =>
          other.lines.some(
            beside =>
              Math.min(line.right, beside.right) - Math.max(line.left, beside.left) > 2 &&
              Math.min(line.bottom, beside.bottom) - Math.max(line.top, beside.top) > 1,
          ),
        )
        if (meet) found.push(`over each other: ${one.words} | ${other.words}`)
      }
    return [...new Set(found)]
  })
}
