import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiPage } from '../../../province/api-page.ts'
import { sealedBodies } from '../../../province/sealed-bodies.ts'
import { openProvinceHouse, type ProvinceHouse } from '../../support/province-house.ts'

const file = new URL('../../../docs/province-api.md', import.meta.url)

describe('the page about the province API', () => {
  let house: ProvinceHouse
  let document: unknown
  beforeAll(async () => {
    house = await openProvinceHouse()
    document = await (await fetch(`${house.province.address}/openapi.json`)).json()
  })
  afterAll(() => house.close())

  it('is what a province serves; AIXIN_WRITE_DOCS=1 writes it anew', () => {
    const page = apiPage(document)
    if (process.env.AIXIN_WRITE_DOCS === '1') writeFileSync(file, page)
    expect(readFileSync(file, 'utf8')).toBe(page)
  })

  it('tells the sealed bodies of every route that takes envelopes', () => {
    const page = readFileSync(file, 'utf8')
    const { paths } = Object(document)
    const takingEnvelopes = Object.entries<object>(paths).flatMap(([path, methods]) =>
      JSON.stringify(methods).includes('bodyHash') && path !== '/v1/enrol' ? [path] : [],
    )
    expect(takingEnvelopes.sort()).toEqual(Object.keys(sealedBodies).sort())
    for (const [path, { asks, tells }] of Object.entries(sealedBodies)) {
      const part = page.slice(page.indexOf(`### POST ${path}\n`)).split('\n### ')[0]
      expect(part).toContain(`Envelope of kind \`${asks.kind}\``)
      expect(part).toContain(`one of kind \`${tells.kind}\``)
    }
  })

  it('leaves no form unsaid', () => {
    const forms = readFileSync(file, 'utf8').match(/: anything$/gm) ?? []
    // The envelope of an enrolment is described under Envelopes.
    expect(forms).toHaveLength(1)
  })
})
