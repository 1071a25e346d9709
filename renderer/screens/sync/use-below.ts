import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Marks the thing that the lower edge of the list would cut through with `data-cut`: it waits until all of it is in sight. */
function countBelow(list: HTMLElement): number {
  const frame = list.getBoundingClientRect()
  let count = 0
  for (const thing of list.querySelectorAll<HTMLElement>('[data-things]')) {
    const { top, bottom, height } = thing.getBoundingClientRect()
    const isBelow = bottom > frame.bottom + 1
    if (isBelow) count += Number(thing.dataset.things)
    // What is taller than the list is never whole.
    thing.toggleAttribute('data-cut', isBelow && top < frame.bottom && height <= frame.height)
  }
  return count
}

/** How many things of a list that scrolls lie below what is in sight: an element stands for as many as its `data-things` says. */
export function useBelow(): { list: RefObject<HTMLUListElement | null>; below: number } {
  const list = useRef<HTMLUListElement>(null)
  const [below, setBelow] = useState(0)
  useLayoutEffect(() => {
    if (list.current) setBelow(countBelow(list.current))
  })
  useEffect(() => {
    const element = list.current
    if (!element) return
    const look = () => setBelow(countBelow(element))
    const watch = new ResizeObserver(look)
    watch.observe(element)
    element.addEventListener('scroll', look)
    return () => {
      watch.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])
  return { list, below }
}
