import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runEvidence } from '../../../electron/core/bureau/evidence.ts'
import { createDocuments } from '../../../electron/core/store/documents.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { evidenceLine } from '../../../shared/evidence.ts'
import { enrolledChain, openStore, tempFolder } from '../store/store-kit.ts'

const key = new Uint8Array(32).fill(7)

/** The data folder of a terminal that was stopped after a key-change and two shifts, and a folder to write to. */
async function stoppedTerminal() {
  const dataDir = join(tempFolder(), 'data')
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'vault.key'), key)
  const store = openStore(dataDir)
  createDocuments(store.db, createVault(key)).write('vault-check', 'aixin')
  await enrolledChain(store.db, 2)
  store.close()
  const outFile = join(tempFolder(), 'evidence.jsonl')
  return { dataDir, outFile, request: { settings: { dataDir }, outFile } }
}

function printsOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map(name => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  )
}

describe('aixin evidence', () => {
  test('writes the records of a stopped terminal in the order of its ledger, for its owner alone, and changes nothing there', async () => {
    const { dataDir, outFile, request } = await stoppedTerminal()
    const before = printsOf(dataDir)
    const { lines, exitCode } = runEvidence(request)
    expect([exitCode, lines]).toEqual([
      0,
      [
        expect.stringMatching(/^已导出 3 条记录，其中 0 条附有核算依据/),
        expect.stringMatching(/^3 records, 0 of them/),
      ],
    ])
    const written = readFileSync(outFile, 'utf8').trimEnd().split('\n')
    const kinds = written.map(line => JSON.parse(evidenceLine.parse(JSON.parse(line)).record).kind)
    expect(kinds).toEqual(['key-change', 'shift', 'shift'])
    if (process.platform !== 'win32') expect(statSync(outFile).mode & 0o777).toBe(0o600)
    expect(printsOf(dataDir)).toEqual(before)
  })

  test('takes a data key that the host hands over', async () => {
    const { dataDir, request } = await stoppedTerminal()
    rmSync(join(dataDir, 'vault.key'))
    const host = { kind: 'host', key: Buffer.from(key).toString('base64url') }
    expect(runEvidence({ ...request, settings: { dataDir, key: host } }).exitCode).toBe(0)
  })

  test('goes on where a folder was copied without its lock file', async () => {
    const { dataDir, request } = await stoppedTerminal()
    rmSync(join(dataDir, 'terminal.lock'))
    expect(runEvidence(request).exitCode).toBe(0)
    expect(readdirSync(dataDir).sort()).toEqual(['terminal.db', 'vault.key'])
  })

  test('refuses a folder in use, and holds nobody up who starts afterwards', async () => {
    const { dataDir, outFile, request } = await stoppedTerminal()
    const running = openStore(dataDir)
    const { lines, exitCode } = runEvidence(request)
    expect([exitCode, lines.join('\n')]).toEqual([
      2,
      expect.stringMatching(/数据正被另一个程序使用。先关掉另一个。[\s\S]*DATABASE_IN_USE/),
    ])
    expect(readdirSync(join(outFile, '..'))).toEqual([])
    running.close()
    expect(runEvidence(request).exitCode).toBe(0)
    openStore(dataDir).close()
  })
})

describe('what cannot be exported', () => {
  const refusal = (request: Parameters<typeof runEvidence>[0]) => {
    const { lines, exitCode } = runEvidence(request)
    expect(exitCode).toBe(2)
    expect(lines).toHaveLength(2)
    return lines.join('\n')
  }

  test('is a folder whose key is another, or gone, or with the system', async () => {
    const { dataDir, request } = await stoppedTerminal()
    writeFileSync(join(dataDir, 'vault.key'), new Uint8Array(32))
    expect(refusal(request)).toMatch(/密钥不对[\s\S]*KEY_WRONG/)
    renameSync(join(dataDir, 'vault.key'), join(dataDir, 'elsewhere'))
    expect(refusal(request)).toMatch(/KEY_WRONG/)
    writeFileSync(join(dataDir, 'vault.key.sealed'), 'x')
    expect(refusal(request)).toMatch(/数据密钥由本机系统保管[\s\S]*installed terminal program/)
  })

  test('is a database of a newer version, or none', async () => {
    const { dataDir, request } = await stoppedTerminal()
    const { db, close } = openStore(dataDir)
    db.exec("INSERT INTO schema_migration VALUES (999, 'x')")
    close()
    expect(refusal(request)).toMatch(/DATABASE_NEWER/)
    writeFileSync(join(dataDir, 'terminal.db'), 'no database at all'.repeat(1000))
    expect(refusal(request)).toMatch(/DATABASE_DAMAGED/)
  })

  test('is over a file that is there, and that file stays', async () => {
    const { outFile, request } = await stoppedTerminal()
    writeFileSync(outFile, 'mine')
    expect(refusal(request)).toMatch(/请换一个还没有的文件名/)
    expect(readFileSync(outFile, 'utf8')).toBe('mine')
  })

  test('is into the data folder, by whatever way, or into a folder that is not there', async () => {
    const { dataDir, request } = await stoppedTerminal()
    const way = join(tempFolder(), 'way')
    symlinkSync(dataDir, way)
    for (const outFile of [join(dataDir, 'out'), join(way, 'out')])
      expect(refusal({ ...request, outFile })).toMatch(/在终端的数据文件夹里，请写到别处/)
    expect(refusal({ ...request, outFile: join(dataDir, 'no', 'out') })).toMatch(/ENOENT/)
    expect(readdirSync(dataDir)).not.toContain('out')
  })

  test('is a range without records, and no empty file stays', async () => {
    const { outFile, request } = await stoppedTerminal()
    expect(refusal({ ...request, from: '2030-01-01' })).toMatch(/no record in that range/)
    expect(readdirSync(join(outFile, '..'))).toEqual([])
  })

  test('is a range that is none', async () => {
    const { request } = await stoppedTerminal()
    expect(refusal({ ...request, from: '2026-13-01' })).toMatch(/--from 2026-13-01 不是日期/)
  })
})
