import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from 'jpeg-js'
import { PNG } from 'pngjs'
import { afterAll, describe, expect, test } from 'vitest'
import { facePicture, sameMan } from '../../support/face-pictures.ts'
import { imagesIn, likeness } from '../../support/images-in-files.ts'
import { pixelsIn } from '../../support/pixels-in-files.ts'
import { randomFrom } from '../../support/random.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

function folderWith(files: Record<string, Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'aixin-images-'))
  folders.push(folder)
  mkdirSync(join(folder, 'browser'))
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
  return folder
}

const random = randomFrom(3)
const noise = (length: number) => Buffer.from(Array.from({ length }, () => random.below(256)))
const picture = { width: 40, height: 30, data: Buffer.from(Array.from({ length: 4800 }, (_, at) => (at * 7) % 256)) }
const jpeg = encode(picture, 60).data
const png = PNG.sync.write(Object.assign(new PNG({ width: 40, height: 30 }), { data: picture.data }))
/** The container as a lossy picture begins; what follows is not looked at before it is decoded. */
const webp = Buffer.concat([Buffer.from('RIFF'), Buffer.from([40, 0, 0, 0]), Buffer.from('WEBPVP8 '), noise(32)])
const known = { jpeg, png, webp }

describe('pictures in files', () => {
  test.each(['jpeg', 'png', 'webp'] as const)(
    'are found as %s in the middle of a file, whole and nothing more',
    format => {
      const folder = folderWith({ 'browser/data_3': Buffer.concat([noise(5000), known[format], noise(5000)]) })
      const [found, ...more] = imagesIn(folder)
      expect(found).toMatchObject({ file: join('browser', 'data_3'), offset: 5000, format })
      expect(found?.bytes.equals(known[format])).toBe(true)
      expect(more).toEqual([])
    },
  )

  test('are found where their end is cut off', () => {
    const folder = folderWith({ cut: Buffer.concat([noise(9), jpeg.subarray(0, jpeg.length - 40)]) })
    expect(imagesIn(folder)).toMatchObject([{ format: 'jpeg', offset: 9 }])
  })

  test.each(['utf8', 'utf16le'] as const)('are found as base64 in text, %s', encoding => {
    const lines = [jpeg, png].map(image => `{"to":"data:image/x;base64,${image.toString('base64')}"}`)
    const folder = folderWith({ log: Buffer.from(`${lines.join('\n')} ${jpeg.toString('base64url')}`, encoding) })
    const found = imagesIn(folder)
    expect(found.map(({ format }) => format)).toEqual(['jpeg', 'png', 'jpeg'])
    expect(found[0]?.bytes.equals(jpeg)).toBe(true)
  })

  test('are not seen in chance bytes, nor where a program only names a format', () => {
    const names = Buffer.concat([
      Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
      Buffer.from('RIFF....WAVE \x89PNG\r\n\x1a\n', 'latin1'),
    ])
    expect(imagesIn(folderWith({ chance: noise(400_000), names }))).toEqual([])
  })
})

test('two pictures are alike whatever their light, and others are not', () => {
  const one = Array.from({ length: 192 }, (_, at) => (at * 37) % 200)
  expect(
    likeness(
      one,
      one.map(value => 20 + value / 2),
    ),
  ).toBeCloseTo(1)
  expect(
    Math.abs(
      likeness(
        one,
        Array.from({ length: 192 }, () => random.below(256)),
      ),
    ),
  ).toBeLessThan(0.4)
  expect(likeness(one, Array(192).fill(9))).toBe(0)
})

describe('raw pixels in files', () => {
  const { data, width, height } = facePicture(sameMan[0] ?? '')
  /** Every so-many-th pixel of every so-many-th line. */
  function scaled(every: number): Buffer {
    const rows = Array.from({ length: Math.floor(height / every) }, (_, row) => row * every)
    const columns = Array.from({ length: Math.floor(width / every) }, (_, column) => column * every)
    const pixel = (row: number, column: number) => {
      const at = (row * width + column) * 4
      return [...data.subarray(at, at + 4)]
    }
    return Buffer.from(rows.flatMap(row => columns.flatMap(column => pixel(row, column))))
  }
  const without = (bytes: Buffer, kept: readonly number[]) => bytes.filter((_, at) => kept.includes(at % 4))

  test.each([
    ['rgba', [0, 1, 2, 3], 1],
    ['rgba of a third of the size', [0, 1, 2, 3], 3],
    ['rgb', [0, 1, 2], 2],
    ['grey', [1], 1],
  ] as const)('are found in the middle of a file, as %s', (_name, kept, every) => {
    const pixels = without(scaled(every), kept)
    const folder = folderWith({ cache: Buffer.concat([noise(5001), pixels, noise(5000)]) })
    expect(pixelsIn(folder)).toMatchObject([{ file: 'cache' }])
    expect(pixelsIn(folder, () => true)).toEqual([])
  })

  test('are not seen in chance bytes, in text, in zeros, in a table of numbers, nor in a packed picture', () => {
    const numbers = Buffer.alloc(40_000)
    for (let at = 0; at < 10_000; at += 1) numbers.writeUInt32LE(at * 777, at * 4)
    const text = readFileSync(import.meta.filename)
    const bigJpeg = encode({ data, width, height }, 90).data
    const files = {
      chance: noise(200_000),
      text,
      zeros: Buffer.alloc(100_000),
      numbers,
      bigJpeg,
    }
    expect(pixelsIn(folderWith(files))).toEqual([])
  })
})
