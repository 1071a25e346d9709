import type { Contrast } from '../../shared/setting-change.ts'

const wish = matchMedia('(prefers-contrast: more)')
let set: Contrast = 'normal'

function show(): void {
  document.documentElement.dataset.contrast = wish.matches ? 'high' : set
}

/** High contrast where the station lead set it, or the system wishes it. */
export function showContrast(contrast: Contrast): void {
  set = contrast
  show()
}

show()
wish.addEventListener('change', show)
