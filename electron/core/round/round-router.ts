import type { DiskWatch } from '../disk-watch.ts'
import type { StaffApi } from '../staff-api.ts'
import type { RoundDesk } from './round-desk.ts'

/** The part of the terminal API that is about delivery rounds. */
export function createRoundRouter(api: StaffApi['round'], desk: RoundDesk, { disk }: { disk: DiskWatch }) {
  return {
    watch: api.watch.handler(({ signal }) => desk.watched.watch(desk.view, signal)),
    print: api.print.handler(({ input }) => desk.print(input.round)),
    enter: api.enter.handler(({ input }) => disk.pressing(() => desk.enter(input))),
    followUp: api.followUp.handler(({ input }) => disk.pressing(() => desk.followUp(input.of, input.seen))),
  }
}
