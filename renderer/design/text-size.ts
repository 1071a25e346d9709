import type { TextSize } from '../../shared/setting-change.ts'

/** Everything on the page in this size; beyond the usual one the layouts fold, and the page scrolls where it must. */
export function showTextSize(size: TextSize): void {
  const { dataset } = document.documentElement
  if (size === 100) delete dataset.text
  else dataset.text = String(size)
}
