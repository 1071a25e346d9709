import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FaultCode } from '../../../electron/core/devices/driver-protocol.ts'
import { type ForkedDriver, forkDriver, vendorDriver } from '../../support/driver-process.ts'
import { compileVendorMiddleware, emptyReader, type VendorMiddleware } from '../../support/vendor-middleware.ts'

const cardId = '639900D15600000500BF7C7A48FB4966'
const items = ['639900', '11010519491231002X', 'A00000019', cardId, '张三丰', '00814E43238697159900BF7C7A', '2.00']
const good = `${[...items, '20180601', '20280601', '410100813475', 'T1'].join('|')}|`
const otherCardId = '639900D15600000500BF7C7A48FB4967'
const blank = '411600|||411600D156000005C38275EEFC9B9648||008C544CB386844116018593CA|3.00|20211203|20311202|'

let middleware: VendorMiddleware
let driver: ForkedDriver

beforeAll(() => {
  middleware = compileVendorMiddleware()
})
afterAll(() => middleware.remove())

/** A driver that has seen the empty reader; cards and faults come from now on. */
async function openReader(profile: object = {}, deadlines: object = {}): Promise<void> {
  middleware.play(emptyReader)
  driver = forkDriver(vendorDriver)
  driver.send({ type: 'open', config: middleware.driverConfig(profile, deadlines) })
  driver.send({ type: 'enable' })
  await driver.waitFor('state', state => state.state === 'idle' && state.media === 'absent')
  driver.forget()
}

const endDriver = async () => await driver.end()

/** The tests of a block share one driver; each begins with the reader empty and the gate open. */
function withOneReader(): void {
  beforeAll(() => openReader())
  afterAll(endDriver)
  beforeEach(async () => {
    middleware.play(emptyReader)
    driver.send({ type: 'enable' })
    await vi.waitFor(
      () => {
        driver.send({ type: 'health' })
        expect(driver.heard.findLast(message => message.type === 'state')).toMatchObject({ media: 'absent' })
      },
      { timeout: 10_000 },
    )
    driver.forget()
  })
}

const dataHeard = () => driver.heard.filter(message => message.type === 'data')
const faultsHeard = () => driver.heard.flatMap(message => (message.type === 'fault' ? [message.code] : []))

describe('a card', () => {
  withOneReader()

  test.each([
    ['1.x', '1.00'],
    ['2.x', '2.00'],
  ])('of generation %s is read with all that it gives', async (_, version) => {
    middleware.play({ answer: 0, output: good.replace('2.00', version) })
    const { data } = await driver.waitFor('data')
    expect(data).toEqual({
      source: 'ssc-vendor',
      cardId,
      cardNumber: 'A00000019',
      citizenNumber: '11010519491231002X',
      name: '张三丰',
      version,
      validUntil: '2028-06-01',
      full: true,
      warnings: [],
      readMilliseconds: expect.any(Number),
    })
  })

  test('of generation 3.x without a PSAM gives its card id, and its empty items shift nothing', async () => {
    middleware.play({ answer: 0, output: blank })
    const { data } = await driver.waitFor('data')
    expect(data).toEqual({
      source: 'ssc-vendor',
      cardId: '411600D156000005C38275EEFC9B9648',
      version: '3.00',
      validUntil: '2031-12-02',
      full: false,
      warnings: [],
      readMilliseconds: expect.any(Number),
    })
  })

  test('with rare characters in its name, a second byte like the separator among them, is read letter by letter', async () => {
    // 倈 is 82 7C in GBK; 𠮷 has four bytes in GB18030.
    const name = '倈喆镕𠮷㛃'
    middleware.play({ answer: 0, output: good.replace('张三丰', name) })
    expect(await driver.waitFor('data')).toMatchObject({ data: { name, full: true } })
  })

  test('is reported once while it lies there, and again after it was away', async () => {
    middleware.play({ answer: 0, output: good })
    await driver.waitFor('data')
    driver.send({ type: 'enable' })
    await pause(1_500)
    expect(dataHeard()).toHaveLength(1)
    driver.forget()
    middleware.play(emptyReader)
    await driver.waitFor('state', state => state.media === 'absent')
    middleware.play({ answer: 0, output: good })
    await driver.waitFor('data')
  })

  test('that follows another without a gap is reported when the gate opens', async () => {
    middleware.play({ answer: 0, output: good })
    await driver.waitFor('data')
    middleware.play({ answer: 0, output: good.replace(cardId, otherCardId) })
    await pause(1_500)
    expect(dataHeard()).toHaveLength(1)
    driver.send({ type: 'enable' })
    await driver.waitFor('data', ({ data }) => 'cardId' in data && data.cardId === otherCardId)
  })
})

