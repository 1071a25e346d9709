import { fen, formatYuan } from '../../../shared/money.ts'
import { dueFen } from '../../../shared/payments.ts'
import { roundLink, type TillRound, type TillStop } from '../../../shared/round/round.ts'
import type { Site } from '../../../shared/site.ts'
import { type Slip, slipCentred, slipLarge, slipLine, slipQr, slipRule } from '../../../shared/slip.ts'

/** What a slip can hold of stops, with the lines around them. */
const mostOnPaper = 60

/**
 * The list by route on paper: door, who, what, what to take, and a place for a name and a tick; on as many slips, numbered, as it takes. The
 * one-time codes stand nowhere on it.
 */
export function roundSlips(round: TillRound, site: Site | null): Slip[] {
  const papers = Math.ceil(round.stops.length / mostOnPaper)
  return Array.from({ length: papers }, (_, at) => [
    slipCentred(site?.name ?? ''),
    slipLarge(`送餐单 ${round.stops.length} 户${papers === 1 ? '' : ` ${at + 1}/${papers}`}`),
    slipLine(round.date, round.courier.name),
    ...round.stops.slice(at * mostOnPaper, (at + 1) * mostOnPaper).flatMap(stop => stopLines(round, stop, site)),
    slipRule,
    ...(round.page !== null && at === papers - 1
      ? [slipCentred('手机扫码打开（一部手机）'), slipQr(roundLink(round.page, round))]
      : []),
  ])
}

function stopLines({ courier }: TillRound, stop: TillStop, site: Site | null): Slip {
  const nameOf = (id: string) => site?.menu.find(line => line.id === id)?.name.zh ?? id
  const more = stop.more.map(({ set, quantity }) => `${nameOf(set)} ×${quantity}`)
  return [
    slipRule,
    slipLarge(`${stop.stop} ${stop.cancelled ? '已取消 ' : ''}${stop.door}`),
    slipLine(`${stop.name}${stop.phone === null || courier.kind === 'third-party' ? '' : ` ${stop.phone}`}`),
    slipLine(
      `${nameOf(stop.set)} ×${stop.portions}`,
      stop.pays === 'cash' ? `收 ${formatYuan(fen(dueFen('cash', stop.toldFen)))}` : '不收钱',
    ),
    ...(more.length === 0 ? [] : [slipLine(`另加 ${more.join('、')}`)]),
    slipLine('签名______  □安好 □没见到'),
  ]
}
