import { describe, expect, test } from 'vitest'
import { faceNotices } from '../../../electron/core/views.ts'
import { businessDate } from '../../../shared/business-day.ts'
import {
  type ConsentKind,
  consentEndsOn,
  consentSlip,
  consentsFit,
  endsWith,
  erasureStatement,
  faceNotice,
} from '../../../shared/face/consent.ts'
import { type FaceCalibration, mostMembers } from '../../../shared/face/site-face.ts'
import { defaultThresholds } from '../../../shared/face/thresholds.ts'
import { sayProblem } from '../../../shared/problems.ts'

const today = businessDate.parse('2026-11-20')

describe('what can be agreed to', () => {
  test('away only with the face, the portrait alone, nothing twice, and never nothing', () => {
    expect(consentsFit(['face'])).toBe(true)
    expect(consentsFit(['portrait'])).toBe(true)
    expect(consentsFit(['face', 'away', 'portrait'])).toBe(true)
    expect([
      consentsFit(['away']),
      consentsFit(['away', 'portrait']),
      consentsFit([]),
      consentsFit(['face', 'face']),
    ]).toEqual(Array(4).fill(false))
  })

  test('away ends with the face; each other one ends alone', () => {
    expect(endsWith(['face'], ['face', 'away', 'portrait'])).toEqual(['face', 'away'])
    expect(endsWith(['away'], ['face', 'away'])).toEqual(['away'])
    expect(endsWith(['portrait'], ['face'])).toEqual([])
  })

  test('a year without use ends it', () => {
    expect(consentEndsOn(today)).toBe('2027-11-20')
  })
})

describe('the words', () => {
  test('of the notice are five sentences in both languages, and say that nobody has to', () => {
    expect(faceNotice.sentences).toHaveLength(5)
    const all = faceNotice.sentences.flatMap(({ main, more }) => [main, ...(more ? [more] : [])])
    expect(all.every(({ zh, en }) => /\p{Script=Han}/u.test(zh) && /^[\x20-\x7e]+$/.test(en))).toBe(true)
    expect(all.map(({ zh }) => zh).join()).toContain('不开通也一样吃饭、一样补贴')
  })

  test('of the slip name each consent and say how to withdraw', () => {
    const slip = consentSlip({ siteName: '槐树里长者食堂', date: today, what: ['face', 'away'] }).map(({ zh }) => zh)
    expect(slip).toContain(faceNotice.asks.face.zh)
    expect(slip).toContain(faceNotice.asks.away.zh)
    expect(slip).not.toContain(faceNotice.asks.portrait.zh)
    expect(slip.join()).toContain('说一声“关掉人脸”，当天就删')
  })

  test('of the deletion say what the search found, and that it ends at every other counter', () => {
    const say = (found: number, what: ConsentKind[]) =>
      erasureStatement({ ...{ siteName: '槐树里', date: today, what }, search: { files: 4, bytes: 9000, found } })
        .map(({ zh }) => zh)
        .join('\n')
    expect(say(0, ['face'])).toContain('查了本机 4 个文件，没有留下')
    expect(say(2, ['face'])).toContain('还有 2 处残留')
    expect(say(2, ['face'])).not.toContain('没有留下')
    expect(say(0, [])).toContain('本机没有存')
    expect(say(0, [])).not.toContain('已删除')
    for (const lines of [say(0, ['face']), say(2, ['portrait']), say(0, [])])
      expect(lines).toContain('那里的机器下次联网就删')
  })
})

describe('the number of faces', () => {
  test('is spoken of from 80,000 on, well below the 100,000 that have to be filed', () => {
    expect(faceNotices(79_999)).toEqual([])
    const [notice] = faceNotices(80_000)
    if (!notice) throw new Error('no notice')
    expect(sayProblem(notice.code, notice.values, 'zh')).toBe('本机已有 80000 张人脸，满 100000 要向网信部门备案')
    expect(sayProblem(notice.code, notice.values, 'en')).toContain('80000 faces are enrolled here; from 100000 on')
  })
})

test('one face is looked for among as many members as the calibration carries, and among none without one', () => {
  const calibration = (far: number): FaceCalibration => ({ on: today, pairs: 9, far, thresholds: defaultThresholds })
  expect(mostMembers(null)).toBe(0)
  expect([1e-3, 2e-6, 1.001e-3, 1].map(far => mostMembers(calibration(far)))).toEqual([1, 500, 0, 0])
})