describe('a middleware of another shape', () => {
  afterEach(endDriver)

  test('that stops after item 9 is understood', async () => {
    await openReader()
    middleware.play({ answer: 0, output: `${[...items, '20180601', '20280601'].join('|')}|` })
    expect(await driver.waitFor('data')).toMatchObject({ data: { cardId, validUntil: '2028-06-01', full: true } })
  })

  const withStatus = {
    fields: [
      'status',
      'region',
      'citizenNumber',
      'cardNumber',
      'cardId',
      'name',
      'historicalBytes',
      'version',
      'issuedOn',
      'validUntil',
      'terminalNumber',
      'terminalDevice',
    ],
  }

  test('that puts a status before all is understood by its profile', async () => {
    await openReader(withStatus)
    middleware.play({ answer: 0, output: `0|${good}` })
    expect(await driver.waitFor('data')).toMatchObject({ data: { cardId, name: '张三丰' } })
  })

  test('whose status is another one gives no card', async () => {
    await openReader(withStatus)
    middleware.play({ answer: 0, output: `9|${good}` })
    expect((await driver.waitFor('fault')).code).toBe('BAD_DATA')
  })

  test('that wants another function and a first call is driven by its profile', async () => {
    const init = { function: 'iInitParms', arguments: [7, 'USB'] }
    await openReader({ function: 'iReadCardBasExt', init, callingConvention: 'stdcall', cardType: 1 })
    middleware.play({ answer: 0, output: good })
    expect(await driver.waitFor('data')).toMatchObject({ data: { cardId } })
  })
})

describe('an output that fits no card', () => {
  withOneReader()

  test.each([
    ['one item too many', `0|${good}`],
    ['a status that no profile names before a short output', `0|${blank}`],
    ['torn after the card id', items.slice(0, 4).join('|')],
    ['the items one place to the left', good.slice(good.indexOf('|') + 1)],
    ['a wrong check digit', good.replace('11010519491231002X', '110105194912310021')],
    ['a citizen number of no day', good.replace('11010519491231002X', '11010519491331002X')],
    ['a region that is not that of the card id', good.replace('639900|', '639901|')],
    ['a card id without the mark of all cards', good.replace('D156000005', 'D156000006')],
    ['a date that is none', good.replace('20280601', '2028060A')],
    ['a version that is none', good.replace('2.00', '二')],
    ['a name that is none', good.replace('张三丰', '12345')],
    ['no GBK', Uint8Array.from([0xff, 0xfe, 0x7c, 0x80])],
    ['nothing', ''],
  ])('%s is BAD_DATA and never data', async (_, output) => {
    middleware.play({ answer: 0, output })
    const fault = await driver.waitFor('fault')
    expect(fault.code).toBe('BAD_DATA')
    await pause(450)
    expect(dataHeard()).toEqual([])
    expect(faultsHeard()).toEqual(['BAD_DATA'])
  })

  test.each(['x', '|', '9'])(
    'longer than the buffer and without an end (%s) is BAD_DATA, and the next card reads',
    async fill => {
      middleware.play({ fill })
      expect((await driver.waitFor('fault')).code).toBe('BAD_DATA')
      middleware.play({ answer: 0, output: good })
      await driver.waitFor('data')
      expect(faultsHeard()).toEqual(['BAD_DATA'])
    },
  )
})

describe('an error of the middleware', () => {
  withOneReader()

  test.each<[number, string, FaultCode, string]>([
    [-1, '卡类型不对', 'NOT_SSC', '卡类型不对'],
    [-3, '有卡未上电', 'CARD_MUTE', '有卡未上电'],
    [-4, '卡无应答', 'CARD_MUTE', '卡无应答'],
    [-11, '读卡器连接错', 'READER_GONE', '读卡器连接错'],
    [-14, '参数错', 'READER_SETUP', '参数错'],
    [-15, '校验和错', 'CARD_ERROR', '校验和错'],
    [-20, '识别码格式错', 'BAD_DATA', '识别码格式错'],
    [-21, '内部认证失败', 'CARD_ERROR', '内部认证失败'],
    [-32, '输入超时', 'TIMEOUT', '输入超时'],
    [-52, 'PIN锁定', 'CARD_ERROR', 'PIN 锁定'],
    [-2201, '无PSAM卡', 'READER_SETUP', '无 PSAM'],
    [-27010, '安全状态不满足', 'CARD_ERROR', '6982'],
    [-27266, '', 'NOT_SSC', '6A82'],
    [-27267, '', 'CARD_ERROR', '6A83'],
    [-37635, '', 'CARD_ERROR', '9303'],
    [-25537, '', 'CARD_ERROR', '剩余 1 次'],
    [-999, '未知', 'CARD_ERROR', '-999'],
    [3, '', 'CARD_ERROR', '3'],
  ])('%i (%s) is %s, once, and the next card reads', async (answer, output, code, words) => {
    middleware.play({ answer, output })
    const fault = await driver.waitFor('fault')
    expect(fault).toMatchObject({ code, detail: expect.stringContaining(words) })
    if (output !== '') expect(fault.detail).toContain(output)
    await pause(450)
    expect(faultsHeard()).toEqual([code])
    middleware.play({ answer: 0, output: good })
    await driver.waitFor('data')
  })

  test('never brings a number of a person or a card into the fault', async () => {
    middleware.play({ answer: -21, output: `卡 ${cardId} 的 11010519491231002X 不合法` })
    const { detail } = await driver.waitFor('fault')
    expect(detail).toContain('不合法')
    expect(detail).not.toMatch(/639900|110105/)
  })
})

