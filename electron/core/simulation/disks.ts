import type { Entry } from './messages.ts'
import type { network, Till } from './network.ts'
import type { SimulatedProvince } from './province.ts'
import type { WorldParameters } from './world.ts'

/** What befalls the disks of a world: they break and are restored from a backup, are copied, or are gone with their terminal. */
export function diskEvents(parts: {
  readonly world: WorldParameters
  readonly firsts: readonly Till[]
  readonly copies: ReadonlyMap<number, Till>
  readonly province: SimulatedProvince
  readonly lines: ReturnType<typeof network>
  now(): number
  /** Records went with a disk that the province does not have. */
  lost(entries: readonly Entry[]): void
}) {
  const { world, copies, province, lines, now } = parts
  const events: { readonly at: number; readonly happens: () => void }[] = []
  const plan = (at: number, happens: () => void) => {
    events.push({ at, happens })
    events.sort((one, other) => one.at - other.at)
  }

  /** An operator gives up what a lost terminal held, where anybody does. */
  function giveUpLater(name: number, generation: number, from: number, mayGiveUp: () => boolean): void {
    if (world.writeOffDays === null) return
    const at = from + world.writeOffDays * 1440
    plan(at, () => {
      if (mayGiveUp()) province.giveUp(name, generation)
      else giveUpLater(name, generation, at, mayGiveUp)
    })
  }

  function restore(broken: Till, backup: ReturnType<Till['terminal']['backup']>): void {
    if (!lines.isThere(broken)) return
    const generation = broken.terminal.generation()
    const gone = broken.terminal.restore(backup, lines.clockOf(broken))
    parts.lost(gone.filter(entry => !province.hasApplied(entry)))
    // Before the restored terminal was heard, records that its backup had may still come and draw on what was given up.
    giveUpLater(broken.name, generation, now(), () => province.book.generationOf(broken.name) > generation)
  }

  for (const till of parts.firsts) {
    const { restored, copiedAt, lostAt, id } = till.site
    if (restored !== null) {
      let backup = till.terminal.backup()
      plan(restored.backupAt, () => {
        backup = till.terminal.backup()
      })
      plan(restored.at, () => restore(till, backup))
    }
    if (copiedAt !== null) plan(copiedAt, () => copies.get(id)?.terminal.become(till.terminal.backup()))
    if (lostAt !== null) giveUpLater(till.name, 1, lostAt, () => true)
  }

  return {
    /** What happens to disks by this minute. */
    minute(): void {
      while (events[0] !== undefined && events[0].at <= now()) events.shift()?.happens()
    },
  }
}
