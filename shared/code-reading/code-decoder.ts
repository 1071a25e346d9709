import { blurred, type Picture } from './picture.ts'

export type DecoderName = 'zxing-wasm' | 'zxing-library'

/**
 * Where light ends and dark begins: by the neighbourhood of each pixel, or at one level for the whole picture. `local-denoised` also closes
 * small holes in what is dark, where the decoder can.
 */
export type Way = 'local' | 'global' | 'local-denoised'

/** One way to find QR codes in a picture. Gives every text found in reading order, none where there is no code. */
export interface CodeDecoder {
  readonly name: DecoderName
  decode(picture: Picture, way: Way): Promise<string[]>
}

/**
 * Looks for codes; where there are none, once more in a blurred picture (dark rooms, noise, bands of a screen), and then with one
 * threshold for the whole picture (weak contrast).
 */
export async function readCodes(decoder: CodeDecoder, picture: Picture): Promise<string[]> {
  const sharp = await decoder.decode(picture, 'local')
  if (sharp.length > 0) return sharp
  const soft = await decoder.decode(blurred(picture), 'local')
  return soft.length > 0 ? soft : decoder.decode(picture, 'global')
}

/**
 * As `readCodes`, but with one of the second passes a look, by turns: for a camera that nobody stands before, where every pass is
 * processor time for nothing.
 */
export async function readCodesByTurns(decoder: CodeDecoder, picture: Picture, turn: number): Promise<string[]> {
  const texts = await decoder.decode(picture, 'local')
  if (texts.length > 0) return texts
  return turn % 2 === 0 ? decoder.decode(blurred(picture), 'local') : decoder.decode(picture, 'global')
}
