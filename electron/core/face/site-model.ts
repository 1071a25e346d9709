import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type ModelManifest, modelManifest } from '../../../shared/face/model-manifest.ts'
import type { Notice } from '../../../shared/terminal-api.ts'

/** Bytes of one part on its way to a page: far below what a page's line takes in one piece. */
export const modelPartBytes = 512 * 1024
/** Greater networks are none that a till could run. */
const greatestModel = 512 * 1024 * 1024

type Refused = { readonly result: 'refused'; readonly notice: Notice }

/** The recognition network that this site brings, in the folder that the settings name: `manifest.json` and the file that it names. */
export interface SiteModel {
  /** The manifest, once the file was found to be the very one that it names, and its hash as the site's feed writes it; null where the site brings none. */
  describe(): Promise<
    | {
        readonly result: 'done'
        readonly model: { readonly manifest: ModelManifest; readonly bytes: number; readonly modelHash: string } | null
      }
    | Refused
  >
  /** The bytes from `offset` on, at most `modelPartBytes`; empty at the end, and where there is no model. */
  part(offset: number): Promise<Uint8Array>
}

/** @param folder null: the shipped network is used */
export function createSiteModel(folder: string | null): SiteModel {
  const refuse = (code: 'FACE_MODEL_BAD' | 'FACE_MODEL_CHANGED', detail: string): Refused => ({
    result: 'refused',
    notice: { code, values: { detail } },
  })
  let checked: string | null = null

  return {
    async describe() {
      checked = null
      if (folder === null) return { result: 'done', model: null }
      try {
        const parsed = modelManifest.safeParse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
        if (!parsed.success) return refuse('FACE_MODEL_BAD', z.prettifyError(parsed.error))
        const manifest = parsed.data
        const file = join(folder, manifest.file)
        const { size } = await stat(file)
        if (size > greatestModel) return refuse('FACE_MODEL_BAD', `${manifest.file}: ${size} bytes`)
        const found = await hashOf(file)
        if (found !== manifest.sha256) return refuse('FACE_MODEL_CHANGED', `SHA-256 is ${found}`)
        checked = file
        const modelHash = Buffer.from(found, 'hex').toString('base64url')
        return { result: 'done', model: { manifest, bytes: size, modelHash } }
      } catch (error) {
        if (!isExpected(error)) throw error
        return refuse('FACE_MODEL_BAD', error.message)
      }
    },
    async part(offset) {
      if (checked === null) return new Uint8Array(0)
      const file = await open(checked)
      try {
        const { buffer, bytesRead } = await file.read(new Uint8Array(modelPartBytes), 0, modelPartBytes, offset)
        return buffer.subarray(0, bytesRead)
      } finally {
        await file.close()
      }
    },
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file)) hash.update(piece)
  return hash.digest('hex')
}

/** A file that is not there or not to be read, or a manifest that is no JSON. */
function isExpected(error: unknown): error is Error {
  return error instanceof SyntaxError || (error instanceof Error && 'code' in error)
}
