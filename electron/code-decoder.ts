import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { prepareZXingModule } from 'zxing-wasm/reader'
import type { CodeDecoder } from '../shared/code-reading/code-decoder.ts'
import { createWasmDecoder } from '../shared/code-reading/wasm-decoder.ts'

/** The camera's decoder outside of a page, its wasm read from the installed package. */
export async function loadCodeDecoder(): Promise<CodeDecoder> {
  const file = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))
  const wasmBinary = new Uint8Array(await readFile(file)).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  return createWasmDecoder()
}
