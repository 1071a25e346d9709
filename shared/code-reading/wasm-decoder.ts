import { type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import type { CodeDecoder, Way } from './code-decoder.ts'
import type { Picture } from './picture.ts'
import { readingOrder } from './reading-order.ts'

const options: ReaderOptions = { formats: ['QRCode'], textMode: 'Plain', maxNumberOfSymbols: 4 }
/** Without light codes on dark and without a halved picture: where that finds a code it costs a third less. */
const plain: ReaderOptions = { ...options, tryInvert: false, tryDownscale: false }

/** ZXing-C++ as WebAssembly. Whoever calls this has loaded its wasm file before: this module fetches nothing. */
export function createWasmDecoder(): CodeDecoder {
  return {
    name: 'zxing-wasm',
    async decode(picture, way) {
      const file = portableGrey(picture)
      const texts = way === 'local' ? await textsIn(file, way, plain) : []
      return texts.length > 0 ? texts : textsIn(file, way, options)
    },
  }
}

async function textsIn(file: Uint8Array, way: Way, how: ReaderOptions): Promise<string[]> {
  const found = await readBarcodes(file, {
    ...how,
    binarizer: way === 'global' ? 'GlobalHistogram' : 'LocalAverage',
    tryDenoise: way === 'local-denoised',
  })
  return readingOrder(found.filter(code => code.isValid && code.text !== '')).map(code => code.text)
}

/**
 * The picture as a file in the "portable graymap" format, P5: the one way in for grey pixels. Given colours, the library would make them
 * grey by itself, which for a frame of a camera takes as long as half of the decoding.
 */
function portableGrey({ data, width, height }: Picture): Uint8Array {
  const head = Uint8Array.from(`P5\n${width} ${height}\n255\n`, sign => sign.charCodeAt(0))
  const file = new Uint8Array(head.length + data.length)
  file.set(head)
  file.set(data, head.length)
  return file
}
