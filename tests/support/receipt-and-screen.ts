import type { Page } from 'playwright-core'
import type { PaperRead } from './escpos-reader.ts'

/** What the senior's screen says of the sale that stands on it, line by line: who, each amount, how it was paid, what comes later, the day and meal. */
export async function readScreen(page: Page): Promise<string[]> {
  const [person, rows] = await page.evaluate(() => {
    const textOf = (element: Element | null | undefined) => element?.textContent ?? ''
    const [hero, slip] = document.querySelectorAll('main > section')
    const lines = [...(slip?.querySelectorAll('p') ?? [])].map(line =>
      line.children.length > 0 ? [...line.children].map(textOf).join(' ') : textOf(line),
    )
    return [textOf(hero?.querySelector('p')), lines] as const
  })
  return [person, ...rows].map(line => line.replaceAll('\u2212', '-'))
}

/** The same lines of a receipt in Chinese, read from its bytes: without the site, the number, and what a screen does not say of cash. */
export function readReceipt({ lines }: PaperRead): string[] {
  const texts = lines.map(({ text }) => text.trim())
  const rule = /^-+$/
  const from = texts.findIndex(text => rule.test(text))
  const to = texts.findLastIndex(text => rule.test(text))
  const [date = '', who = ''] = texts.slice(from - 2, from)
  const [person = '', meal = ''] = who.split(/ {2,}/)
  const rows = texts
    .slice(from + 1, to)
    .filter(text => !text.startsWith('抹零'))
    .map(text => text.replace(/ {2,}/, ' ').replace('￥', ''))
    .map(text => (/已付|^扫码付/.test(text) ? (text.split(' ')[0] ?? '') : text))
  const day = date.split(/ {2,}/)[0]?.replace(/^\d+ 年 /, '') ?? ''
  return [person, ...rows, `${day} ${meal}`]
}

/** Waits until a page shows a sale that is recorded, and reads it. */
export async function readRecorded(page: Page): Promise<string[]> {
  await page.locator('[data-state="confirmed"]').waitFor()
  return await readScreen(page)
}
