import { type RefObject, useEffect, useRef } from 'react'
import { useCashier } from './cashier-store.ts'
import { isQuiet } from './entry.ts'

/** Takes the focus to the screen's title and, unless a check-in closed the screen, back to where it was. */
export function useFocusHere(): RefObject<HTMLHeadingElement | null> {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const before = document.activeElement
    title.current?.focus()
    return () => {
      if (before instanceof HTMLElement && isQuiet(useCashier.getState().view)) before.focus()
    }
  }, [])
  return title
}
