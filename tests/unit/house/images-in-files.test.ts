import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from 'jpeg-js'
import { PNG } from 'pngjs'
import { afterAll, describe, expect, test } from 'vitest'
import { imagesIn, likeness } from '../../support/images-in-files.ts'
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
