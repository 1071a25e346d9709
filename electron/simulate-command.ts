import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type Command, complain } from './command.ts'
import { simulate } from './core/simulation/simulate.ts'
import { mode, namedWorlds, usualWorld, type WorldParameters } from './core/simulation/world.ts'

const help =
  'simulate [--terminals N] [--seniors N] [--days N] [--roam P] [--mode lease|bounded|online] [--seed S|S..T] [--world usual|hard|long-away]   模拟一个月的断网与额度 / live a month of broken networks'

const whole = (most: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .pipe(z.number().min(1).max(most))

const options = z.object({
  world: z.enum(['usual', 'hard', 'long-away']),
  seed: z
    .string()
    .regex(/^\d{1,7}(\.\.\d{1,7})?$/)
    .transform(text => text.split('..').map(Number)),
  terminals: whole(10_000).optional(),
  seniors: whole(1_000_000).optional(),
  days: whole(366).optional(),
  roam: z
    .string()
    .regex(/^(0(\.\d+)?|1(\.0+)?)$/)
    .transform(Number)
    .optional(),
  mode: z.enum(mode).optional(),
})

/** Prints one JSON line for each seed; parameters that are not given are those of the named world and stand in it. */
export const simulation: Command = {
  help,
  run: async words => {
    const text = { type: 'string' } as const
    const { values } = parseArgs({
      args: words,
      options: {
        ...{ world: { ...text, default: 'usual' }, seed: { ...text, default: String(usualWorld.seed) } },
        ...{ terminals: text, seniors: text, days: text, roam: text, mode: text },
      },
    })
    const parsed = options.safeParse(values)
    if (!parsed.success) {
      const wrong = parsed.error.issues.map(({ path }) => `--${path.join('.')}`).join(' ')
      return complain(`这些值不对：${wrong}。用法：aixin ${help}`, `wrong values: ${wrong}`)
    }
    const { seed, world: name, terminals, seniors, days, roam, mode } = parsed.data
    const base: WorldParameters = { ...usualWorld, ...namedWorlds[name] }
    const world = {
      ...base,
      ...{ terminals: terminals ?? base.terminals, seniors: seniors ?? base.seniors, days: days ?? base.days },
      ...{ roam: roam ?? base.roam, mode: mode ?? base.mode },
    }
    const [first = 1, last = first] = seed
    for (let one = first; one <= last; one++) console.log(JSON.stringify(simulate({ ...world, seed: one })))
    return 0
  },
}
