import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parseConfig } from '../../../electron/core/config.ts'
import type { CoreHost } from '../../../electron/core/host.ts'
import { createDocuments } from '../../../electron/core/store/documents.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { startTerminal, type Terminal } from '../../../electron/core/terminal.ts'
import { toBase64Url } from '../../../shared/bytes.ts'
import type { TerminalView, terminalApi } from '../../../shared/terminal-api.ts'
import { enrolledChain, openStore, tempFolder } from './store-kit.ts'

/** A host whose drivers are dead at once. */
const host: CoreHost = {
  spawnDriver(_, events) {
    queueMicrotask(events.onExit)
    return { post: () => undefined, kill: () => undefined }
  },
  log: () => undefined,
}

async function start(dataDir: string, more: object = {}) {
  const parsed = parseConfig({ dataDir, ...more })
  if (!parsed.ok) return parsed
  const started = await startTerminal(parsed.config, host)
  if (started.ok) onTestFinished(() => started.terminal.stop())
  return started
}

async function startOnce(dataDir: string, more: object = {}): Promise<void> {
  const started = await start(dataDir, more)
  if (!started.ok) throw new Error(`the terminal does not start: ${JSON.stringify(started.notice)}`)
  await started.terminal.stop()
}

/** What the staff's page sees first, or first of what fits. */
async function viewOf(terminal: Terminal, fits: (view: TerminalView) => boolean = () => true): Promise<TerminalView> {
  const { port1, port2 } = new MessageChannel()
  terminal.connect(
    {
      postMessage: message => port1.postMessage(message),
      onMessage: handle => port1.addEventListener('message', ({ data }) => handle(data)),
      onClose: handle => port1.addEventListener('close', () => handle()),
      close: () => port1.close(),
    },
    'staff',
  )
  port1.start()
  const client: ContractRouterClient<typeof terminalApi> = createORPCClient(new RPCLink({ port: port2 }))
  try {
    for await (const view of await client.watchTerminal()) if (fits(view)) return view
    throw new Error('the terminal shows nothing')
  } finally {
    port2.close()
  }
}

const refused = (code: string, values: object = {}) => ({ ok: false, notice: { code, values } })

describe('the data key', () => {
  test('that made the data opens them again', async () => {
    const dataDir = tempFolder()
    await startOnce(dataDir)
    await startOnce(dataDir)
  })

  test.each([
    ['another key in its file', (path: string) => writeFileSync(path, new Uint8Array(32))],
    ['a cut key file', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 16))],
    ['no key file', (path: string) => rmSync(path)],
  ])('%s: KEY_WRONG, and with the right one all is well again', async (_, spoil) => {
    const dataDir = tempFolder()
    await startOnce(dataDir)
    const path = join(dataDir, 'vault.key')
    const right = readFileSync(path)
    spoil(path)
    expect(await start(dataDir)).toEqual(refused('KEY_WRONG'))
    writeFileSync(path, right)
    await startOnce(dataDir)
  })

  test('another one from the host: KEY_WRONG', async () => {
    const dataDir = tempFolder()
    const custody = (byte: number) => ({ key: { kind: 'host', key: toBase64Url(new Uint8Array(32).fill(byte)) } })
    await startOnce(dataDir, custody(1))
    expect(await start(dataDir, custody(2))).toEqual(refused('KEY_WRONG'))
    await startOnce(dataDir, custody(1))
  })
})

describe('a configuration', () => {
  test.each([
    ['an unknown key', { dataDri: 'x' }, 'dataDri'],
    ['an unknown key inside', { devices: [{ id: 'a', driver: 'card-reader-pcsc', speed: 1 }] }, 'devices.0.speed'],
    ['an unknown driver', { devices: [{ id: 'a', driver: 'fax' }] }, 'devices.0.driver'],
    ['a wrong type', { syncSeconds: 'often' }, 'syncSeconds'],
    ['an empty folder', { dataDir: '' }, 'dataDir'],
  ])('with %s is CONFIG_BAD and names the place', async (_, wrong, path) => {
    expect(await start(tempFolder(), wrong)).toMatchObject(refused('CONFIG_BAD', { path }))
  })

  test.each([[null], ['text'], [[]]])('that is %j is CONFIG_BAD', input => {
    expect(parseConfig(input)).toMatchObject(refused('CONFIG_BAD', { path: '(top)' }))
  })
})

