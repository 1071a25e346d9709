import { blurred, type Picture } from './picture.ts'

export type DecoderName = 'zxing-wasm' | 'zxing-library'

/** One way to find QR codes in a picture. Gives every text found, none where there is no code. */
export interface CodeDecoder {
  readonly name: DecoderName
  decode(picture: Picture, binarizer: 'local' | 'global'): Promise<string[]>
}

/**
 * Looks for codes, and where there are none, once more: by turns in a blurred picture (dark rooms, noise) and with one
 * threshold for the whole picture (weak contrast). By turns, as most looks find nothing and every look costs the processor.
 */
export async function readCodes(decoder: CodeDecoder, picture: Picture, turn: number): Promise<string[]> {
  const texts = await decoder.decode(picture, 'local')
  if (texts.length > 0) return texts
  return turn % 2 === 0 ? decoder.decode(blurred(picture), 'local') : decoder.decode(picture, 'global')
}
