import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type Command, complain } from './command.ts'
import { simulate } from './core/simulation/simulate.ts'
import { mode, usualWorld } from './core/simulation/world.ts'

const help =
  'simulate [--terminals N] [--seniors N] [--days N] [--roam P] [--mode lease|bounded|online] [--seed S|S..T]   模拟一个月的断网与额度 / live a month of broken networks'

const whole = (most: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .pipe(z.number().min(1).max(most))

const options = z.object({
  terminals: whole(10_000),
  seniors: whole(1_000_000),
  days: whole(366),
  roam: z
    .string()
    .regex(/^(0(\.\d+)?|1(\.0+)?)$/)
    .transform(Number),
  mode: z.enum(mode),
  seed: z
    .string()
    .regex(/^\d{1,7}(\.\.\d{1,7})?$/)
    .transform(text => text.split('..').map(Number)),
})

/** Prints one JSON line for each seed; all other parameters are the usual ones and stand in it. */
export const simulation: Command = {
  help,
  run: async words => {
    const text = (fallback: number | string) => ({ type: 'string', default: String(fallback) }) as const
    const { values } = parseArgs({
      args: words,
      options: {
        terminals: text(usualWorld.terminals),
        seniors: text(usualWorld.seniors),
        days: text(usualWorld.days),
        roam: text(usualWorld.roam),
        mode: text(usualWorld.mode),
        seed: text(usualWorld.seed),
      },
    })
    const parsed = options.safeParse(values)
    if (!parsed.success) {
      const wrong = parsed.error.issues.map(({ path }) => `--${path.join('.')}`).join(' ')
      return complain(`这些值不对：${wrong}。用法：aixin ${help}`, `wrong values: ${wrong}`)
    }
    const { seed, ...world } = parsed.data
    const [first = 1, last = first] = seed
    for (let one = first; one <= last; one++)
      console.log(JSON.stringify(simulate({ ...usualWorld, ...world, seed: one })))
    return 0
  },
}
