import { afterAll, beforeAll } from 'vitest'
import { type KeptOptions, keptPages } from './kept-pages.ts'
import { buildStage, type Scene, type Stage } from './stage.ts'

/** One stage for all tests of a file, and its cashier's page, kept open from test to test. */
export function keptScene() {
  let stage: Stage | undefined
  let scene: Scene | undefined
  const pages = keptPages(() => {
    if (stage === undefined) throw new Error('no stage yet')
    return stage
  })
  beforeAll(async () => {
    stage = await buildStage()
  })
  afterAll(async () => {
    await pages.close()
    await stage?.close()
  })

  function shown(): Scene {
    if (scene === undefined) throw new Error('nothing is shown yet')
    return scene
  }

  return {
    async show(options: KeptOptions = {}): Promise<Scene> {
      scene = await pages.show(options)
      return scene
    },
    /** Presses keys at the pace of a finger. */
    async press(...keys: string[]): Promise<void> {
      for (const key of keys) {
        await shown().page.keyboard.press(key)
        await shown().page.waitForTimeout(70)
      }
    },
    stands: (what: string) => shown().page.locator(what).first().waitFor(),
    /** What the page asked the core for by this name. */
    asked: (name: string) =>
      shown()
        .core.named(name)
        .map(({ input }) => input),
  }
}
