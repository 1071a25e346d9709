import type { Words } from '../../i18n/catalogue.ts'

/** How loud the till is at what hours, in one line. */
export function volumesText(volumes: readonly { from: string; volume: number }[], words: Words): string {
  const [first = '', ...rest] = volumes.map(({ from, volume }) => words.volumeAt(from, volume))
  return rest.reduce((line, next) => words.volumesJoined(line, next), first)
}
