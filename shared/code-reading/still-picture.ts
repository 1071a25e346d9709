import { type CodeDecoder, readCodes, type Way } from './code-decoder.ts'
import type { Picture } from './picture.ts'
import {
  flattened,
  type GreyPicture,
  greyPicture,
  meanOver,
  pictureOf,
  resized,
  rotated,
  sharpened,
} from './picture-arts.ts'

/** Up to this longest edge the camera's passes run on all pixels, beyond it only the first one does. */
const NATIVE_EDGE = 2600
/** Longest edge on which the further passes run: a code that fills less of a larger picture was read, if at all, in its own pixels. */
const FURTHER_EDGE = 1600
/** Longest edge to which small pictures are enlarged, at most to twice their size: their modules may be little more than a pixel wide. */
const ENLARGED_EDGE = 2000

type Pass = readonly [way: Way, change: (grey: GreyPicture) => GreyPicture]

const asIs = (grey: GreyPicture) => grey
const by = (across: number, down: number) => (grey: GreyPicture) =>
  resized(grey, Math.max(1, Math.round(grey.width * across)), Math.max(1, Math.round(grey.height * down)))

function enlarged(grey: GreyPicture): GreyPicture {
  const factor = Math.max(1, Math.min(2, ENLARGED_EDGE / Math.max(grey.width, grey.height)))
  return by(factor, factor)(grey)
}

/** The camera's three passes, for a picture that they have not seen in this size. */
const camera: readonly Pass[] = [
  ['local', asIs],
  ['local', grey => meanOver(grey, 1)],
  ['global', asIs],
]

/** In the order of what they bring for their time, on drawn photographs that the camera's three passes do not read. */
const further: readonly Pass[] = [
  ['local-denoised', asIs],
  ['local', by(0.5, 0.5)],
  ['local', grey => sharpened(enlarged(grey), 3, 1.5)],
  ['global', grey => flattened(meanOver(enlarged(grey), 1), 10)],
  ['global', grey => flattened(meanOver(grey, 1), 10)],
  ['local', grey => meanOver(rotated(grey, 20), 1)],
  ['local', by(1.6, 1)],
  ['local', by(1, 1.6)],
  ['local', grey => sharpened(meanOver(enlarged(grey), 1), 4, 3)],
  ['global', grey => flattened(meanOver(grey, 1), 5)],
  ['global', grey => flattened(meanOver(grey, 1), 20)],
]

/**
 * Reads the codes of one picture that will not come again, such as a photograph: the camera's three passes, and where they find nothing,
 * further ones. Texts in reading order; none where no pass finds a code.
 */
export async function readStillPicture(decoder: CodeDecoder, picture: Picture): Promise<string[]> {
  const edge = Math.max(picture.width, picture.height)
  const texts = await (edge > NATIVE_EDGE ? decoder.decode(picture, 'local') : readCodes(decoder, picture))
  if (texts.length > 0) return texts
  const shrink = FURTHER_EDGE / edge
  const grey = greyPicture(picture)
  const base = shrink < 1 ? by(shrink, shrink)(grey) : grey
  const passes: readonly Pass[] = shrink < 1 ? [...camera, ...further] : further
  for (const [way, change] of passes) {
    const found = await decoder.decode(pictureOf(change(base)), way)
    if (found.length > 0) return found
  }
  return []
}
