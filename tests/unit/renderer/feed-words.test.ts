import { expect, test } from 'vitest'
import { unreadWords } from '../../../renderer/i18n/feed-words.ts'
import { sayNotice } from '../../../renderer/i18n/words.ts'
import { feedName } from '../../../shared/province-api.ts'

const unread = { feed: 'roster' as const, count: 2, ids: ['3f08b2c1…', 'a0917d44…'], why: 'kind invalid_union' }

test('what cannot be read is told in the language of the screen, with its punctuation', () => {
  const zh = { what: '老人名单 2 条', ids: '编号 3f08b2c1…、a0917d44…', why: '原因 kind invalid_union' }
  const en = { what: 'Roster: 2', ids: 'No. 3f08b2c1…, a0917d44…', why: 'Reason: kind invalid_union' }
  expect(unreadWords(unread, 'zh')).toEqual(zh)
  expect(unreadWords(unread, 'en')).toEqual(en)
  expect(unreadWords({ ...unread, ids: [] }, 'zh').ids).toBe(null)
})

test.each(feedName.options)('the feed %s has words of its own in each language', feed => {
  expect(unreadWords({ ...unread, feed }, 'zh').what).toMatch(/^\p{Script=Han}+ 2 条$/u)
  expect(unreadWords({ ...unread, feed }, 'en').what).toMatch(/^[A-Z][a-z ]+: 2$/)
})

test('the notice of it holds one language and no open place', () => {
  const notice = { code: 'FEED_UNREAD' as const, values: { count: 2 } }
  expect(sayNotice(notice, 'zh').what).toBe('平台发来的有 2 条读不懂，先放一边，其余照常')
  expect(sayNotice(notice, 'en').what).toBe(
    '2 things from the province cannot be read and are set aside; all else goes on',
  )
})
