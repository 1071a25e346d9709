import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { encode as encodeJpeg } from 'jpeg-js'
import { PNG } from 'pngjs'
import { encode as encodeQr } from 'uqr'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { decode } from '../../../electron/decode-command.ts'
import { elderCodeMaker } from '../../support/elder-code-maker.ts'
import { exifOf, flatJpeg } from '../../support/flat-jpeg.ts'

const folder = mkdtempSync(join(tmpdir(), 'decode-'))
afterAll(() => rmSync(folder, { recursive: true }))
const printed: string[] = []
const complained: string[] = []
beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => printed.push(line))
  vi.spyOn(console, 'error').mockImplementation((line: string) => complained.push(line))
})
afterEach(() => {
  vi.restoreAllMocks()
  printed.length = 0
  complained.length = 0
})

function file(name: string, bytes: Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

type Modules = readonly (readonly boolean[])[]
const modulesOf = (text: string): Modules => encodeQr(text, { ecc: 'M', border: 4 }).data

/** Each module four pixels wide, black on white, as bytes of RGBA. */
function drawn(modules: Modules): { data: Buffer; width: number; height: number } {
  const side = modules.length * 4
  const data = Buffer.alloc(side * side * 4, 255)
  for (let at = 0; at < side * side; at++)
    if (modules[Math.floor(at / side) >> 2]?.[(at % side) >> 2]) data.fill(0, at * 4, at * 4 + 3)
  return { data, width: side, height: side }
}

function pngOf({ data, width, height }: { data: Buffer; width: number; height: number }): Buffer {
  const png = new PNG({ width, height })
  data.copy(png.data)
  return PNG.sync.write(png)
}

/** A PNG of any colour type from its raw lines: pngjs writes few of them. */
function rawPng(
  header: { width: number; height: number; depth: number; colour: number },
  lines: Buffer[],
  palette?: Buffer,
) {
  const chunk = (type: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(type), body])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(body.length)
    sum.writeUInt32BE(crc32(named))
    return Buffer.concat([length, named, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(header.width, 0)
  head.writeUInt32BE(header.height, 4)
  head.set([header.depth, header.colour, 0, 0, 0], 8)
  const body = deflateSync(Buffer.concat(lines.map(line => Buffer.concat([Buffer.from([0]), line]))))
  const mark = Buffer.from('89504e470d0a1a0a', 'hex')
  const colours = palette ? [chunk('PLTE', palette)] : []
  return Buffer.concat([mark, chunk('IHDR', head), ...colours, chunk('IDAT', body), chunk('IEND', Buffer.alloc(0))])
}

let elderCode: string
beforeAll(async () => {
  elderCode = await elderCodeMaker().mint({}, 'base32')
})

async function textOf(path: string): Promise<string | undefined> {
  expect(await decode.run([path])).toBe(0)
  const [name, text] = printed.at(-1)?.split('\t') ?? []
  expect(name).toBe(path)
  return text
}

describe('aixin decode', () => {
  test('prints one line a file, with the text of its code, empty where there is none', async () => {
    const code = file('code.png', pngOf(drawn(modulesOf(elderCode))))
    const none = file('none.png', pngOf({ data: Buffer.alloc(400 * 4, 200), width: 20, height: 20 }))
    expect(await decode.run([code, none])).toBe(0)
    expect(printed).toEqual([`${code}\t${elderCode}`, `${none}\t`])
  })

  test('reads JPEG, whatever the name of the file says', async () => {
    const { data, width, height } = drawn(modulesOf(elderCode))
    expect(await textOf(file('photograph.png', encodeJpeg({ data, width, height }, 80).data))).toBe(elderCode)
  })

  test('explains files that cannot be read, and prints a line for each all the same', async () => {
    const code = file('good.png', pngOf(drawn(modulesOf(elderCode))))
    const torn = file('torn.png', pngOf(drawn(modulesOf(elderCode))).subarray(0, 300))
    const text = file('text.jpg', Buffer.from('not a picture'))
    const missing = join(folder, 'missing.jpg')
    expect(await decode.run([missing, torn, text, code])).toBe(1)
    expect(printed).toEqual([`${missing}\t`, `${torn}\t`, `${text}\t`, `${code}\t${elderCode}`])
    expect(complained.map(line => line.includes('/'))).toEqual([true, true, true])
    expect(complained[0]).toMatch(/missing\.jpg：打不开.*ENOENT/)
    expect(complained[1]).toMatch(/torn\.png：图片坏了/)
    expect(complained[2]).toMatch(/text\.jpg：不是 PNG 或 JPEG/)
  })

  test('without a file says how it is used', async () => {
    expect(await decode.run([])).toBe(2)
    expect(await decode.run(['--help'])).toBe(0)
    expect(printed.join()).toContain('topmost')
  })

  test('keeps a text of several lines on one', async () => {
    expect(await textOf(file('lines.png', pngOf(drawn(modulesOf('one\r\ntwo\nthree\tfour\u001b[31m')))))).toBe(
      'one two three four [31m',
    )
  })

  test('prints the topmost of several codes, and the left one of two beside each other', async () => {
    const grid = [
      ['upper left', 'upper right'],
      ['lower left', 'lower right'],
    ].map(line => line.map(modulesOf))
    const beside = (one: Modules, other: Modules): Modules => one.map((row, y) => [...row, ...(other[y] ?? [])])
    const [upper, lower] = grid.map(([one = [], other = []]) => beside(one, other))
    expect(await textOf(file('four.png', pngOf(drawn([...(upper ?? []), ...(lower ?? [])]))))).toBe('upper left')
  })
})

describe('kinds of PNG', () => {
  const dark = (modules: Modules, x: number, y: number) => modules[y >> 2]?.[x >> 2] === true
  const lines = (modules: Modules, line: (isDark: (x: number) => boolean, width: number) => number[]) => {
    const side = modules.length * 4
    return Array.from({ length: side }, (_, y) => Buffer.from(line(x => dark(modules, x, y), side)))
  }
  const all = (width: number) => Array.from({ length: width }, (_, x) => x)

  test('sixteen bits a colour', async () => {
    const modules = modulesOf(elderCode)
    const rows = lines(modules, (isDark, width) => all(width).flatMap(x => (isDark(x) ? [10, 0] : [240, 0])))
    const side = modules.length * 4
    expect(await textOf(file('deep.png', rawPng({ width: side, height: side, depth: 16, colour: 0 }, rows)))).toBe(
      elderCode,
    )
  })

  test('a palette', async () => {
    const modules = modulesOf(elderCode)
    const rows = lines(modules, (isDark, width) => all(width).map(x => (isDark(x) ? 0 : 1)))
    const side = modules.length * 4
    const palette = Buffer.from([20, 40, 60, 255, 240, 200])
    const png = rawPng({ width: side, height: side, depth: 8, colour: 3 }, rows, palette)
    expect(await textOf(file('palette.png', png))).toBe(elderCode)
  })

  test('one bit a pixel', async () => {
    const modules = modulesOf('http://example.com/')
    const side = modules.length * 4
    const bits = (isDark: (x: number) => boolean, width: number) =>
      Array.from({ length: Math.ceil(width / 8) }, (_, at) =>
        [0, 1, 2, 3, 4, 5, 6, 7].reduce((byte, bit) => byte * 2 + (isDark(at * 8 + bit) ? 0 : 1), 0),
      )
    const png = rawPng({ width: side, height: side, depth: 1, colour: 0 }, lines(modules, bits))
    expect(await textOf(file('bits.png', png))).toBe('http://example.com/')
  })

  test('black modules on a transparent ground', async () => {
    const { data, width, height } = drawn(modulesOf(elderCode))
    for (let at = 0; at < data.length; at += 4) {
      data[at + 3] = data[at] === 0 ? 255 : 0
      data.fill(0, at, at + 3)
    }
    expect(await textOf(file('clear.png', pngOf({ data, width, height })))).toBe(elderCode)
  })
})

describe('kinds of JPEG', () => {
  test.each([
    ['grey', [0], [255]],
    ['three colours', [0, 128, 128], [255, 128, 128]],
    ['four inks', [255, 255, 255, 0], [255, 255, 255, 255]],
  ])('of %s', async (name, ink, paper) => {
    const blocks = modulesOf(elderCode).map(row => row.map(isDark => (isDark ? ink : paper)))
    expect(await textOf(file(`${name}.jpg`, flatJpeg(blocks)))).toBe(elderCode)
  })

  /** Two codes side by side as a camera stores them that was held so: only a picture turned upright has the first one first. */
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('held in the way that EXIF calls %i', async orientation => {
    const [first, second] = [modulesOf('first'), modulesOf('second')]
    const seen = first.map((row, y) => [...row, ...(second[y] ?? [])].map(isDark => [isDark ? 0 : 255]))
    const stored = storedAs(seen, orientation)
    const path = file(`held-${orientation}.jpg`, flatJpeg(stored, { exif: exifOf(orientation) }))
    expect(await textOf(path)).toBe('first')
  })
})

/** The rows and columns of a file whose EXIF orientation makes `seen` of them (EXIF 3.0, table of tag 0x0112). */
function storedAs<Value>(seen: readonly (readonly Value[])[], orientation: number): Value[][] {
  const rows = seen.map(row => [...row])
  const mirror = (table: Value[][]) => table.map(row => row.toReversed())
  const flip = (table: Value[][]) => table.toReversed()
  const transpose = (table: Value[][]) => (table[0] ?? []).map((_, x) => table.flatMap(row => row.slice(x, x + 1)))
  switch (orientation) {
    case 2:
      return mirror(rows)
    case 3:
      return flip(mirror(rows))
    case 4:
      return flip(rows)
    case 5:
      return transpose(rows)
    // Held so that the top of what is seen is the right edge of what is stored.
    case 6:
      return flip(transpose(rows))
    case 7:
      return flip(mirror(transpose(rows)))
    case 8:
      return mirror(transpose(rows))
    default:
      return rows
  }
}
