import { addDays, type BusinessDate } from '../../../shared/business-day.ts'
import type { Chance } from './chance.ts'
import { dateAt, type SimulatedSite, within } from './inhabitants.ts'
import type { Scope, Word } from './messages.ts'
import type { SimulatedProvince } from './province.ts'
import type { Asking, SimulatedTerminal } from './terminal.ts'
import type { WorldParameters } from './world.ts'

/** A till of a simulated world. A copied disk has the name of the one it was copied from. */
export interface Till {
  readonly name: number
  readonly site: SimulatedSite
  readonly terminal: SimulatedTerminal
  /** From when on it is there. */
  readonly since: number
}

const syncMinutes = 60

/** The lines between the tills of a world and its province: down at times, and what they carry is lost, doubled and late. */
export function network(parts: {
  readonly world: WorldParameters
  readonly chance: Chance
  readonly tills: readonly Till[]
  readonly province: SimulatedProvince
  /** After this minute nothing fails any more. */
  readonly healAt: number
  now(): number
}) {
  const { world, chance, tills, province, healAt, now } = parts
  const nextSync = tills.map(() => chance.below(syncMinutes))
  const late: { readonly at: number; readonly till: Till; readonly words: readonly Word[] }[] = []

  const isThere = ({ site, since }: Till) => since <= now() && (site.lostAt === null || site.lostAt > now())
  const isUp = (till: Till) => isThere(till) && (now() >= healAt || !within(till.site.away, now()))
  const arrives = () => now() >= healAt || !chance.happens(world.drop)
  const clockOf = ({ site }: Till): BusinessDate => {
    const ahead = site.skewDays[Math.floor(now() / 1440)] ?? 0
    const date = dateAt(now(), world.startDay)
    return ahead === 0 ? date : addDays(date, ahead)
  }

  function push(till: Till): void {
    for (const batch of till.terminal.unsent()) {
      if (!arrives()) continue
      const through = province.push(till.name, batch)
      if (chance.happens(world.duplicate)) province.push(till.name, batch)
      if (arrives()) till.terminal.acknowledge(batch.generation, through)
    }
  }

  function sync(till: Till): void {
    const { terminal } = till
    terminal.turnDay(clockOf(till))
    push(till)
    if (!arrives()) return
    const { words, cursor } = province.pull(till.name, terminal.cursor())
    if (!arrives()) return
    if (now() < healAt && chance.happens(world.late)) {
      late.push({ at: now() + chance.below(1440), till, words })
      return
    }
    terminal.hearAll(words, cursor)
    push(till)
  }

  const recallNow = (name: number, scope: Scope) => {
    const till = tills[name]
    if (till === undefined || !isUp(till) || !arrives()) return
    till.terminal.hear(province.wordOf(name, scope))
    push(till)
  }

  return {
    isThere,
    isUp,
    push,
    clockOf,
    /** What happens on the lines in this minute. */
    minute(): void {
      for (const [place, due] of nextSync.entries()) {
        const till = tills[place]
        if (till === undefined || due > now()) continue
        nextSync[place] = now() + syncMinutes
        if (isUp(till)) sync(till)
      }
      for (let place = late.length - 1; place >= 0; place--) {
        const message = late[place]
        if (message === undefined || message.at > now()) continue
        late.splice(place, 1)
        if (isUp(message.till)) for (const word of message.words) message.till.terminal.hear(word)
      }
    },
    /** The province as a visit can ask it; null while the line is down. `lost` tells afterwards whether an answer was. */
    asking(till: Till): (Asking & { readonly lost: () => boolean }) | null {
      if (!isUp(till)) return null
      let lost = false
      return {
        lost: () => lost,
        ask(questions) {
          if (!arrives()) return null
          const generation = till.terminal.generation()
          const words = province.ask(till.name, generation, questions, recallNow)
          if (chance.happens(world.duplicate)) province.ask(till.name, generation, questions, recallNow)
          lost = !arrives()
          return lost ? null : words
        },
      }
    },
  }
}
