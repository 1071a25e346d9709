import swagger from '@fastify/swagger'
import { type FastifyBaseLogger, fastify } from 'fastify'
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { z } from 'zod'
import { envelope } from '../shared/envelope.ts'
import type { SiteId, TerminalId } from '../shared/ids.ts'
import {
  askBody,
  type EnrolmentCode,
  enrolReply,
  enrolRequest,
  historyBody,
  lookupBody,
  provinceRefusal,
  pullBody,
  pushBody,
  resolveBody,
  waitBody,
} from '../shared/province-api.ts'
import { usbAnswer, usbAsk } from '../shared/usb.ts'
import { createCodeClient } from './code-clients.ts'
import { startCodeKeys } from './code-keys.ts'
import { type CodePlatform, resolveCode } from './code-platforms.ts'
import { codeRoutes } from './code-routes.ts'
import { openDatabase } from './database.ts'
import { demoRoutes, seedDemo } from './demo.ts'
import { simulatedPlatform } from './demo-platform.ts'
import { createEnrolmentCode, enrol } from './enrol.ts'
import { answer, openRequest } from './envelope-desk.ts'
import { faceRoutes } from './face-routes.ts'
import { answerFault, logSerializers } from './faults.ts'
import { readFeed } from './feeds.ts'
import { noteFeedsUnread } from './feeds-unread.ts'
import { readHistory } from './history.ts'
import { takePush } from './intake.ts'
import { type Keyring, openKeyring } from './keys.ts'
import { answerAsk } from './leases/ask.ts'
import { decideWaiting, type OnFault } from './leases/freed-pots.ts'
import { openNewsDesk } from './leases/news.ts'
import { weighLedgerEnd } from './ledger-doubts.ts'
import { lookUp } from './lookup.ts'
import { serveMetrics } from './metrics.ts'
import { phonePageRoutes } from './phone-pages.ts'
import { publishPolicy } from './policies.ts'
import type { Rates } from './rate-limits.ts'
import { Refusal } from './refusals.ts'
import { watchMealOrders } from './rounds/day-ahead.ts'
import { type Prepared, prepareRound, type RoundOrder } from './rounds/prepare-round.ts'
import { type RoundRates, roundRoutes } from './rounds/round-routes.ts'
import { sealedSchemas } from './sealed-bodies.ts'
import { type PageRates, statementRoutes } from './statement-routes.ts'
import { type Crowd, openTraffic } from './traffic.ts'
import { answerUsb } from './usb.ts'

export interface Province {
  /** `http://host:port` */
  readonly address: string
  /** Makes a one-time enrolment code; `reachableAt` is the province's URL as the terminal sees it, its own address by default. */
  createEnrolmentCode(terminal: TerminalId, site: SiteId, reachableAt?: string): Promise<EnrolmentCode>
  /** Signs a policy pack's exact text and sends it to all terminals. Rejects with an Error where it is no sound pack. */
  publishPolicy(text: string): Promise<void>
  /** Lets an app ask for codes; gives its secret, once. Rejects with an Error on a name that is none. */
  createCodeClient(id: string): Promise<string>
  /** Makes a delivery round, and tells its till. */
  prepareRound(order: RoundOrder): Promise<Prepared>
  /** `http://host:port` of the metrics; null where none are served. */
  readonly metricsAddress: string | null
  /** Takes nothing new, answers what waits and ends what is in work; what takes longer than 20 s is cut. */
  close(): Promise<void>
}

export interface ProvinceOptions {
  readonly databaseUrl: string
  readonly host: string
  /** 0 takes a free port. */
  readonly port: number
  /** Seeds fictional people and serves the demo's endpoints. */
  readonly demo?: boolean
  /** Keys from elsewhere; by default the province makes its own at the first start and keeps them in its database: a demo's way. */
  readonly keys?: Keyring
  /** Outside platforms whose codes are resolved for terminals; a demo adds its simulated one. */
  readonly codePlatforms?: readonly CodePlatform[]
  /** The folder of the couriers' built page, served under `/round/`; absent: not served. */
  readonly roundPages?: string
  /** The folder of the carers' built page, served under `/carer/`; absent: not served. */
  readonly carerPages?: string
  /** pino's level; `warn` by default. Logs hold routes, codes and counts, never a name, a number or a body. */
  readonly logLevel?: string
  /** Where `/metrics` is served, apart from the API; absent: nowhere. */
  readonly metrics?: { readonly host: string; readonly port: number }
  /** How often a terminal may ask; see `ordinaryRates`. */
  readonly rates?: Rates
  /** How often a page behind a printed code may be looked at; see `ordinaryPageRates`. */
  readonly pageRates?: PageRates
  /** How often couriers' phones may ask; see `ordinaryRoundRates`. */
  readonly roundRates?: RoundRates
  /** How often rounds are made of the meals that are due (ms); a minute where left out. */
  readonly roundsEvery?: number
  /** How many requests that can wait are taken in at once, how long the others wait (ms), and how long a body may take to begin (ms). */
  readonly crowd?: Crowd
}

