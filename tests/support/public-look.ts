import type { Page } from 'playwright-core'
import type { Heard } from './page-ear.ts'

/**
 * All that a public page shows, element by element: words, colours, type, and the box in which it stands. Masked, on the page itself and
 * before it is measured, are figures, amounts in words, and who is addressed.
 */
export function lookOf(page: Page, surname: string): Promise<string[]> {
  return page.evaluate(name => {
    const masked = (text: string) =>
      text
        .replaceAll(new RegExp(`${name}(?:女士|先生)`, 'g'), '某某')
        .replaceAll(/(?:[零一二两三四五六七八九十百千万]+[元角分])+/g, '零元')
        .replaceAll(/\d+(?:[.,:]\d+)*/g, '0.00')
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const kept: [Text, string][] = []
    while (walker.nextNode()) {
      const { currentNode } = walker
      if (!(currentNode instanceof Text)) continue
      kept.push([currentNode, currentNode.data])
    }
    for (const [node, text] of kept) node.data = masked(text)
    const looked = [document.documentElement, ...document.querySelectorAll('body, body *')].map(element => {
      const style = getComputedStyle(element)
      const { x, y, width, height } = element.getBoundingClientRect()
      const own = [...element.childNodes].map(node => (node instanceof Text ? node.data : '')).join('')
      const attributes = [...element.attributes].map(({ name: key, value }) =>
        key.startsWith('data-') || key.startsWith('aria-') ? `${key}=${masked(value)}` : `${key}=${value}`,
      )
      return [
        ...[element.tagName, ...attributes, own],
        ...[style.color, style.backgroundColor, style.borderColor, style.fill, style.stroke, style.opacity],
        ...[style.fontFamily, style.fontSize, style.fontWeight, style.visibility, style.display],
        ...[x, y, width, height].map(pixels => pixels.toFixed(1)),
      ].join(' | ')
    })
    for (const [node, text] of kept) node.data = text
    return looked
  }, surname)
}

/** What a page has played since: each clip or tone by its name and length (ms), in order. */
export async function heardOn(page: Page, since: number): Promise<string[]> {
  const heard: Heard[] = await page.evaluate(() => window.ear?.heard ?? [])
  return heard.slice(since).map(({ what, from, until }) => `${what} ${Math.round((until - from) * 1000)}`)
}
