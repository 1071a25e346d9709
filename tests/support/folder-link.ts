import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { LinkReply, ProvinceLink } from '../../electron/core/sync/province-link.ts'

export function createFolderLink(folder: string, patienceMs: number): ProvinceLink {
  async function carry(name: string, body: unknown): Promise<LinkReply> {
    await writeFile(join(folder, `${name}.request.json`), JSON.stringify(body))
    for (const end = performance.now() + patienceMs; performance.now() < end; await setTimeout(50)) {
      const text = await readFile(join(folder, `${name}.reply.json`), 'utf8').catch(() => null)
      if (text !== null) return { ok: true, reply: JSON.parse(text) }
    }
    return { ok: false, reason: 'unreachable' }
  }
  return {
    enrol: request => carry('enrol', request),
    exchange: (kind, envelope) => carry(`${kind}-${envelope.nonce}`, envelope),
  }
}
