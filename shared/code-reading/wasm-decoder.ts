import { type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import type { CodeDecoder } from './code-decoder.ts'
import { readingOrder } from './reading-order.ts'

const options: ReaderOptions = { formats: ['QRCode'], textMode: 'Plain', maxNumberOfSymbols: 4 }

/** ZXing-C++ as WebAssembly. Whoever calls this has loaded its wasm file before: this module fetches nothing. */
export function createWasmDecoder(): CodeDecoder {
  return {
    name: 'zxing-wasm',
    async decode(picture, way) {
      const found = await readBarcodes(picture, {
        ...options,
        binarizer: way === 'global' ? 'GlobalHistogram' : 'LocalAverage',
        tryDenoise: way === 'local-denoised',
      })
      return readingOrder(found.filter(code => code.isValid && code.text !== '')).map(code => code.text)
    },
  }
}
