import { eat } from '../support/people.ts'
import { logInTo, openTill } from '../support/till.ts'

/** Opens the cashier's address that `npm start` printed, as a page would, and checks one demo senior in by card. */
const [address] = process.argv.slice(2)
if (!address) throw new Error('usage: node tests/bare/try-check-in.ts ADDRESS')
const till = await openTill(new URL(address).origin, await logInTo(address))
const view = await till.untilTerminal(now => now.roster.members > 0 && now.operators.length > 0 && !now.roster.stale)
const [operator] = view.operators
if (!operator) throw new Error('no operator')
if (!view.shift) await till.client.openShift({ operator: operator.id, date: view.businessDate })
const [person] = await till.client.simulatedPeople()
if (!person) throw new Error('the simulator knows nobody')
const { sale } = await eat(till, person.senior)
await till.untilTerminal(now => now.unsent.count === 0)
console.log(`checked in ${sale.name}: own payment ${sale.ownPayFen} fen, recorded and at the province`)
till.close()
