import type { Notice } from '../../shared/terminal-api.ts'
import { ask, calls } from './cashier-actions.ts'
import { coreLost, useCashier } from './cashier-store.ts'
import { leadsIn, look } from './settings-actions.ts'
import { noSetup, type SetupDraft, useSettings } from './settings-store.ts'

const { getState: state, setState } = useSettings

function change(part: Partial<SetupDraft>): void {
  setState(({ setup }) => ({ setup: { ...setup, ...part } }))
}

export function typeCode(text: string): void {
  change({ text, code: null, notice: null })
}

/** Looks at what the code says of itself; nothing is sent yet. */
export async function readCode(text = state().setup.text): Promise<void> {
  change({ text, code: null, notice: null })
  const said = await answered(() => calls.setup.read({ text }))
  if (said?.result === 'read') change({ code: said.code })
  else change({ notice: said?.notice ?? coreLost })
}

export async function readStickCode(): Promise<void> {
  const said = await answered(() => calls.setup.fromStick())
  if (said?.result === 'read') await readCode(said.text)
  else change({ notice: said?.notice ?? coreLost })
}

export function anotherCode(): void {
  setState({ setup: noSetup })
}

export async function enrol(): Promise<void> {
  const { text, code, busy } = state().setup
  if (code === null || busy) return
  change({ busy: true, notice: null })
  const said = await answered(() => calls.setup.enrol({ text }))
  const notice: Notice | null = said === null ? coreLost : said.result === 'refused' ? said.notice : null
  change({ busy: false, notice })
}

/** On to the first shift, with the first lead chosen. */
export async function finishSetup(): Promise<void> {
  await look()
  const [lead] = leadsIn(state().view)
  setState({ firstShift: lead?.pin === 'none', setup: noSetup })
  if (lead) useCashier.setState({ chosenOperator: lead.operator })
  await ask(calls.setup.finish())
}

async function answered<T>(question: () => Promise<T>): Promise<T | null> {
  try {
    return await question()
  } catch (error) {
    console.info('no answer:', error instanceof Error ? error.message : String(error))
    return null
  }
}
