import type { NameForm } from '../../shared/setting-change.ts'
import type { Words } from './catalogue.ts'

/** A senior as this site addresses everybody: 张女士, 张奶奶 or 张老师. */
export function addressed(words: Words, form: NameForm, sex: 'female' | 'male', surname: string): string {
  if (form === 'teacher') return words.teacher(surname)
  if (form === 'kin') return sex === 'female' ? words.grandma(surname) : words.grandpa(surname)
  return sex === 'female' ? words.madam(surname) : words.sir(surname)
}
