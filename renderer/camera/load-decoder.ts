import { prepareZXingModule } from 'zxing-wasm/reader'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import type { CodeDecoder } from '../../shared/code-reading/code-decoder.ts'
import { createWasmDecoder } from '../../shared/code-reading/wasm-decoder.ts'

/** ZXing-C++ from our own files; where it cannot be had, the slower library in plain JavaScript. */
export async function loadDecoder(): Promise<CodeDecoder> {
  // Without this the library would ask a public content network for its wasm file.
  const locateFile = (path: string, prefix: string) => (path.endsWith('.wasm') ? wasmUrl : prefix + path)
  try {
    await prepareZXingModule({ overrides: { locateFile }, fireImmediately: true })
    return createWasmDecoder()
  } catch (error) {
    console.warn('WebAssembly decoder not available, reading codes without it', error)
    const { createLibraryDecoder } = await import('../../shared/code-reading/library-decoder.ts')
    return createLibraryDecoder()
  }
}
