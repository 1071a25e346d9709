import type { FaultCode } from '../../driver-protocol.ts'

/** What a vendor's code means: nobody's card, or a fault with words for the log. */
export type VendorMeaning =
  | { readonly kind: 'no-card' }
  | { readonly kind: 'fault'; readonly fault: FaultCode; readonly words: string }

const noCard = -2

/** The error table of the `iReadCardBas` family, as the makers' manuals print it. */
const table: Readonly<Record<number, readonly [fault: FaultCode, words: string]>> = {
  [-1]: ['NOT_SSC', '卡类型不对 / not the kind of card asked for'],
  [-3]: ['CARD_MUTE', '有卡未上电 / the card has no power'],
  [-4]: ['CARD_MUTE', '卡无应答 / the card does not answer'],
  [-5]: ['READER_SETUP', '加载动态库错 / a library of the middleware could not be loaded'],
  [-11]: ['READER_GONE', '读卡器连接错 / the reader is not connected'],
  [-12]: ['READER_GONE', '未建立连接 / no connection to the reader'],
  [-13]: ['READER_SETUP', '不支持 / the middleware does not support this call'],
  [-14]: ['READER_SETUP', '参数错 / wrong parameter in the profile'],
  [-15]: ['CARD_ERROR', '校验和错 / wrong checksum'],
  [-20]: ['BAD_DATA', '识别码格式错 / the card id has a wrong form'],
  [-21]: ['CARD_ERROR', '内部认证失败 / the card did not prove itself genuine'],
  [-22]: ['BAD_DATA', '数据不符 / the data do not match'],
  [-23]: ['BAD_DATA', '数据不合法 / the data are not valid'],
  [-24]: ['READER_SETUP', 'PSAM 级别不够 / the PSAM may not read this card'],
  [-25]: ['READER_SETUP', '与加密机不一致 / does not agree with the security module'],
  [-31]: ['CARD_ERROR', '用户取消 / cancelled at the reader'],
  [-32]: ['TIMEOUT', '输入超时 / nobody entered anything at the reader'],
  [-33]: ['CARD_ERROR', '密码错误 / wrong password'],
  [-34]: ['CARD_ERROR', '密码错误 / wrong password'],
  [-35]: ['CARD_ERROR', '密码错误 / wrong password'],
  [-36]: ['CARD_ERROR', '密码错误 / wrong password'],
  [-51]: ['CARD_ERROR', 'PIN 错 / wrong PIN'],
  [-52]: ['CARD_ERROR', 'PIN 锁定 / the PIN is locked'],
  [-2201]: ['READER_SETUP', '无 PSAM / no PSAM in the reader'],
  [-2202]: ['READER_SETUP', 'PSAM 算法不支持 / the PSAM does not know the algorithm'],
  [-2203]: ['READER_SETUP', 'PSAM 无 RKSSSE 密钥 / the PSAM lacks the key RKSSSE'],
  [-2204]: ['READER_SETUP', '不需要加密机 / no security module is needed'],
}

/** Status words with which a card says that it is another kind of card. */
const foreignCard = new Set([0x6700, 0x6a81, 0x6a82, 0x6a86, 0x6d00, 0x6e00])

function statusWordWords(status: number): string {
  if (status === 0x6982) return '卡要求认证 / the card wants authentication'
  if (status === 0x9303 || status === 0x6283) return '卡已锁定 / the card is locked'
  if (status >> 4 === 0x63c)
    return `认证失败，剩余 ${status & 0xf} 次 / authentication failed, ${status & 0xf} tries left`
  if (status === 0x6a83) return '卡无此记录 / the card has no such record'
  return foreignCard.has(status) ? '不是社会保障卡 / not a social-security card' : '卡拒绝 / the card refused'
}

/**
 * Meaning of a code other than 0. Codes below -0x6000 are minus the card's own status word (ISO 7816-4): -27010 is -0x6982.
 * A code of no table is a CARD_ERROR that names the number.
 */
export function vendorMeaning(code: number): VendorMeaning {
  if (code === noCard) return { kind: 'no-card' }
  const known = table[code]
  if (known) return { kind: 'fault', fault: known[0], words: `${code} ${known[1]}` }
  const status = -code
  if (status >= 0x6000 && status <= 0xffff) {
    const fault = foreignCard.has(status) ? 'NOT_SSC' : 'CARD_ERROR'
    return { kind: 'fault', fault, words: `${status.toString(16).toUpperCase()} ${statusWordWords(status)}` }
  }
  return { kind: 'fault', fault: 'CARD_ERROR', words: `${code} 厂家未列明的错误 / an error that no table lists` }
}

/** A middleware's own words for the log: one short line, without any run of signs that could be a number of a person or a card. */
export function withoutNumbers(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[0-9A-Fa-fXx]{6,}/g, '…')
    .trim()
    .slice(0, 160)
}
