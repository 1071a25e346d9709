/** A count with the English word for one or for many: `1 meal`, `3 meals`, `1,024 meals`. @param count the number, or its text */
export function counted(count: number | string, one: string, many: string): string {
  return `${count} ${String(count) === '1' ? one : many}`
}
