import fc from 'fast-check'
import { expect, test } from 'vitest'
import { carerAnswer, carerAnswerText, judgeCarerAnswer } from '../../../shared/visit/carer-answer.ts'
import { codeWindow, openWindows, stationCode } from '../../../shared/visit/station-code.ts'

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
const tills = fc.constantFrom('till-1', 'till-2', 'till-3')
const here = 29_000_000

test('an answer counts for the carer whose key made it, to a code of this till in these three minutes, and for nobody and nothing else', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(bytes32, { minLength: 2, maxLength: 8, selector: key => key.join() }),
      ...[bytes32, tills, tills, fc.integer({ min: -6, max: 6 }), fc.nat({ max: codeWindow - 1 }), fc.boolean()],
      (keys, siteKey, shownBy, askedAt, ago, within, scanned) => {
        const [stranger = new Uint8Array(32), ...known] = keys
        const phones = known.map((key, at) => ({ carer: `carer-${at}`, key, used: [] }))
        const at = { siteKey, terminal: askedAt, now: here * codeWindow + within }
        const code = stationCode(siteKey, shownBy, here + ago)
        const isOpen = shownBy === askedAt && Math.abs(ago) <= 1
        // Six digits may come back in another window by chance.
        fc.pre(isOpen || openWindows(at.now).every(window => stationCode(siteKey, askedAt, window) !== code))
        phones.forEach(({ carer, key }) => {
          const answer = carerAnswer(key, shownBy, code)
          const judged = judgeCarerAnswer(scanned ? carerAnswerText(carer, answer) : answer, at, phones)
          if (isOpen) expect(judged).toMatchObject({ verdict: 'fresh', carer })
          else expect(judged.verdict).not.toBe('fresh')
          const inTheNameOf = phones.find(phone => phone.carer !== carer)
          if (inTheNameOf)
            expect(judgeCarerAnswer(carerAnswerText(inTheNameOf.carer, answer), at, phones).verdict).not.toBe('fresh')
        })
        expect(judgeCarerAnswer(carerAnswer(stranger, shownBy, code), at, phones).verdict).not.toBe('fresh')
      },
    ),
  )
})
