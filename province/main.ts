import { parseArgs } from 'node:util'
import { siteId, terminalId } from '../shared/ids.ts'
import { cardsCommand, cardsUsage } from './cards-command.ts'
import { codesCommand, codesUsage } from './codes-command.ts'
import { evidenceCommand, evidenceUsage } from './evidence-command.ts'
import { findingsCommand, findingsUsage } from './findings-command.ts'
import { publishCommand, publishUsage } from './publish-command.ts'
import { receiptCommand, receiptUsage } from './receipt-command.ts'
import { startProvince } from './server.ts'

const usage = `node province/main.ts --database-url URL [--host HOST] [--port N] [--demo] [--enrol TERMINAL@SITE]
  --database-url  PostgreSQL, as postgres://user:password@host:port/database (or AIXIN_DATABASE_URL)
  --host, --port  where to listen; 127.0.0.1 and 7200 where left out, port 0 takes a free one
  --demo          fictional people, and a page of codes for them
  --enrol         prints a one-time enrolment code for a terminal
  Log level: AIXIN_LOG (fatal, error, warn, info, debug); warn where left out
${publishUsage}
${evidenceUsage}
${receiptUsage}
${findingsUsage}
${cardsUsage}
${codesUsage}`

async function main(): Promise<void> {
  const [command, ...words] = process.argv.slice(2)
  if (command === 'publish') {
    process.exitCode = await publishCommand(words)
    return
  }
  if (command === 'evidence') {
    process.exitCode = await evidenceCommand(words)
    return
  }
  if (command === 'receipt') {
    process.exitCode = await receiptCommand(words)
    return
  }
  if (command === 'findings') {
    process.exitCode = await findingsCommand(words)
    return
  }
  if (command === 'cards') {
    process.exitCode = await cardsCommand(words)
    return
  }
  if (command === 'codes') {
    process.exitCode = await codesCommand(words)
    return
  }
  const { values } = parseArgs({
    options: {
      'database-url': { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '7200' },
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
  const province = await startProvince({
    databaseUrl,
    host: values.host,
    port: Number(values.port),
    demo: values.demo,
    logLevel: process.env.AIXIN_LOG ?? 'warn',
  })
  console.log(province.address)
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
