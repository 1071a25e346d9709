import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { siteId, terminalId } from '../shared/ids.ts'
import { cardsCommand, cardsUsage } from './cards-command.ts'
import { claimsCommand, claimsUsage } from './claims-command.ts'
import { codesCommand, codesUsage } from './codes-command.ts'
import { evidenceCommand, evidenceUsage } from './evidence-command.ts'
import { feedsAnewCommand, feedsAnewUsage } from './feeds-anew-command.ts'
import { findingsCommand, findingsUsage } from './findings-command.ts'
import { heldCommand, heldUsage } from './held-command.ts'
import { keysCommand, keysUsage } from './keys-command.ts'
import { loadCommand, loadUsage } from './load-command.ts'
import { mealOrdersCommand, mealOrdersUsage } from './meal-orders-command.ts'
import { ordersCommand, ordersUsage } from './orders-command.ts'
import { paymentsCommand, paymentsUsage } from './payments-command.ts'
import { personTimesCommand, personTimesUsage } from './person-times-command.ts'
import { potsCommand, potsUsage } from './pots-command.ts'
import { publishCommand, publishUsage } from './publish-command.ts'
import { receiptCommand, receiptUsage } from './receipt-command.ts'
import { roundsCommand, roundsUsage } from './rounds-command.ts'
import { sampleCommand, sampleUsage } from './sample-command.ts'
import { startProvince } from './server.ts'
import { statementCommand, statementUsage } from './statement-command.ts'
import { takeFileCommand, takeFileUsage } from './take-file-command.ts'
import { usbCommand, usbUsage } from './usb-command.ts'
import { warningsCommand, warningsUsage } from './warnings-command.ts'
import { writeOffCommand, writeOffUsage } from './write-off-command.ts'

const usage = `node province/main.ts --database-url URL [--host HOST] [--port N] [--demo] [--enrol TERMINAL@SITE]
  --database-url  PostgreSQL, as postgres://user:password@host:port/database (or AIXIN_DATABASE_URL)
  --host, --port  where to listen; 127.0.0.1 and 7200 where left out, port 0 takes a free one
  --metrics-port  serves /metrics for Prometheus there, on --metrics-host (127.0.0.1 where left out); not served where left out
  --round-pages   folder of the couriers' built page, served under /round/; dist/round where it is there
  --carer-pages   folder of the carers' built page, served under /carer/; dist/carer where it is there
  --demo          fictional people, and a page of codes for them
  --enrol         prints a one-time enrolment code for a terminal
  Log level: AIXIN_LOG (fatal, error, warn, info, debug); warn where left out
${publishUsage}
${loadUsage}
${evidenceUsage}
${claimsUsage}
${paymentsUsage}
${heldUsage}
${personTimesUsage}
${warningsUsage}
${sampleUsage}
${statementUsage}
${writeOffUsage}
${potsUsage}
${receiptUsage}
${findingsUsage}
${feedsAnewUsage}
${usbUsage}
${takeFileUsage}
${cardsUsage}
${ordersUsage}
${mealOrdersUsage}
${roundsUsage}
${codesUsage}
${keysUsage}`

const commands = new Map([
  ['publish', publishCommand],
  ['load', loadCommand],
  ['evidence', evidenceCommand],
  ['claims', claimsCommand],
  ['payments', paymentsCommand],
  ['held', heldCommand],
  ['person-times', personTimesCommand],
  ['warnings', warningsCommand],
  ['sample', sampleCommand],
  ['statement', statementCommand],
  ['write-off', writeOffCommand],
  ['pots', potsCommand],
  ['receipt', receiptCommand],
  ['findings', findingsCommand],
  ['feeds-anew', feedsAnewCommand],
  ['usb', usbCommand],
  ['take-file', takeFileCommand],
  ['cards', cardsCommand],
  ['orders', ordersCommand],
  ['meal-orders', mealOrdersCommand],
  ['rounds', roundsCommand],
  ['codes', codesCommand],
  ['keys', keysCommand],
])

async function main(): Promise<void> {
  const [command, ...words] = process.argv.slice(2)
  const run = commands.get(command ?? '')
  if (run !== undefined) {
    process.exitCode = await run(words)
    return
  }
  const { values } = parseArgs({
    options: {
      'database-url': { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '7200' },
      'metrics-host': { type: 'string', default: '127.0.0.1' },
      'metrics-port': { type: 'string' },
      'round-pages': { type: 'string' },
      'carer-pages': { type: 'string' },
      demo: { type: 'boolean', default: false },
      enrol: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const databaseUrl = values['database-url'] ?? process.env.AIXIN_DATABASE_URL
  if (values.help || databaseUrl === undefined) {
    console.log(usage)
    process.exitCode = values.help ? 0 : 2
    return
  }
  const built = (page: string) => {
    const folder = join(import.meta.dirname, '..', 'dist', page)
    return existsSync(folder) ? folder : undefined
  }
  const roundPages = values['round-pages'] ?? built('round')
  const carerPages = values['carer-pages'] ?? built('carer')
  const province = await startProvince({
    databaseUrl,
    host: values.host,
    port: Number(values.port),
    demo: values.demo,
    ...(roundPages === undefined ? {} : { roundPages }),
    ...(carerPages === undefined ? {} : { carerPages }),
    logLevel: process.env.AIXIN_LOG ?? 'warn',
    ...(values['metrics-port'] === undefined
      ? {}
      : { metrics: { host: values['metrics-host'], port: Number(values['metrics-port']) } }),
  })
  console.log(province.address)
  if (province.metricsAddress !== null) console.log(`${province.metricsAddress}/metrics`)
  if (values.enrol !== undefined) {
    const [terminal, site] = values.enrol.split('@')
    console.log(JSON.stringify(await province.createEnrolmentCode(terminalId.parse(terminal), siteId.parse(site))))
  }
  const stop = () => {
    province.close().catch((error: unknown) => {
      console.error(error)
      process.exitCode = 1
    })
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

main().catch((error: unknown) => {
  console.error(`the province did not start: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
})
