import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importsOf, root, sourcesIn, target } from '../../support/source-files.ts'

/** Folder of a layer, and the folders that it may import from besides itself. */
const layers: readonly [folder: string, mayUse: readonly string[]][] = [
  ['shared', []],
  ['electron/core', ['shared']],
  ['renderer', ['shared']],
  ['province', ['shared']],
  ['electron', ['shared', 'electron/core', 'province']],
]

function ofLayer(folder: string): string[] {
  return sourcesIn(folder).filter(file => folder !== 'electron' || dirname(file) === 'electron')
}

describe('imports run one way', () => {
  test.each(layers)('%s', (folder, mayUse) => {
    const allowed = [folder, ...mayUse, 'resources', 'node_modules']
    const wrong = ofLayer(folder).flatMap(file =>
      importsOf(file)
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => relative(root, resolve(root, dirname(file), specifier)))
        .filter(path => !allowed.some(place => path.startsWith(`${place}/`)))
        .map(path => `${file} imports ${path}`),
    )
    expect(wrong).toEqual([])
  })

  test('pure and page code import nothing of Node', () => {
    const wrong = [...ofLayer('shared'), ...ofLayer('renderer')].filter(file =>
      importsOf(file).some(({ specifier }) => specifier.startsWith('node:')),
    )
    expect(wrong).toEqual([])
  })

  test('only the Electron host and its preload import electron', () => {
    const importers = ['shared', 'electron', 'renderer', 'province']
      .flatMap(sourcesIn)
      .filter(file =>
        importsOf(file).some(({ specifier }) => specifier === 'electron' || specifier.startsWith('electron/')),
      )
    expect(importers).toEqual([join('electron', 'main.ts'), join('electron', 'preload.ts')])
  })

  test('only the composition of the hosts knows the province', () => {
    const users = sourcesIn('electron').filter(file =>
      importsOf(file).some(({ specifier }) => target(file, specifier)?.startsWith('province/')),
    )
    expect(users).toEqual([join('electron', 'demo-site.ts')])
  })
})

test('no file imports itself by way of others', () => {
  const files = ['shared', 'electron', 'renderer', 'province'].flatMap(sourcesIn)
  const edges = new Map(
    files.map(file => [
      file,
      importsOf(file)
        .filter(({ typeOnly }) => !typeOnly)
        .flatMap(({ specifier }) => target(file, specifier) ?? []),
    ]),
  )
  expect(edges.get(join('electron', 'browser-host.ts'))?.length).toBeGreaterThan(3)
  expect(cycles(edges)).toEqual([])
})

function cycles(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const path: string[] = []
  function visit(file: string): void {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' -> '))
    if (done.has(file) || path.includes(file)) return
    path.push(file)
    for (const next of edges.get(file) ?? []) visit(next)
    path.pop()
    done.add(file)
  }
  for (const file of edges.keys()) visit(file)
  return found
}
