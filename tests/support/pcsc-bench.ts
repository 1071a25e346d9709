import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { establishPcsc } from '../../electron/core/devices/card-reader/pcsc-binding.ts'
import type { FaultCode, FromDriver } from '../../electron/core/devices/driver-protocol.ts'
import { cardKey } from '../../shared/credential.ts'
import { type ForkedDriver, forkDriver, pcscDriver } from './driver-process.ts'
import { type Pcscd, startPcscd } from './pcscd.ts'
import type { SocialSecurityProfile } from './virtual-card.ts'
import { type VirtualReader, virtualReader } from './virtual-reader.ts'

export const card: SocialSecurityProfile = {
  cardId: '639900D15600000500BF7C7A48FB4966',
  cardNumber: 'A00000019',
  citizenNumber: '11010519491231002X',
  name: '张三丰',
  version: '2.00',
  validUntil: '2028-06-01',
}
export const nextCard: SocialSecurityProfile = { ...card, cardId: '639900D15600000500BF7C7A48FB4967' }
/** Longer (ms) than the driver needs to look at its reader again, several times over. */
export const aWhile = 1_500

/** Resolves when the service tells of a card in slot 0, which no driver can learn of sooner: asked by a client of its own. */
export async function serviceTellsOfCard(): Promise<void> {
  const client = await establishPcsc()
  for (let known = 0; ; ) {
    const status = await client.waitForChange('Virtual PCD 00 00', known, 5_000)
    if (status.present) break
    known = status.raw
  }
  await client.release()
}

/** The real service with its virtual reader, and the driver of slot 0 in a process of its own, claimed, enabled anew before each test. */
export interface PcscBench {
  readonly reader: VirtualReader
  driver(): ForkedDriver
  service(): Pcscd
  /** Puts another service in the place of one that was ended. */
  restartService(): Promise<void>
  data(): Extract<FromDriver, { type: 'data' }>[]
  faults(): FaultCode[]
  /** The data of the card with this key, heard already or yet to come. */
  dataOf(key: string): Promise<Extract<FromDriver, { type: 'data' }>>
}

export type ReaderConfig = { reader?: string; uidOrder?: 'air' | 'reversed' }

/** Forks the PC/SC driver, opens and claims. */
export function claimReader(config: ReaderConfig): ForkedDriver {
  const driver = forkDriver(pcscDriver)
  driver.send({ type: 'open', config: { ...config } })
  driver.send({ type: 'claim' })
  return driver
}

export const keyOf = ({ data }: Extract<FromDriver, { type: 'data' }>) => ('text' in data ? null : cardKey(data))

export function pcscBench(config: ReaderConfig = {}): PcscBench {
  const reader = virtualReader(0)
  let service: Pcscd | undefined
  let driver: ForkedDriver | undefined
  const theDriver = () => {
    if (driver === undefined) throw new Error('the driver did not start')
    return driver
  }

  beforeAll(async () => {
    service = await startPcscd()
    driver = claimReader({ reader: '00 00', ...config })
    await driver.waitFor('state', state => state.state === 'idle')
  })
  afterAll(async () => {
    await driver?.end()
    await service?.stop()
  })
  beforeEach(() => {
    theDriver().forget()
    theDriver().send({ type: 'enable' })
  })
  afterEach(() => reader.remove())

  return {
    reader,
    driver: theDriver,
    service() {
      if (service === undefined) throw new Error('the service did not start')
      return service
    },
    async restartService() {
      service = await startPcscd()
    },
    data: () => theDriver().heard.filter(message => message.type === 'data'),
    faults: () => theDriver().heard.flatMap(message => (message.type === 'fault' ? [message.code] : [])),
    dataOf: key => theDriver().waitFor('data', message => keyOf(message) === key),
  }
}
