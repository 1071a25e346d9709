/** The first letters of pinyin syllables, and the first common character of each in the pinyin order of CLDR. */
const letters = 'ABCDEFGHJKLMNOPQRSTWXYZ'
const firstOfLetter = '阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他穵夕丫帀'

/** Family names read otherwise than the character alone; staff may type either letter. */
const surnameLetters: Readonly<Record<string, string>> = {
  ...{ 曾: 'Z', 单: 'S', 解: 'X', 仇: 'Q', 区: 'O', 查: 'Z', 翟: 'Z', 朴: 'P', 盖: 'G', 乐: 'Y', 尉: 'Y', 长: 'Z' },
  ...{ 万: 'W', 覃: 'Q', 缪: 'M', 种: 'C', 折: 'S', 召: 'S', 员: 'Y', 秘: 'B', 冼: 'X' },
}

const pinyinOrder = new Intl.Collator('zh-u-co-pinyin')

/** The first letter of a character's usual reading; empty for what is not Chinese. */
function letterOf(character: string): string {
  if (!/\p{Script=Han}/u.test(character)) return ''
  let found = ''
  for (const [at, first] of [...firstOfLetter].entries()) {
    if (pinyinOrder.compare(character, first) < 0) break
    found = letters.charAt(at)
  }
  return found
}

/**
 * The pinyin initials of a name, such as ZSF for 张淑芬; two where the family name has a reading of its own. A character with several
 * readings counts by its usual one: initials help to find a person among members, they prove nothing.
 */
export function initialsOf(name: string): string[] {
  const usual = [...name].map(letterOf).join('')
  const own = surnameLetters[[...name][0] ?? '']
  const asSurname = own === undefined ? usual : own + usual.slice(1)
  return [...new Set([asSurname, usual])]
}

/** A person as far as staff can look for them. `numberTail`: the last four signs of the citizen number. */
export interface Findable {
  readonly name: string
  readonly numberTail?: string | undefined
}

/**
 * True where every part of what was typed fits: characters stand in the name, letters begin its pinyin initials, two to four digits (the
 * last may be X) end the number. Nothing typed fits nobody, so that no list of everybody can be called up.
 */
export function fitsSearch(
  text: string,
  person: Findable,
  initials: readonly string[] = initialsOf(person.name),
): boolean {
  const parts = text
    .normalize('NFKC')
    .toUpperCase()
    .match(/\d+X?|[A-Z]+|\p{Script=Han}+/gu)
  if (parts === null) return false
  return parts.every(part => {
    if (/^\d/.test(part)) return part.length >= 2 && (person.numberTail ?? '').endsWith(part)
    if (/^[A-Z]/.test(part)) return initials.some(letter => letter.startsWith(part))
    return person.name.includes(part)
  })
}
