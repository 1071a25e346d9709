import { expect, it } from 'vitest'
import { type Envelope, wrap } from '../../../shared/envelope.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { answersTo, type UsbAnswer, type UsbPlace } from '../../../shared/usb.ts'

async function sealed(kind: string): Promise<Envelope> {
  const [signing, sealing] = [await standardSuite.generateSigningKey(), await standardSuite.generateSealingKey()]
  return await wrap(standardSuite, {
    ...{ from: 'till', to: 'province', kind, counter: 1, replyTo: null, body: { kind } },
    signer: await standardSuite.signer(signing),
    sealTo: sealing.publicKey,
  })
}

/** What is written to a stick of some room where the province has pages without end to tell. */
async function written(room: number): Promise<string[]> {
  const [page, closed, end] = await Promise.all(['usb-page', 'usb-closed', 'usb-end'].map(sealed))
  async function ask(_: Envelope, place: UsbPlace): Promise<UsbAnswer> {
    if (place.close) return { line: closed ?? null, next: null, receipt: null }
    return { line: page ?? null, next: { feed: 'roster', cursor: '1' }, receipt: null }
  }
  async function* file() {
    yield { text: JSON.stringify(end), ended: true }
  }
  const lines: string[] = []
  for await (const line of answersTo(file(), room, ask, () => undefined)) lines.push(line)
  return lines
}

it('an answer takes no more than the stick has room for, and is closed all the same', async () => {
  for (const room of [0, 5_000, 50_000]) {
    const lines = await written(room)
    const kinds = lines.map(line => JSON.parse(line).kind)
    expect(kinds.at(-1)).toBe('usb-closed')
    expect(kinds.filter(kind => kind === 'usb-closed')).toHaveLength(1)
    const bytes = lines.reduce((sum, line) => sum + line.length + 1, 0)
    expect(bytes).toBeLessThanOrEqual(Math.max(room, 4096))
    if (room === 50_000) expect(lines.length).toBeGreaterThan(20)
  }
})
