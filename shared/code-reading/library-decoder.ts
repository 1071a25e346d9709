import {
  BinaryBitmap,
  ChecksumException,
  DecodeHintType,
  FormatException,
  GlobalHistogramBinarizer,
  HybridBinarizer,
  NotFoundException,
  QRCodeReader,
  RGBLuminanceSource,
} from '@zxing/library'
import type { CodeDecoder } from './code-decoder.ts'

const hints = new Map([[DecodeHintType.TRY_HARDER, true]])

/** ZXing in plain JavaScript: reads fewer codes and more slowly, but needs no WebAssembly. One code a picture. */
export function createLibraryDecoder(): CodeDecoder {
  const reader = new QRCodeReader()
  return {
    name: 'zxing-library',
    async decode(picture, way) {
      const source = new RGBLuminanceSource(picture.data, picture.width, picture.height)
      const bitmap = new BinaryBitmap(
        way === 'global' ? new GlobalHistogramBinarizer(source) : new HybridBinarizer(source),
      )
      try {
        const text = reader.decode(bitmap, hints).getText()
        return text === '' ? [] : [text]
      } catch (error) {
        if (isMiss(error)) return []
        throw error
      }
    },
  }
}

/** The library tells of a picture without a readable code by throwing. */
function isMiss(error: unknown): boolean {
  return error instanceof NotFoundException || error instanceof ChecksumException || error instanceof FormatException
}
