import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

/** The double is worth something only if it refuses what Electron refuses. */

const register = new URL('../support/electron-double/register.ts', import.meta.url).href
const folder = mkdtempSync(join(tmpdir(), 'aixin-double-'))
afterAll(() => rmSync(folder, { recursive: true }))

let made = 0

/** Runs a main program of a few lines on the double, where a built host would lie; its standard error. */
function run(program: string): string {
  made += 1
  const place = join(folder, String(made), 'dist', 'electron')
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'package.json'), '{"type":"module"}')
  writeFileSync(
    join(place, 'main.js'),
    `import { app } from 'electron'
     app.setPath('userData', ${JSON.stringify(join(folder, String(made), 'browser'))})
     const done = error => { console.error(error ? error.message : 'nothing was refused'); app.exit(0) }
     ${program}`,
  )
  return spawnSync(process.execPath, ['--import', register, join(place, 'main.js')], {
    encoding: 'utf8',
    timeout: 60_000,
  }).stderr
}

const inReadyApp = (body: string) => `app.whenReady().then(async () => { ${body} }).then(() => done(), done)`

describe('the double of Electron refuses', () => {
  test('child_process.fork, which the runAsNode fuse takes away', () => {
    expect(run(`import { fork } from 'node:child_process'; ${inReadyApp("fork('x.js')")}`)).toContain(
      'runAsNode fuse is off',
    )
  })

  test('the program started again as Node', () => {
    expect(run(`import { spawn } from 'node:child_process'; ${inReadyApp('spawn(process.execPath, [])')}`)).toContain(
      'cannot run itself as Node',
    )
  })

  test.each([
    'contextIsolation: false, sandbox: true',
    'contextIsolation: true, sandbox: false',
    'contextIsolation: true, sandbox: true, nodeIntegration: true',
    'contextIsolation: true, sandbox: true, webSecurity: false',
    'contextIsolation: true, sandbox: true, webviewTag: true',
    "contextIsolation: true, sandbox: true, preload: 'preload.mjs'",
  ])('a window with { %s }', preferences => {
    const program = `import { BrowserWindow } from 'electron'; ${inReadyApp(`new BrowserWindow({ webPreferences: { ${preferences} } })`)}`
    expect(run(program)).toContain('insecure webPreferences')
  })

  test('a scheme registered after the app is ready', () => {
    expect(
      run(`import { protocol } from 'electron'; ${inReadyApp('protocol.registerSchemesAsPrivileged([])')}`),
    ).toContain('must come before the app is ready')
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
      ${inReadyApp(`await new Promise(resolve => utilityProcess.fork(${JSON.stringify(worker)}).on('exit', resolve))`)}`
    expect(run(program)).toContain('a utility process has no electron module')
  })
})
