import type { WantedInput } from '../../shared/settings-api.ts'
import type { Till } from './till.ts'

/** A fictional lead's, for tests alone. */
const pin = '305817'

/** Changes settings as the station lead on shift does at the till. Throws where the till refuses. */
export async function changeSettings({ client, terminal }: Till, ...wanted: WantedInput[]): Promise<void> {
  const operator = terminal().operator?.id
  if (operator === undefined) throw new Error('no shift is open at the till')
  const { settings, afterwards } = client
  const steps = [
    () => afterwards.setPin({ pin }),
    () => settings.unlock({ operator, pin }),
    ...wanted.map(change => () => settings.change(change)),
    () => settings.lock(),
  ]
  for (const step of steps) {
    const answer = await step()
    if (answer.result === 'refused') throw new Error(`the setting could not be changed: ${answer.notice.code}`)
  }
}
