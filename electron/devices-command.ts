import { parseArgs } from 'node:util'
import { type KnownCard, uidOrder } from '../shared/card-uid.ts'
import { type Command, complain } from './command.ts'
import { PcscError } from './core/devices/card-reader/pcsc-binding.ts'
import { type Tapped, tapKnownCard } from './core/devices/card-reader/tap-known-card.ts'
import { findDevices, makesFor } from './core/devices/discovery.ts'

const patience = 30_000

const tapWords: Record<Extract<Tapped, { ok: false }>['why'], readonly [zh: string, en: string]> = {
  'no-card': ['没有等到卡', 'no card came'],
  'no-number': ['这张卡没有固定的号，请换一张普通 NFC 卡', 'this card has no number that stays: take a plain NFC card'],
  unreadable: ['给的号不像卡号', 'the given number is no number of a card'],
  'other-card': ['读到的不是这张卡，请核对号码', 'another card was read: check the number'],
  ambiguous: ['这张卡正反读都一样，请换一张', 'this card reads the same both ways: take another one'],
}

async function list(): Promise<number> {
  const found = await findDevices()
  for (const device of found) {
    const makes = makesFor(device)
    const settings = makes.map(make => JSON.stringify({ driver: make.driver, config: make.configFor(device) }))
    console.log([device.name, settings[0] ?? '不作读卡用 / not for visitors', ...settings.slice(1)].join('\t'))
  }
  if (found.length === 0) console.log('没有读卡器：插上后再看 / no reader is connected: plug one in')
  return found.length > 0 ? 0 : 1
}

async function findOrder(known: KnownCard, reader: string | undefined): Promise<number> {
  console.log('请把这张卡放上 / please lay this card down')
  const tapped = await tapKnownCard(known, reader, patience)
  const [zh, en] = tapped.ok ? [`"uidOrder": "${tapped.order}"`, 'for the config of this reader'] : tapWords[tapped.why]
  console.log(`${zh} / ${en}`)
  return tapped.ok ? 0 : 1
}

/** `aixin devices`: what is connected, with the settings that name it; with a known card, the byte order of a reader. */
export const devices: Command = {
  help: 'devices [--uid HEX | --printed DECIMAL [--printed-order air|reversed]] [--reader PART]   列出读卡器，或用一张已知的卡定字节顺序 / list readers, or find the byte order with a known card',
  run: async words => {
    const { values } = parseArgs({
      args: words,
      options: {
        uid: { type: 'string' },
        printed: { type: 'string' },
        'printed-order': { type: 'string', default: 'air' },
        reader: { type: 'string' },
      },
    })
    const order = uidOrder.safeParse(values['printed-order'])
    if (!order.success) return complain('--printed-order 是 air 或 reversed', '--printed-order is air or reversed')
    try {
      if (values.uid !== undefined)
        return await findOrder({ form: 'hex', text: values.uid, order: 'air' }, values.reader)
      if (values.printed !== undefined)
        return await findOrder({ form: 'decimal', text: values.printed, order: order.data }, values.reader)
      return await list()
    } catch (error) {
      if (!(error instanceof PcscError)) throw error
      console.log(`读卡服务没有应答（${error.message}）：请启动 pcscd / no card service: start pcscd`)
      return 1
    }
  },
}