/** Overwrites a leaf page of a table, as a failing disk does. */
function tearPageOf(dataDir: string, table: string): void {
  const path = join(dataDir, 'terminal.db')
  const db = new Database(path)
  const pages = db
    .prepare<[string], { pageno: number }>("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'")
    .all(table)
  db.close()
  const page = pages[Math.floor(pages.length / 2)]?.pageno
  if (page === undefined) throw new Error(`${table} has no page`)
  const bytes = readFileSync(path)
  bytes.fill(0xa5, (page - 1) * 4096, page * 4096)
  writeFileSync(path, bytes)
}

describe('damage', () => {
  test('in an old page of the ledger stops sales and says so; the terminal runs', async () => {
    const dataDir = tempFolder()
    await startOnce(dataDir)
    const store = openStore(dataDir)
    await enrolledChain(store.db, 40)
    const vault = createVault(readFileSync(join(dataDir, 'vault.key')))
    createDocuments(store.db, vault).write('acknowledged', { generation: 1, seq: 41 })
    store.close()
    tearPageOf(dataDir, 'record')
    const started = await start(dataDir)
    if (!started.ok) throw new Error('the terminal does not start')
    expect((await viewOf(started.terminal)).stopped).toEqual({ code: 'DATABASE_DAMAGED', values: {} })
  })

  test('in a page of another table stops them too, once all pages were looked at', async () => {
    const dataDir = tempFolder()
    await startOnce(dataDir)
    const store = openStore(dataDir)
    const write = store.db.prepare('INSERT INTO sealed_inputs VALUES (?, ?, zeroblob(900))')
    for (let row = 0; row < 40; row += 1) write.run(`r${row}`, 'chen')
    store.close()
    tearPageOf(dataDir, 'sealed_inputs')
    const started = await start(dataDir)
    if (!started.ok) throw new Error('the terminal does not start')
    const { stopped } = await viewOf(started.terminal, view => view.stopped !== null)
    expect(stopped).toEqual({ code: 'DATABASE_DAMAGED', values: {} })
  })

  test('of a record that its signature no longer fits stops sales too', async () => {
    const dataDir = tempFolder()
    await startOnce(dataDir)
    const store = openStore(dataDir)
    await enrolledChain(store.db, 3)
    store.db.exec('DROP TRIGGER record_no_update; UPDATE record SET signature = zeroblob(64) WHERE seq = 2')
    store.close()
    const started = await start(dataDir)
    if (!started.ok) throw new Error('the terminal does not start')
    expect((await viewOf(started.terminal)).stopped).toEqual({ code: 'DATABASE_DAMAGED', values: {} })
  })

  test('a chain that is sound, but under the key of somebody else, stops sales', async () => {
    const dataDir = tempFolder()
    await startOnce(dataDir)
    const store = openStore(dataDir)
    await enrolledChain(store.db, 3)
    store.close()
    const started = await start(dataDir)
    if (!started.ok) throw new Error('the terminal does not start')
    expect((await viewOf(started.terminal)).stopped?.code).toBe('DATABASE_DAMAGED')
  })

  test('triggers that were taken away stop sales', async () => {
    const dataDir = tempFolder()
    await startOnce(dataDir)
    const store = openStore(dataDir)
    store.db.exec('DROP TRIGGER record_no_delete')
    store.close()
    const started = await start(dataDir)
    if (!started.ok) throw new Error('the terminal does not start')
    expect((await viewOf(started.terminal)).stopped?.code).toBe('DATABASE_DAMAGED')
  })

  test('none: sales are not stopped by it', async () => {
    const dataDir = tempFolder()
    await startOnce(dataDir)
    const started = await start(dataDir)
    if (!started.ok) throw new Error('the terminal does not start')
    expect((await viewOf(started.terminal)).stopped?.code).not.toBe('DATABASE_DAMAGED')
  })
})
