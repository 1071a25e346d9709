import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { serialScannerConfig } from '../../../electron/core/devices/code-scanner/serial-config.ts'
import { runSerialScanner } from '../../../electron/core/devices/code-scanner/serial-scanner.ts'
import { deviceEventId } from '../../../shared/ids.ts'
import { uuidV7 } from '../../../shared/uuid.ts'
import { openPseudoTerminal } from '../../support/pseudo-terminal.ts'

test('a gun whose cable is pulled in the moment that it was opened is found gone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aixin-serial-'))
  const path = join(folder, 'usb-scanner')
  const gun = openPseudoTerminal()
  symlinkSync(gun.path, path)
  const states: string[] = []
  const gone = Promise.withResolvers<void>()
  const scanner = runSerialScanner({
    config: serialScannerConfig.parse({ path }),
    findPort: async () => undefined,
    now: () => 0,
    newEventId: () => deviceEventId.parse(uuidV7(0, new Uint8Array(10))),
    post: message => {
      if (message.type !== 'state') return
      states.push(message.state)
      // The line stays open and falls silent, as a port of Linux does: what goes is the name alone.
      if (message.state === 'idle') rmSync(path)
      else gone.resolve()
    },
  })
  await gone.promise
  await scanner.close()
  gun.unplug()
  rmSync(folder, { recursive: true })
  expect(states).toEqual(['idle', 'no-device', 'closed'])
})
