import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { establishPcsc } from '../../electron/core/devices/card-reader/pcsc-binding.ts'
import type { FromDriver } from '../../electron/core/devices/driver-protocol.ts'
import { superviseDriver } from '../../electron/core/devices/driver-supervisor.ts'
import { identify } from '../../electron/core/identify/identify.ts'
import { createUsedCodes } from '../../electron/core/store/codes.ts'
import { createDocuments } from '../../electron/core/store/documents.ts'
import { openDatabase } from '../../electron/core/store/open-database.ts'
import { createRoster } from '../../electron/core/store/roster.ts'
import { createVault } from '../../electron/core/store/vault.ts'
import { driverSources } from '../../electron/driver-entries.ts'
import { cardKey } from '../../shared/credential.ts'
import { seniorId } from '../../shared/ids.ts'
import { personFacts } from '../../shared/policy/facts.ts'
import { madeUpCard } from '../support/card-stack.ts'
import { type Pcscd, startPcscd } from '../support/pcscd.ts'
import { randomFrom } from '../support/random.ts'
import type { SocialSecurityProfile } from '../support/virtual-card.ts'
import { virtualReader } from '../support/virtual-reader.ts'

const seed = 20_261_122
const members = 300
const insertions = 60
const kills = 5
const rawExchanges = 200
const readerName = 'Virtual PCD 00 00'

type Data = Extract<FromDriver, { type: 'data' }>

/** A roster of members on disk, each with a card, and the way from a card to its senior that a till goes. */
function openRoster(folder: string, cards: readonly SocialSecurityProfile[]) {
  const opened = openDatabase(folder)
  if (!opened.ok) throw new Error(opened.notice.code)
  const vault = createVault(randomBytes(32))
  const roster = createRoster(opened.db, vault)
  roster.apply(
    cards.map(card => ({
      kind: 'full',
      id: seniorId.parse(randomBytes(16).toString('hex')),
      name: card.name,
      sex: 'female',
      person: personFacts.parse({ birthDate: '1940-01-01', categories: [], household: {} }),
      home: true,
      cards: [card.cardId],
      codesSince: 0,
    })),
  )
  const parts = {
    roster,
    codes: createUsedCodes(opened.db, vault),
    documents: createDocuments(opened.db, vault),
    now: Date.now,
    clockIsTrusted: () => true,
    codeKeys: { current: () => [] },
    site: () => null,
  }
  return {
    nameOf({ eventId, at, data }: Data): string | undefined {
      if ('text' in data) return undefined
      const found = identify({ means: 'card', eventId, device: 'bench', at, card: data }, parts)
      return found.ok && found.senior?.kind === 'full' ? found.senior.name : undefined
    },
    close: opened.close,
  }
}

/** The driver as a till runs it: a process of its own under its supervisor, the gate opened again after each card. */
function openDriver() {
  const waiting: ((data: Data) => void)[] = []
  const readings: (() => void)[] = []
  const source = join(import.meta.dirname, '../../electron', driverSources['card-reader-pcsc'])
  let whenIdle: () => void = () => undefined
  const idle = new Promise<void>(resolve => {
    whenIdle = resolve
  })
  const supervised = superviseDriver({
    name: 'card-reader-pcsc',
    config: { reader: readerName },
    spawn: (_, events) => {
      const child = fork(source, [], { execArgv: [] })
      child.on('message', events.onMessage)
      child.on('exit', events.onExit)
      return { post: message => void child.send(message, () => undefined), kill: () => void child.kill('SIGKILL') }
    },
    onEvent(event) {
      if (event.type === 'state' && event.state === 'idle') whenIdle()
      if (event.type === 'reading') readings.shift()?.()
      if (event.type === 'data') {
        waiting.shift()?.(event)
        supervised.enable()
      }
    },
  })
  return {
    idle,
    nextData: () => new Promise<Data>(resolve => waiting.push(resolve)),
    nextReading: () => new Promise<void>(resolve => readings.push(resolve)),
    stop: supervised.stop,
  }
}

