const compoundSurnames = new Set(
  '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 长孙 宇文 端木 南宫 百里 东郭 轩辕 鲜于 闻人'.split(' '),
)

/** The family name: two characters for the known compound names, else the first character. */
export function surnameOf(name: string): string {
  const letters = [...name]
  const two = letters.slice(0, 2).join('')
  return letters.length > 2 && compoundSurnames.has(two) ? two : (letters[0] ?? '')
}

/** A name for lists: the first and the last character stay, 王＊国; of two characters the first, 陈＊. */
export function maskName(name: string): string {
  const letters = [...name]
  if (letters.length <= 2) return `${letters[0] ?? ''}\uFF0A`
  return `${letters[0]}\uFF0A${letters[letters.length - 1]}`
}
