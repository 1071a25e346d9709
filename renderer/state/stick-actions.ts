import { calls } from './cashier-actions.ts'
import { type StickPanel, useCashier } from './cashier-store.ts'

const { getState: state, setState } = useCashier

function change(next: Partial<StickPanel>): void {
  const { stick } = state()
  if (stick) setState({ stick: { ...stick, ...next } })
}

/** Opens what a stick can do, or closes it. */
export function toggleStick(): void {
  if (state().stick) setState({ stick: null })
  else {
    setState({ stick: { sticks: null, chosen: null, busy: null, told: null } })
    void lookForSticks()
  }
}

export async function lookForSticks(): Promise<void> {
  change({ sticks: null })
  const sticks = await calls.usbSticks().catch((): [] => [])
  const chosen = sticks.find(({ path }) => path === state().stick?.chosen) ?? sticks[0]
  change({ sticks, chosen: chosen?.path ?? null })
}

export function chooseStick(path: string): void {
  change({ chosen: path, told: null })
}

/** One act at a time: a stick that is being written must not be read. */
async function act(busy: 'out' | 'back', work: (path: string) => Promise<StickPanel['told']>): Promise<void> {
  const { stick } = state()
  if (!stick?.chosen || stick.busy) return
  change({ busy, told: null })
  try {
    change({ told: await work(stick.chosen) })
  } catch (error) {
    console.info('not done:', error instanceof Error ? error.message : String(error))
    change({ told: { kind: 'refused', notice: { code: 'UNEXPECTED', values: {} } } })
  } finally {
    change({ busy: null })
  }
}

export async function writeStick(): Promise<void> {
  await act('out', async path => {
    const answer = await calls.usbOut({ path })
    return answer.result === 'done' ? { ...answer, kind: 'out' } : { kind: 'refused', notice: answer.notice }
  })
}

export async function readStick(): Promise<void> {
  await act('back', async path => {
    const answer = await calls.usbBack({ path })
    return answer.result === 'done' ? { ...answer, kind: 'back' } : { kind: 'refused', notice: answer.notice }
  })
}