/** As many records as a line of a file may hold. */
const batch = 200
/** How long a terminal may wait for news in one request (ms): below the patience of what stands between. */
const newsPatience = 15_000
/** A body that is not here after this time is given up (ms). */
const uploadPatience = 60_000
/** Letters of one part of a path: the token of a printed code has 119. */
const longestParameter = 200
/** How long what is in work may take to end when the province stops (ms). */
const stopPatience = 20_000
const refusals = { '4xx': provinceRefusal, 503: provinceRefusal }
const sealed = 'Signed envelope; its body is sealed to the reader.'

const undecided =
  (log: Pick<FastifyBaseLogger, 'error'>): OnFault =>
  fault =>
    log.error({ err: fault }, 'claims that wait for money of a pot')

/** Starts the reference province: database brought up to date, keys at hand, listening. Throws where the database or the port cannot be had. */
export async function startProvince(options: ProvinceOptions): Promise<Province> {
  const database = await openDatabase(options.databaseUrl)
  try {
    const keys = options.keys ?? (await openKeyring(database))
    if (keys.root !== null) await startCodeKeys(database, keys, Math.floor(Date.now() / 1000))
    if (options.demo) await seedDemo(database, keys)
    const news = await openNewsDesk(options.databaseUrl)
    const traffic = openTraffic(options.rates, options.crowd)
    const open = <T extends z.ZodType>(input: unknown, kind: string, body: T) =>
      openRequest(database, keys, input, kind, body, traffic.admit)
    const platforms = [...(options.codePlatforms ?? []), ...(options.demo ? [simulatedPlatform] : [])]
    const app = fastify({
      // 200 records of some 3 kB with their sealed inputs, base64url within base64url, fit three times over.
      bodyLimit: 8 * 1024 * 1024,
      logger: {
        level: options.logLevel ?? 'warn',
        serializers: logSerializers,
      },
      requestTimeout: uploadPatience,
      routerOptions: { maxParamLength: longestParameter },
      forceCloseConnections: 'idle',
    }).withTypeProvider<ZodTypeProvider>()
    app.setValidatorCompiler(validatorCompiler)
    app.setSerializerCompiler(serializerCompiler)
    app.setErrorHandler(answerFault)
    traffic.watch(app)
    app.setNotFoundHandler((_, reply) => reply.status(404).send(new Refusal('BODY_BAD').body))
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Aixin Terminal province API',
          description:
            'Enrolment, records and feeds of terminals. Requests and replies travel in signed, sealed envelopes.',
          version: '1',
        },
        components: { securitySchemes: { app: { type: 'http', scheme: 'bearer' } } },
      },
      transform: given => {
        const { schema, url } = jsonSchemaTransform(given)
        const sealedHere = sealedSchemas(url)
        return { schema: sealedHere === undefined ? schema : { ...schema, 'x-sealed': sealedHere }, url }
      },
    })
    app.get('/health', { schema: { response: { 200: z.object({ ok: z.literal(true) }) } } }, async () => {
      await database.pool.query('select 1')
      return { ok: true as const }
    })
    app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
    app.post(
      '/v1/enrol',
      {
        schema: {
          summary: 'Enrol a terminal with its one-time code',
          body: enrolRequest,
          response: { 200: enrolReply, ...refusals },
        },
      },
      request => enrol(database, keys, request.body),
    )
    app.post(
      '/v1/ledger',
      {
        schema: {
          summary: 'Push records of the ledger; a verdict for each',
          description: sealed,
          body: envelope,
          response: { 200: envelope, ...refusals },
        },
      },
      async request => {
        const { caller, request: asked, body } = await open(request.body, 'push', pushBody)
        const reply = await traffic.push(request, body.items.length, () =>
          takePush(database, keys, caller, body, undecided(request.log)),
        )
        traffic.counts.judged(reply.verdicts)
        request.log.info({ terminal: caller.terminal, items: body.items.length, head: reply.acknowledged.seq }, 'push')
        return await answer(database, caller, asked.nonce, 'pushed', reply)
      },
    )
    app.post(
      '/v1/feed',
      {
        schema: {
          summary: 'Pull one page of a feed',
          description: sealed,
          body: envelope,
          response: { 200: envelope, ...refusals },
        },
      },
      async request => {
        const { caller, request: asked, body } = await open(request.body, 'pull', pullBody)
        if (body.unread) await noteFeedsUnread(database.pool, caller.terminal, body.unread)
        if (body.ledger) await weighLedgerEnd(database.pool, caller.terminal, body.ledger)
        const page = await traffic.read(request, body.feed, () => readFeed(database, caller, body))
        return await answer(database, caller, asked.nonce, 'pulled', page)
      },
    )
    app.post(
      '/v1/rights',
      {
        schema: {
          summary: 'Ask for the rights of a visit that stands before the till',
          description: sealed,
          body: envelope,
          response: { 200: envelope, ...refusals },
        },
      },
      async request => {
        const { caller, request: asked, body } = await open(request.body, 'ask', askBody)
        return await answer(database, caller, asked.nonce, 'told', await answerAsk(database, caller, body))
      },
    )
    app.post(
      '/v1/news',
      {
        schema: {
          summary: 'Wait for something new',
          description: sealed,
          body: envelope,
          response: { 200: envelope, ...refusals },
        },
      },
      async request => {
        const { caller, request: asked } = await open(request.body, 'wait', waitBody)
        const came = await traffic.listen(() => news.waitFor(caller.terminal, newsPatience))
        const reply = { news: came }
        return await answer(database, caller, asked.nonce, 'news', reply)
      },
    )
    app.post(
      '/v1/history',
      {
        schema: {
          summary: 'A terminal asks for its own records that it lost',
          description: sealed,
          body: envelope,
          response: { 200: envelope, ...refusals },
        },
      },
      async request => {
        const { caller, request: asked, body } = await open(request.body, 'history', historyBody)
        const reply = await traffic.read(request, 'history', () => readHistory(database, caller, body))
        request.log.info({ terminal: caller.terminal, items: reply.items.length }, 'history')
        return await answer(database, caller, asked.nonce, 'history', reply)
      },
    )
    app.post(
      '/v1/resolve',
      {
        schema: {
          summary: 'Whose is this code of an outside platform?',
          description: sealed,
          body: envelope,
          response: { 200: envelope, ...refusals },
        },
      },
      async request => {
        const { caller, request: asked, body } = await open(request.body, 'resolve', resolveBody)
        const onFault = (platform: string) => request.log.warn({ platform }, 'platform silent')
        const reply = await resolveCode(platforms, body, onFault)
        return await answer(database, caller, asked.nonce, 'resolved', reply)
      },
    )
    app.post(
      '/v1/lookup',
      {
        schema: {
          summary: 'Ask who somebody is who came to a site',
          description: sealed,
          body: envelope,
          response: { 200: envelope, ...refusals },
        },
      },
      async request => {
        const { caller, request: asked, body } = await open(request.body, 'lookup', lookupBody)
        const reply = await lookUp(database, caller, body)
        return await answer(database, caller, asked.nonce, 'found', reply)
      },
    )
    app.post(
      '/v1/usb',
      {
        schema: {
          summary: 'Carry one line of a file that a terminal wrote to a stick',
          description: 'By anybody: the line is a signed envelope of its terminal, and so is what comes back.',
          body: usbAsk,
          response: { 200: usbAnswer, ...refusals },
        },
      },
      // Whole batches of records, and pages of feeds for which nobody stands and waits.
      request =>
        traffic.push(request, batch, () =>
          answerUsb(database, keys, request.body.line, request.body.place, undecided(request.log), traffic.admit),
        ),
    )
    await app.register(codeRoutes(database, keys))
    await app.register(faceRoutes(database, keys, traffic.admit))
    await app.register(statementRoutes(database, keys, traffic.admit, options.pageRates))
    await app.register(roundRoutes(database, options.roundRates))
    if (options.roundPages !== undefined) await app.register(phonePageRoutes('round', options.roundPages))
    if (options.carerPages !== undefined) await app.register(phonePageRoutes('carer', options.carerPages))
    if (options.demo) await app.register(demoRoutes(database, keys))
    const metrics = options.metrics ? await serveMetrics(options.metrics, database, traffic.counts) : null
    const address = await app.listen({ host: options.host, port: options.port })
    // Where the last process was cut off between a push and the claims that its money ends.
    const decided = decideWaiting(database, keys, undecided(app.log)).catch(undecided(app.log))
    const stopRounds = watchMealOrders(
      database,
      came => {
        if ('error' in came) app.log.error({ err: came.error }, 'rounds of ordered meals')
        else if (came.made.troubled + came.made.blocked > 0) app.log.warn(came.made, 'rounds of ordered meals')
        else if (came.made.rounds > 0) app.log.info(came.made, 'rounds of ordered meals')
      },
      options.roundsEvery,
    )
    return {
      metricsAddress: metrics?.address ?? null,
      address,
      createEnrolmentCode: (terminal, site, reachableAt = address) =>
        createEnrolmentCode(database, keys, terminal, site, reachableAt),
      publishPolicy: text => publishPolicy(database, keys, text),
      prepareRound: order => prepareRound(database, order),
      createCodeClient: id => createCodeClient(database, id),
      close: async () => {
        traffic.stop()
        const cut = setTimeout(() => app.server.closeAllConnections(), stopPatience)
        const closed = app.close()
        await news.close()
        await closed
        await stopRounds()
        await decided
        clearTimeout(cut)
        await metrics?.close()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}
