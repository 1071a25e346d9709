import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import type { CodeDecoder } from './code-decoder.ts'

const options: ReaderOptions = { formats: ['QRCode'], textMode: 'Plain', maxNumberOfSymbols: 4 }

/** Loads ZXing-C++ as WebAssembly from our own files; rejects where it cannot be had. */
export async function loadWasmDecoder(): Promise<CodeDecoder> {
  // Without this the library would ask a public content network for its wasm file.
  const locateFile = (path: string, prefix: string) => (path.endsWith('.wasm') ? wasmUrl : prefix + path)
  await prepareZXingModule({ overrides: { locateFile }, fireImmediately: true })
  return {
    name: 'zxing-wasm',
    async decode({ data, width, height }, binarizer) {
      const found = await readBarcodes(new ImageData(data, width, height), {
        ...options,
        binarizer: binarizer === 'local' ? 'LocalAverage' : 'GlobalHistogram',
      })
      return found.filter(code => code.isValid && code.text !== '').map(code => code.text)
    },
  }
}
