import { beforeEach, expect, test } from 'vitest'
import type { PagePort } from '../../../electron/core/host.ts'
import { createPages, type Pages, publicScreenNotices } from '../../../electron/core/speaking-page.ts'

function page(): PagePort {
  const closers: (() => void)[] = []
  return {
    postMessage: () => undefined,
    onMessage: () => undefined,
    onClose: handler => void closers.push(handler),
    close() {
      for (const closed of closers) closed()
    },
  }
}

let changes: number
let clock = 0
let pages: Pages
beforeEach(() => {
  changes = 0
  pages = createPages(
    () => {
      changes += 1
    },
    () => clock,
  )
})

test('the till speaks through the public page, and through the staff page where there is no public one', () => {
  const [staff, customer] = [page(), page()]
  expect(pages.speaker()).toBeNull()
  pages.add(staff, 'staff')
  expect(pages.speaker()).toBe(staff)
  pages.add(customer, 'customer')
  expect(pages.speaker()).toBe(customer)
  customer.close()
  expect(pages.speaker()).toBe(staff)
  expect(changes).toBe(3)
})

test('a kiosk speaks itself, whoever of the staff looks at its core from elsewhere', () => {
  const [kiosk, staff] = [page(), page()]
  pages.add(kiosk, 'kiosk')
  pages.add(staff, 'staff')
  expect(pages.speaker()).toBe(kiosk)
  kiosk.close()
  expect(pages.speaker()).toBe(staff)
})

test('of two public pages the one that came last speaks, and the other after it', () => {
  const [one, other] = [page(), page()]
  pages.add(one, 'customer')
  pages.add(other, 'customer')
  expect(pages.speaker()).toBe(other)
  other.close()
  expect(pages.speaker()).toBe(one)
})

test('a public screen that went is told of after a moment, and not where there never was one or another stands there', () => {
  expect(pages.publicAwaySince()).toBeNull()
  const [one, other] = [page(), page()]
  pages.add(one, 'customer')
  pages.add(other, 'customer')
  one.close()
  expect(pages.publicAwaySince()).toBeNull()
  clock = 1000
  other.close()
  expect(pages.publicAwaySince()).toBe(1000)
  expect(publicScreenNotices(1000, 3900)).toEqual([])
  expect(publicScreenNotices(1000, 4000)).toEqual([{ code: 'PUBLIC_SCREEN_GONE', values: {} }])
  pages.add(page(), 'customer')
  expect(pages.publicAwaySince()).toBeNull()
})
