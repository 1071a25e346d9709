import { fen, formatYuan } from '../../../shared/money.ts'
import { dueFen } from '../../../shared/payments.ts'
import { roundLink, type TillRound } from '../../../shared/round/round.ts'
import type { Site } from '../../../shared/site.ts'
import { type Slip, slipCentred, slipLarge, slipLine, slipQr, slipRule } from '../../../shared/slip.ts'

/** What a slip can hold of stops, with the lines around them. */
const mostOnPaper = 60

/** The list by route on paper: door, who, what, what to take, and a place for a name and a tick. The one-time codes stand nowhere on it. */
export function roundSlip(round: TillRound, site: Site | null): Slip {
  const nameOf = (id: string) => site?.menu.find(line => line.id === id)?.name.zh ?? id
  const stops = round.stops
    .slice(0, mostOnPaper)
    .flatMap(stop => [
      slipRule,
      slipLarge(`${stop.stop} ${stop.cancelled ? '已取消 ' : ''}${stop.door}`),
      slipLine(`${stop.name}${stop.phone === null || round.courier.kind === 'third-party' ? '' : ` ${stop.phone}`}`),
      slipLine(
        `${nameOf(stop.set)} ×${stop.portions}`,
        stop.pays === 'cash' ? `收 ${formatYuan(fen(dueFen('cash', stop.toldFen)))}` : '不收钱',
      ),
      slipLine('签名______  □安好 □没见到'),
    ])
  return [
    slipCentred(site?.name ?? ''),
    slipLarge(`送餐单 ${round.stops.length} 户`),
    slipLine(round.date, round.courier.name),
    ...stops,
    slipRule,
    ...(round.page === null ? [] : [slipCentred('手机扫码打开（一部手机）'), slipQr(roundLink(round.page, round))]),
  ]
}
