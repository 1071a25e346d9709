import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow } from '../../support/find-in-files.ts'
import { root } from '../../support/source-files.ts'

/** What a page could keep something with, or hand it to a disk or another place with. */
const keepers =
  /\b(localStorage|sessionStorage|indexedDB|cookieStore|openDatabase|sendBeacon|show(Save|Open|Directory)\w*Picker|getDirectory)\b|navigator\.storage|document\.cookie|\bcaches\./

/** The phone of a courier or a carer has no core: what it keeps is the page's own (docs/rounds.md). */
const phones = ['round', 'carer', 'phone'].map(page => join('renderer', page))

test('no page of a terminal keeps anything by itself: what is to be kept goes to the core', () => {
  const found = filesBelow(join(root, 'renderer'))
    .filter(file => /\.tsx?$/.test(file) && !phones.some(page => relative(root, file).startsWith(page)))
    .flatMap(file => {
      const [word] = keepers.exec(readFileSync(file, 'utf8')) ?? []
      return word === undefined ? [] : [`${relative(root, file)}: ${word}`]
    })
  expect(found).toEqual([])
  expect(keepers.test('const folder = await navigator.storage.getDirectory()')).toBe(true)
})
