import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Marks the thing that the lower edge of the list would cut through with `data-cut`: it waits until all of it is in sight. */
function countBelow(list: HTMLElement): number {
  const frame = list.getBoundingClientRect()
  const foot = list.querySelector('[data-stays]')?.getBoundingClientRect()
  const edge = Math.min(frame.bottom, foot?.top ?? frame.bottom)
  let count = 0
  for (const thing of list.querySelectorAll<HTMLElement>('[data-things]')) {
    const { top, bottom, height } = thing.getBoundingClientRect()
    const isBelow = bottom > edge + 1
    if (isBelow) count += Number(thing.dataset.things)
    // What is taller than the list is never whole.
    thing.toggleAttribute('data-cut', isBelow && top < edge && height <= frame.height)
  }
  return count
}

/**
 * How many things of a list that scrolls lie below what is in sight: an element stands for as many as its `data-things` says, and what has `data-stays`
 * covers the lower edge.
 */
export function useBelow<List extends HTMLElement = HTMLUListElement>(): {
  list: RefObject<List | null>
  below: number
} {
  const list = useRef<List>(null)
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
