/** Every object within a value, itself included. */
export function* objectsIn(value: unknown): Generator<object> {
  if (typeof value !== 'object' || value === null) return
  yield value
  for (const part of Object.values(value)) yield* objectsIn(part)
}

/** Whether a rule somewhere uses a key. */
export function mentions(value: unknown, key: string): boolean {
  return [...objectsIn(value)].some(item => key in item)
}

/** Whether some amount of one of these kinds is there. */
export function usesAmount(value: unknown, kinds: readonly unknown[]): boolean {
  return [...objectsIn(value)].some(item => 'kind' in item && kinds.includes(item.kind))
}

/** Whether some unit is matched with the site's own. */
export function matchesSite(value: unknown): boolean {
  return [...objectsIn(value)].some(item => 'is' in item && item.is === 'site')
}

/** Whether some amount is shared by several funds. */
export function sharesFunds(value: unknown): boolean {
  return [...objectsIn(value)].some(item => 'funds' in item && Array.isArray(item.funds) && item.funds.length > 1)
}