/** One command and its answer, over and over, without the driver: what a card cannot be read faster than. */
async function rawExchangeMs(card: SocialSecurityProfile): Promise<number> {
  const hand = virtualReader(0)
  const service = await establishPcsc()
  await hand.insert(card)
  await untilPresent(service)
  const connected = await service.connect(readerName)
  const times: number[] = []
  for (let exchange = 0; exchange < rawExchanges; exchange++) {
    const startedAt = performance.now()
    await connected.transmit(Uint8Array.of(0x00, 0xb2, 0x01, 0x00, 0x12))
    times.push(performance.now() - startedAt)
  }
  await connected.disconnect('leave')
  await service.release()
  await hand.remove()
  return spread(times).medianMs
}

async function untilPresent(service: Awaited<ReturnType<typeof establishPcsc>>): Promise<void> {
  for (let known = 0; ; ) {
    const status = await service.waitForChange(readerName, known, 5_000)
    if (status.present) return
    known = status.raw
  }
}

/**
 * From a card in the reader to its senior on the roster, through the real service, driver process, supervisor and encrypted roster. The floor
 * is measured on the same insertions: when a second client of the service learns of the card, which includes that the service looks only
 * every 400 ms at this virtual reader, and the time of one raw exchange. Then pcscd is killed, idle and in the middle of a read.
 */
export async function benchCard(): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'aixin-bench-card-'))
  const random = randomFrom(seed)
  const cards = Array.from({ length: members }, () => ({ ...madeUpCard(random), version: '3.00' as const }))
  const cardAt = (place: number) => {
    const card = cards[place % members]
    if (card === undefined) throw new Error('a stack without cards')
    return card
  }
  let service: Pcscd = await startPcscd()
  const roster = openRoster(folder, cards)
  const rawMs = await rawExchangeMs(cardAt(0))
  const driver = openDriver()
  await driver.idle
  const hand = virtualReader(0)
  const wrong: string[] = []

  async function readBack(card: SocialSecurityProfile, data: Promise<Data>): Promise<Data> {
    const read = await data
    if (roster.nameOf(read) !== card.name) wrong.push('text' in read.data ? 'a code' : cardKey(read.data))
    return read
  }

  const [times, floors, ours, reads]: number[][] = [[], [], [], []]
  const watcher = await establishPcsc()
  for (let place = 0; place < insertions; place++) {
    await pause(random.below(400))
    const card = cardAt(place)
    const data = driver.nextData()
    const startedAt = performance.now()
    const seen = untilPresent(watcher).then(() => performance.now() - startedAt)
    await hand.insert(card)
    const read = await readBack(card, data)
    const total = performance.now() - startedAt
    const floor = await seen
    times?.push(total)
    floors?.push(floor)
    ours?.push(total - floor)
    if (!('text' in read.data)) reads?.push(read.data.readMilliseconds)
    await hand.remove()
  }
  await watcher.release()

  /** ms from the kill of the service, which is started again at once, to the senior of a card put in as soon as that goes. */
  async function recoveryMs(place: number, midRead: boolean): Promise<number> {
    const card = cardAt(insertions + place)
    if (midRead) {
      const reading = driver.nextReading()
      await hand.insert({ ...card, fault: { kind: 'silent', atCommand: 4 } })
      await reading
    }
    const startedAt = performance.now()
    await service.kill()
    service = await startPcscd()
    const data = driver.nextData()
    await hand.insert(card)
    await readBack(card, data)
    const took = performance.now() - startedAt
    await hand.remove()
    return took
  }
  const recoveries = { idle: [] as number[], midRead: [] as number[] }
  for (let kill = 0; service.started && kill < kills; kill++) {
    recoveries.idle.push(await recoveryMs(2 * kill, false))
    recoveries.midRead.push(await recoveryMs(2 * kill + 1, true))
  }

  await driver.stop()
  roster.close()
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
  return {
    ...{ bench: 'card', reader: 'virtual, looked at every 400 ms', members, insertions, wrong: wrong.length },
    insertionToSenior: spread(times ?? []),
    floorStatusChange: spread(floors ?? []),
    overFloor: spread(ours ?? []),
    read: spread(reads ?? []),
    rawExchangeMs: rawMs,
    afterKill: {
      kills: recoveries.idle.length * 2,
      idle: spread(recoveries.idle),
      midRead: spread(recoveries.midRead),
    },
  }
}

function spread(times: readonly number[]): { medianMs: number; p95Ms: number; maxMs: number } {
  const sorted = [...times].sort((one, other) => one - other)
  const at = (part: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0) * 100) / 100
  return { medianMs: at(0.5), p95Ms: at(0.95), maxMs: at(1) }
}
