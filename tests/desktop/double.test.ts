import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** The double is worth something only if it refuses what Electron refuses. */

const register = new URL('../support/electron-double/register.ts', import.meta.url).href
const folder = mkdtempSync(join(tmpdir(), 'aixin-double-'))
afterAll(() => rmSync(folder, { recursive: true }))

let made = 0

/** Runs a main program of a few lines on the double, where a built host would lie; its standard error. */
function run(program: string): string {
  made += 1
  const place = join(folder, String(made), 'dist', 'electron')
  const profile = join(folder, String(made), 'browser')
  for (const needed of [place, profile]) mkdirSync(needed, { recursive: true })
  writeFileSync(join(place, 'package.json'), '{"type":"module"}')
  writeFileSync(
    join(place, 'main.js'),
    `import { app } from 'electron'
     app.setPath('userData', ${JSON.stringify(profile)})
     const done = error => { console.error(error ? error.message : 'nothing was refused'); app.exit(0) }
     ${program}`,
  )
  return spawnSync(process.execPath, ['--import', register, join(place, 'main.js')], {
    encoding: 'utf8',
    timeout: 60_000,
  }).stderr
}

/** What is tried in one app that is ready, and what the double must say to it. */
const attempts: readonly { title: string; attempt: string; answer: RegExp }[] = [
  {
    title: 'child_process.fork, which the runAsNode fuse takes away',
    attempt: "fork('x.js')",
    answer: /runAsNode fuse is off/,
  },
  {
    title: 'the program started again as Node',
    attempt: 'spawn(process.execPath, [])',
    answer: /cannot run itself as Node/,
  },
  {
    title: 'a scheme registered after the app is ready',
    attempt: 'electron.protocol.registerSchemesAsPrivileged([])',
    answer: /must come before the app is ready/,
  },
  {
    title: 'a protocol whose scheme was not registered as secure',
    attempt: "electron.protocol.handle('plain', () => new Response())",
    answer: /not registered as standard and secure/,
  },
  ...[
    'contextIsolation: false, sandbox: true',
    'contextIsolation: true, sandbox: false',
    'contextIsolation: true, sandbox: true, nodeIntegration: true',
    'contextIsolation: true, sandbox: true, webSecurity: false',
    'contextIsolation: true, sandbox: true, webviewTag: true',
    "contextIsolation: true, sandbox: true, preload: 'preload.mjs'",
  ].map(preferences => ({
    title: `a window with { ${preferences} }`,
    attempt: `new electron.BrowserWindow({ webPreferences: { ${preferences} } })`,
    answer: /insecure webPreferences/,
  })),
]

describe('the double of Electron refuses', () => {
  let answers: string[]
  beforeAll(() => {
    const tries = attempts.map(({ attempt }) => `() => { ${attempt} }`)
    const program = `import * as electron from 'electron'
      import { fork, spawn } from 'node:child_process'
      app.whenReady().then(() => {
        for (const attempt of [${tries.join(', ')}]) {
          try { attempt(); console.error('not refused') } catch (error) { console.error(error.message) }
        }
        app.exit(0)
      })`
    answers = run(program).split('\n')
  })

  test.each(attempts.map((entry, index) => ({ ...entry, index })))('$title', ({ answer, index }) => {
    expect(answers[index]).toMatch(answer)
  })

  test('a utility process before the app is ready', () => {
    const program = `import { utilityProcess } from 'electron'
      try { utilityProcess.fork('x.js'); done() } catch (error) { app.whenReady().then(() => done(error)) }`
    expect(run(program)).toContain('needs the app to be ready')
  })

  test('electron inside of a utility process', () => {
    const worker = join(folder, 'uses-electron.mjs')
    writeFileSync(worker, "import 'electron'")
    const program = `import { utilityProcess } from 'electron'
      app.whenReady()
        .then(() => new Promise(resolve => utilityProcess.fork(${JSON.stringify(worker)}).on('exit', resolve)))
        .then(() => done(), done)`
    expect(run(program)).toContain('a utility process has no electron module')
  })
})
