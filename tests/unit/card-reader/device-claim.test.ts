import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { claimDevice } from '../../../electron/core/devices/device-claim.ts'

const run = promisify(execFile)
const source = join(import.meta.dirname, '../../../electron/core/devices/device-claim.ts')

/** What another process is told; it keeps what it gets until it ends. */
async function claimElsewhere(device: string): Promise<string> {
  const code = `import { claimDevice } from ${JSON.stringify(source)}
    console.log((await claimDevice(${JSON.stringify(device)})) === undefined ? 'held' : 'free')`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code])
  return stdout.trim()
}

test('a device is claimed by one process at a time, and free again after the release', async () => {
  const release = await claimDevice('claim test A')
  expect(await claimElsewhere('claim test A')).toBe('held')
  expect(await claimDevice('claim test A')).toBeUndefined()
  await release?.()
  expect(await claimElsewhere('claim test A')).toBe('free')
})

test('a device is free again after its holder ended without a release', async () => {
  expect(await claimElsewhere('claim test B')).toBe('free')
  const release = await claimDevice('claim test B')
  expect(release).toBeDefined()
  await release?.()
})

test('the claim of one device says nothing about another', async () => {
  const release = await claimDevice('claim test C')
  expect(await claimElsewhere('claim test D')).toBe('free')
  await release?.()
})
