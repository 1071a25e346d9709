import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoSeniors } from '../../../province/demo-people.ts'
import { fromBase64Url } from '../../../shared/bytes.ts'
import { unwrap } from '../../../shared/envelope.ts'
import { siteId } from '../../../shared/ids.ts'
import { enrolledBody, enrolReply, provinceRefusal } from '../../../shared/province-api.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { enrolmentRequest, enrolPaperTerminal, paperKeys, post } from '../../support/paper-terminal.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

describe('enrolment of a terminal', () => {
  let house: ProvinceHouse
  beforeAll(async () => {
    house = await openProvinceHouse()
  })
  afterAll(() => house.close())

  const refusalOf = async (body: unknown) => {
    const { status, json } = await post(house.province.address, '/v1/enrol', body)
    const refusal = provinceRefusal.parse(json)
    expect(refusal.zh).not.toBe('')
    expect(refusal.en).not.toBe('')
    return { status, code: refusal.code }
  }

  it('gives a terminal with the right proof its site and the site key', async () => {
    const code = await house.code()
    const keys = await paperKeys()
    const { status, json } = await post(house.province.address, '/v1/enrol', enrolmentRequest(code, keys))
    expect(status).toBe(200)
    const reply = enrolReply.parse(json)
    const opened = await unwrap(standardSuite, reply.envelope, {
      me: code.terminal,
      senderKey: fromBase64Url(reply.provinceKeys.keys.transport),
      sealing: keys.sealing,
      answers: null,
    })
    const body = enrolledBody.parse(opened.ok ? opened.body : null)
    expect(body).toMatchObject({ terminal: code.terminal, site: 'demo-canteen' })
  })

  it('refuses a proof under another secret, and leaves the code unused', async () => {
    const code = await house.code()
    const keys = await paperKeys()
    const forged = enrolmentRequest(code, keys, 'AAAAAAAAAAAAAAAAAAAAAA')
    expect(await refusalOf(forged)).toEqual({ status: 403, code: 'ENROLMENT_UNKNOWN' })
    expect((await post(house.province.address, '/v1/enrol', enrolmentRequest(code, keys))).status).toBe(200)
  })

  it('makes no code for a terminal that was struck off, and says why', async () => {
    const { terminal } = await house.code()
    await house.rows(`update terminal set struck_off = true where terminal_id = '${terminal}'`)
    const asked = house.province.createEnrolmentCode(terminal, siteId.parse('demo-canteen'))
    await expect(asked).rejects.toThrow(/was struck off .* under a new name/)
  })

  it('refuses a terminal for which no code was made', async () => {
    const code = { ...(await house.code()), terminal: 'nobody' }
    const request = { ...enrolmentRequest(await house.code(), await paperKeys()), terminal: code.terminal }
    expect(await refusalOf(request)).toEqual({ status: 403, code: 'ENROLMENT_UNKNOWN' })
  })

  it('answers the same request again after a lost reply, with the same site key', async () => {
    const code = await house.code()
    const keys = await paperKeys()
    const siteKeys = await Promise.all(
      [1, 2].map(async () => {
        const reply = enrolReply.parse(
          (await post(house.province.address, '/v1/enrol', enrolmentRequest(code, keys))).json,
        )
        const opened = await unwrap(standardSuite, reply.envelope, {
          me: code.terminal,
          senderKey: fromBase64Url(reply.provinceKeys.keys.transport),
          sealing: keys.sealing,
          answers: null,
        })
        return enrolledBody.parse(opened.ok ? opened.body : null).siteKey
      }),
    )
    expect(siteKeys[0]).toBe(siteKeys[1])
  })

  it('refuses a used code to other keys', async () => {
    const code = await house.code()
    await enrolPaperTerminal(code, await paperKeys())
    expect(await refusalOf(enrolmentRequest(code, await paperKeys()))).toEqual({ status: 409, code: 'ENROLMENT_USED' })
  })

  it('moves a terminal in service to another site when the code is used, not when it is made', async () => {
    const till = await house.terminal()
    const siteOf = async () =>
      (await house.rows('select site_id from terminal where terminal_id = $1', [till.terminal]))[0]?.site_id
    const [senior] = demoSeniors().filter(({ homeSite }) => homeSite === 'demo-canteen')
    if (senior === undefined) throw new Error('the demo has no members')
    const code = await house.province.createEnrolmentCode(till.terminal, siteId.parse('demo-riverside'))
    expect((await till.push([await till.sale(senior)])).verdicts).toMatchObject([{ verdict: 'accepted' }])
    expect(await siteOf()).toBe('demo-canteen')
    const moved = await enrolPaperTerminal(code, await paperKeys())
    expect([moved.site, await siteOf()]).toEqual(['demo-riverside', 'demo-riverside'])
  })

  it('keeps no secret of a code that was used', async () => {
    const code = await house.code()
    await enrolPaperTerminal(code, await paperKeys())
    const [row] = await house.rows('select enrolment_secret from terminal where terminal_id = $1', [code.terminal])
    expect(row).toEqual({ enrolment_secret: null })
  })

  it('says BODY_BAD to a request that is not in its form', async () => {
    expect(await refusalOf({ terminal: 'x' })).toEqual({ status: 400, code: 'BODY_BAD' })
  })

  it('keeps its keys over a restart, so that an enrolled terminal still trusts it', async () => {
    const code = await house.code()
    const again = await house.start()
    try {
      await expect(enrolPaperTerminal({ ...code, address: again.address }, await paperKeys())).resolves.toBeDefined()
    } finally {
      await again.close()
    }
  })
})
