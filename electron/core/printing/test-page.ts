import { type Slip, slipCentred, slipLarge, slipLine, slipQr, slipRule } from '../../../shared/slip.ts'

/** A page by which a site sees whether its printer has the right paper, characters and code. */
export const testPage: Slip = [
  slipCentred('爱心终端 打印机试打'),
  slipCentred('Aixin Terminal, test page'),
  slipRule,
  slipLine('生僻字 / rare characters', '喆 镕 𠮷'),
  slipLine('元的符号 / yuan sign', '￥'),
  slipLine('左边 / left', '右边 / right'),
  slipLarge('实付', '￥7.50'),
  slipRule,
  slipLine('上面的横线应当正好一行，右边的字应当贴着右边。'),
  slipLine('The rules fill one line each; the words at the right stand at its end.'),
  slipQr('AIXIN TERMINAL TEST PAGE'),
]
