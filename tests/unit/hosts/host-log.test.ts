import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { fileLog } from '../../../electron/host-log.ts'

function tempFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'aixin-log-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

test('a line an event is written to the file, whose folder is made', () => {
  const file = join(tempFolder(), 'log', 'terminal.log')
  fileLog(file)('warn', 'sync', { reason: 'busy' })
  expect(readFileSync(file, 'utf8')).toMatch(/^\S+ warn sync reason="busy"\n$/)
})

test('a disk that takes no more does not end the host: the line goes to the standard error stream', () => {
  const blocked = join(tempFolder(), 'log')
  writeFileSync(blocked, '')
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  onTestFinished(() => written.mockRestore())
  fileLog(join(blocked, 'terminal.log'))('error', 'disk', { code: 'DISK_FULL' })
  expect(written.mock.calls.map(([line]) => String(line))).toEqual([
    expect.stringMatching(/error disk code="DISK_FULL"\n$/),
  ])
})
