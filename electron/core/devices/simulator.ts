import { z } from 'zod'
import type { CardRead, CodeRead } from '../../../shared/credential.ts'
import type { SeniorId } from '../../../shared/ids.ts'
import { type DemoPerson, demoCodeReply, demoPerson } from '../../../shared/province-api.ts'
import type { Done, SimulatedPerson } from '../../../shared/terminal-api.ts'

export interface Simulator {
  people(): Promise<SimulatedPerson[]>
  present(senior: SeniorId, what: 'card' | 'dynamic-code' | 'paper-code'): Promise<Done>
}

/**
 * The demo's simulator: fictional people of the demo province, handed to the simulated drivers as a card or a code would come.
 * It never reaches the core but through a driver's event.
 */
export function createSimulator(
  address: string,
  drivers: { simulate(kind: 'card-reader' | 'code-scanner', data: CardRead | CodeRead): boolean },
): Simulator {
  const paper = new Map<SeniorId, string>()
  let known: DemoPerson[] = []

  const offline: Done = { result: 'refused', notice: { code: 'SIMULATOR_OFFLINE', values: {} } }

  async function load(): Promise<DemoPerson[]> {
    const reply = await fetch(new URL('/v1/demo/people', address), { signal: AbortSignal.timeout(3000) })
    known = z.array(demoPerson).parse(await reply.json())
    return known
  }

  async function mint(senior: SeniorId, kind: 'dynamic' | 'paper'): Promise<string> {
    const reply = await fetch(new URL('/v1/demo/codes', address), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ senior, kind }),
      signal: AbortSignal.timeout(3000),
    })
    return demoCodeReply.parse(await reply.json()).text
  }

  async function codeOf(senior: SeniorId, kind: 'dynamic' | 'paper'): Promise<string | null> {
    const kept = kind === 'paper' ? paper.get(senior) : undefined
    if (kept !== undefined) return kept
    try {
      const text = await mint(senior, kind)
      if (kind === 'paper') paper.set(senior, text)
      return text
    } catch {
      // Every failure here means the same to the person at the panel: the demo province cannot be asked now.
      return null
    }
  }

  function handOver(kind: 'card-reader' | 'code-scanner', data: CardRead | CodeRead): Done {
    const taken = drivers.simulate(kind, data)
    return taken
      ? { result: 'done' }
      : {
          result: 'refused',
          notice: { code: 'DEVICE_FAULT', values: { device: kind === 'card-reader' ? '读卡器' : '扫码枪' } },
        }
  }

  /** Offline the panel goes on with the people it already knows. */
  async function freshOrKnown(): Promise<DemoPerson[]> {
    return await load().catch(() => known)
  }

  async function find(senior: SeniorId): Promise<DemoPerson | undefined> {
    const is = (one: DemoPerson) => one.senior === senior
    return known.find(is) ?? (await freshOrKnown()).find(is)
  }

  return {
    async people() {
      return (await freshOrKnown()).map(({ senior, name, age, note, cardId }) => ({
        senior,
        name,
        age,
        note,
        hasCard: cardId !== null,
      }))
    },
    async present(senior, what) {
      if (what !== 'card') {
        const text = await codeOf(senior, what === 'dynamic-code' ? 'dynamic' : 'paper')
        return text === null ? offline : handOver('code-scanner', { source: 'simulated', text })
      }
      const person = await find(senior)
      if (!person?.cardId) return offline
      return handOver('card-reader', {
        source: 'simulated',
        cardId: person.cardId,
        ...(person.cardNumber ? { cardNumber: person.cardNumber } : {}),
        version: '3.00',
        full: false,
        warnings: [],
        readMilliseconds: 0,
      })
    },
  }
}
