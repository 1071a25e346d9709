import type { Till } from '../support/till.ts'

/** The fictional lead's, set for the rush alone. */
const pin = '305817'

/** Sets the site's pause before a priced sale records itself, as its station lead does at the till. Throws where the till refuses. */
export async function setPause({ client, terminal }: Till, seconds: number): Promise<void> {
  // Whose shift the till opened.
  const operator = terminal().operator?.id
  if (operator === undefined) throw new Error('no shift is open at the till')
  const { settings, afterwards } = client
  const steps = [
    () => afterwards.setPin({ pin }),
    () => settings.unlock({ operator, pin }),
    () => settings.change({ what: 'entry-pause', seconds }),
    () => settings.lock(),
  ]
  for (const step of steps) {
    const answer = await step()
    if (answer.result === 'refused') throw new Error(`the pause could not be set: ${answer.notice.code}`)
  }
}
