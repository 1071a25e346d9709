import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { z } from 'zod'

/** Every rule of WCAG 2.0 to 2.2, levels A and AA, with contrast of 7:1 and targets of 24 px beside them. */
const asked = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  rules: { 'color-contrast-enhanced': { enabled: true }, 'target-size': { enabled: true } },
}

const found = z.array(
  z.object({
    id: z.string(),
    nodes: z.array(z.object({ target: z.array(z.string()), failureSummary: z.string().default('') })),
  }),
)

/** Colours that are on their way would be measured half-way. */
const settled = `new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))).then(() =>
  Promise.allSettled(document.getAnimations().filter(one => one instanceof CSSTransition).map(({ finished }) => finished)))`

/** What axe finds on a page as it stands, a line a place: rule, where, and why. It runs beside the page's own scripts, where no clock of a test stands still. */
export async function axeFindings(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  try {
    const { frameTree } = await session.send('Page.getFrameTree')
    const world = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' })
    const evaluate = (expression: string) =>
      session.send('Runtime.evaluate', {
        expression,
        contextId: world.executionContextId,
        awaitPromise: true,
        returnByValue: true,
      })
    await evaluate(axe.source)
    await evaluate(settled)
    const { result, exceptionDetails } = await evaluate(
      `axe.run(document, ${JSON.stringify(asked)}).then(({ violations }) => violations)`,
    )
    if (exceptionDetails) throw new Error(`axe did not run: ${exceptionDetails.text}`)
    return found
      .parse(result.value)
      .flatMap(({ id, nodes }) =>
        nodes.map(
          ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary.replaceAll('\n', ' ')}`,
        ),
      )
  } finally {
    await session.detach()
  }
}

/** What axe finds in the usual theme and in high contrast, where nothing moves; the page is then as it was. */
export async function findingsInBothThemes(page: Page): Promise<string[]> {
  const findings: string[] = []
  for (const contrast of ['no-preference', 'more'] as const) {
    await page.emulateMedia({ contrast, reducedMotion: 'reduce' })
    findings.push(...(await axeFindings(page)).map(line => `${contrast === 'more' ? 'high contrast, ' : ''}${line}`))
  }
  await page.emulateMedia({ contrast: 'no-preference', reducedMotion: 'no-preference' })
  return findings
}