describe('a helper program', () => {
  afterEach(endDriver)

  test('that hangs in the middleware is TIMEOUT, is started again, and the next card reads', async () => {
    await openReader({}, { read: 600 })
    middleware.play('hang')
    const fault = await driver.waitFor('fault')
    expect(fault).toMatchObject({ code: 'TIMEOUT', detail: expect.stringContaining('600 ms') })
    await driver.waitFor('state', state => state.state === 'error')
    middleware.play({ answer: 0, output: good })
    await driver.waitFor('data')
  })

  test('whose middleware crashes is told so, is started again, and the next card reads', async () => {
    await openReader()
    middleware.play('crash')
    const fault = await driver.waitFor('fault')
    expect(fault).toMatchObject({ code: 'DRIVER_CRASHED', detail: expect.stringContaining('SIGSEGV') })
    middleware.play({ answer: 0, output: good })
    await driver.waitFor('data')
    await driver.waitFor('state', state => state.state === 'idle' && state.media === 'present')
  })

  test('that hangs keeps the driver in touch', async () => {
    await openReader()
    middleware.play('hang')
    await pause(600)
    driver.forget()
    driver.send({ type: 'health' })
    await driver.waitFor('state')
  })

  test('ends with its driver, also while the middleware hangs', async () => {
    await openReader()
    middleware.play('hang')
    await pause(600)
    const helpers = childrenOf(driver.child.pid)
    expect(helpers).toHaveLength(1)
    await driver.end()
    await vi.waitFor(() => expect(helpers.filter(isRunning)).toEqual([]), { timeout: 10_000 })
  })

  test('that is not there is an error with its reason', async () => {
    driver = forkDriver(vendorDriver)
    driver.send({ type: 'open', config: { helper: { program: '/nowhere/helper' }, profile: {} } })
    expect(await driver.waitFor('state', state => state.state === 'error')).toMatchObject({
      detail: expect.stringContaining('/nowhere/helper'),
    })
  })

  test.each([
    ['a library that is not there', { library: '/nowhere/libSSCardDriver.so' }, 'libSSCardDriver'],
    ['a function that the library lacks', { function: 'iReadCardBas_HSM_Step1' }, 'iReadCardBas_HSM_Step1'],
    ['a first call that is refused', { init: { function: 'iInitParms', arguments: [8, 'USB'] } }, '-14'],
    ['a profile with an unknown key', { colour: 'red' }, 'colour'],
    ['a profile without the card id', { fields: ['region'] }, 'cardId'],
  ])('with %s says so', async (_, profile, words) => {
    driver = forkDriver(vendorDriver)
    driver.send({ type: 'open', config: middleware.driverConfig(profile) })
    driver.send({ type: 'enable' })
    expect(await driver.waitFor('state', state => state.state === 'error')).toMatchObject({
      detail: expect.stringContaining(words),
    })
  })
})

test('a driver that is closed ends its helper and can be opened again', async () => {
  await openReader()
  const helpers = childrenOf(driver.child.pid)
  driver.send({ type: 'close' })
  await driver.waitFor('state', state => state.state === 'closed')
  await vi.waitFor(() => expect(helpers.filter(isRunning)).toEqual([]), { timeout: 10_000 })
  driver.forget()
  driver.send({ type: 'open', config: middleware.driverConfig() })
  driver.send({ type: 'enable' })
  await driver.waitFor('state', state => state.state === 'idle' && state.media === 'absent')
  await driver.end()
})

/** The state and parent of a process; null where there is none. */
function statOf(pid: number): { state: string; parent: number } | null {
  try {
    const [state = '', parent = '0'] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return { state, parent: Number(parent) }
  } catch {
    // It ended while we looked.
    return null
  }
}

function childrenOf(parent: number | undefined): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => statOf(pid)?.parent === parent)
}

function isRunning(pid: number): boolean {
  const stat = statOf(pid)
  return stat !== null && stat.state !== 'Z'
}
