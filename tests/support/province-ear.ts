import { once } from 'node:events'
import { createServer } from 'node:http'
import { z } from 'zod'
import { bytesToUtf8, fromBase64Url } from '../../shared/bytes.ts'
import { envelope } from '../../shared/envelope.ts'
import { unpacked } from '../../shared/packed.ts'
import { faceContext, faceDeposit, pushBody } from '../../shared/province-api.ts'
import { inputsContext } from '../../shared/record.ts'
import { type KeyPair, standardSuite } from '../../shared/suite.ts'
import type { ProvinceHouse } from './province-house.ts'

/** Hears every byte that terminals send to the province, and opens it with the province's own key. */
export interface ProvinceEar {
  /** Goes between a terminal and the province; gives the address for the terminal. */
  readonly listen: (province: string) => Promise<string>
  /** Kinds of the envelopes that were heard so far. */
  kinds(): string[]
  /** All that was heard, as it went over the wire and opened: envelopes, the inputs of records in them, and templates. */
  heard(house: ProvinceHouse): Promise<Buffer>
  close(): Promise<void>
}

export function openProvinceEar(): ProvinceEar {
  const bodies: string[] = []
  let target = ''
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const body = Buffer.concat(chunks).toString('utf8')
    bodies.push(body)
    const headers = { 'content-type': 'application/json' }
    try {
      const reply = await fetch(new URL(request.url ?? '/', target), {
        method: request.method ?? 'GET',
        headers,
        ...(request.method === 'POST' ? { body } : {}),
      })
      response.writeHead(reply.status, headers).end(Buffer.from(await reply.arrayBuffer()))
    } catch {
      response.writeHead(503, headers).end('{}')
    }
  })
  const envelopes = () => bodies.flatMap(body => envelope.safeParse(JSON.parse(body)).data ?? [])

  return {
    async listen(province) {
      target = province
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      const place = z.object({ port: z.int() }).parse(server.address())
      return `http://127.0.0.1:${place.port}`
    },
    kinds: () => envelopes().map(({ kind }) => kind),
    async heard(house) {
      const key = await sealingKeyOf(house)
      const opened: Buffer[] = bodies.map(body => Buffer.from(body))
      for (const { kind, from, to, body } of envelopes()) {
        const packed = await open(key, body, `${kind}|${to}`)
        const plain = bytesToUtf8(unpacked(packed, 1e8) ?? packed)
        const content: unknown = JSON.parse(plain)
        opened.push(Buffer.from(plain))
        for (const { inputs } of pushBody.safeParse(content).data?.items ?? [])
          if (inputs !== null) opened.push(Buffer.from(await open(key, inputs, inputsContext(from))))
        const deposit = faceDeposit.safeParse(content).data
        if (deposit) opened.push(Buffer.from(await open(key, deposit.template, faceContext(deposit.senior, deposit))))
      }
      return Buffer.concat(opened)
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function sealingKeyOf(house: ProvinceHouse): Promise<KeyPair> {
  const [row] = await house.rows("select public_key, private_key from province_key where name = 'sealing'")
  const key = z.object({ public_key: z.instanceof(Buffer), private_key: z.instanceof(Buffer) }).parse(row)
  return { publicKey: new Uint8Array(key.public_key), privateKey: new Uint8Array(key.private_key) }
}

/** Throws where something was sent that the province could not open: it would go unheard. */
async function open(key: KeyPair, sealed: string, context: string): Promise<Uint8Array> {
  const plain = await standardSuite.open(key, fromBase64Url(sealed), context)
  if (plain === null) throw new Error(`something unheard went over the wire: ${context}`)
  return plain
}
