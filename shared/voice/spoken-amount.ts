const digits = '零一二三四五六七八九'

/** An integer 0..99,999,999 read aloud in Chinese; 2 before 百, 千, 万 and alone before 元 is 两. */
function spokenNumber(value: number): string {
  if (value >= 10_000) {
    const rest = value % 10_000
    const gap = rest > 0 && rest < 1000 ? '零' : ''
    const head = Math.floor(value / 10_000)
    return `${head === 2 ? '两' : spokenNumber(head)}万${rest > 0 ? gap + spokenBelowTenThousand(rest) : ''}`
  }
  return spokenBelowTenThousand(value)
}

function spokenBelowTenThousand(value: number): string {
  const units = ['千', '百', '十', '']
  const figures = [Math.floor(value / 1000), Math.floor(value / 100) % 10, Math.floor(value / 10) % 10, value % 10]
  let text = ''
  let skipped = false
  for (const [index, figure] of figures.entries()) {
    if (figure === 0) {
      skipped = text !== ''
      continue
    }
    if (skipped) text += '零'
    skipped = false
    const hundreds = index < 2
    text += `${figure === 2 && hundreds ? '两' : digits.charAt(figure)}${units[index]}`
  }
  return text.replace(/^一十/, '十') || '零'
}

/**
 * An amount as it is read aloud in Chinese: 750 fen is 七元五角, 1205 十二元零五分, 0 零元.
 * @param fen whole fen, not negative
 */
export function spokenAmountZh(fen: number): string {
  const yuan = Math.floor(fen / 100)
  const jiao = Math.floor(fen / 10) % 10
  const cent = fen % 10
  const whole = yuan === 2 ? '两元' : `${spokenNumber(yuan)}元`
  const head = yuan === 0 && (jiao > 0 || cent > 0) ? '' : whole
  const gap = head !== '' && jiao === 0 && cent > 0 ? '零' : ''
  return `${head}${jiao > 0 ? `${digits.charAt(jiao)}角` : ''}${gap}${cent > 0 ? `${digits.charAt(cent)}分` : ''}`
}

/** An amount as it is read aloud in English: 750 fen is "7 yuan 50". */
export function spokenAmountEn(fen: number): string {
  const cents = fen % 100
  return `${Math.floor(fen / 100)} yuan${cents > 0 ? ` ${String(cents).padStart(2, '0')}` : ''}`
}

/** A time of day as it is read aloud in Chinese: 10:30 is 十点三十分, 07:05 七点零五分, 14:00 十四点. @param time `HH:MM` */
export function spokenTimeZh(time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const head = hour === 2 ? '两点' : `${spokenNumber(hour)}点`
  return minute === 0 ? head : `${head}${minute < 10 ? '零' : ''}${spokenNumber(minute)}分`
}
