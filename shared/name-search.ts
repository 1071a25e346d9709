import { letterChoices } from './name-readings.ts'

/** The pinyin initials of a name by its likeliest readings, such as ZSF for 张淑芬. */
export function initialsOf(name: string): string {
  return letterChoices(name)
    .map(choices => choices.charAt(0))
    .join('')
}

/** A person as far as staff can look for them. `numberTail`: the last four signs of the citizen number. */
export interface Findable {
  readonly name: string
  readonly numberTail?: string | undefined
}

/**
 * True where every part of what was typed fits: characters stand in the name, letters begin its pinyin initials by any usual reading, two to four
 * digits (the last may be X) end the number. Nothing typed fits nobody, so that no list of everybody can be called up.
 * @param readings what `letterChoices` says of the name
 */
export function fitsSearch(
  text: string,
  person: Findable,
  readings: readonly string[] = letterChoices(person.name),
): boolean {
  const parts = text
    .normalize('NFKC')
    .toUpperCase()
    .match(/\d+X?|[A-Z]+|\p{Script=Han}+/gu)
  if (parts === null) return false
  return parts.every(part => {
    if (/^\d/.test(part)) return part.length >= 2 && (person.numberTail ?? '').endsWith(part)
    if (/^[A-Z]/.test(part)) return [...part].every((letter, place) => readings[place]?.includes(letter))
    return person.name.includes(part)
  })
}
