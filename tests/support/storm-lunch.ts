import { demoSeniors } from '../../province/demo-people.ts'
import { enrolmentCode } from '../../shared/province-api.ts'
import { enrolPaperTerminal, paperKeys } from './paper-terminal.ts'
import { persistent } from './storm.ts'

/** One sale pushed and one question asked (ms), and how often this terminal was sent away or cut off so far. */
export interface Meal {
  readonly push: number
  readonly ask: number
  readonly sentAway: number
  readonly cut: number
}

/** A terminal at lunch: words are its enrolment code and its rhythm (ms). A line for each meal, until its input ends. */
if (process.argv[1] === import.meta.filename) {
  const [code = '', rhythm = ''] = process.argv.slice(2)
  let isOver = false
  process.stdin.resume().once('end', () => {
    isOver = true
  })
  const till = persistent(await enrolPaperTerminal(enrolmentCode.parse(JSON.parse(code)), await paperKeys()))
  const members = demoSeniors().filter(({ homeSite, expected }) => homeSite === 'demo-canteen' && expected.fen > 0)
  const timed = async (work: () => Promise<unknown>) => {
    const startedAt = performance.now()
    await work()
    return Math.round(performance.now() - startedAt)
  }
  for (let number = 0; !isOver; number += 1) {
    const next = performance.now() + Number(rhythm)
    const member = members[number % members.length]
    if (member === undefined) throw new Error('no members')
    const sale = await till.terminal.sale(member, { who: 'guest' })
    const push = await timed(() => till.push([sale]))
    const ask = await timed(() => till.ask(member.id))
    const meal: Meal = { push, ask, ...till.counts() }
    process.stdout.write(`${JSON.stringify(meal)}\n`)
    await new Promise(resolve => setTimeout(resolve, Math.max(0, next - performance.now())))
  }
  process.exit(0)
}
