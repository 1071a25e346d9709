import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ElectronApp, type ElectronVariant, electronBinary, launchElectronApp } from '../support/electron-app.ts'
import type { PortCheckIn } from '../support/page-check-in.ts'
import { pageScript } from '../support/page-script.ts'
import { openProvinceHouse, type ProvinceHouse } from '../support/province-house.ts'

const variants: readonly { variant: ElectronVariant; title: string; present: boolean }[] = [
  { variant: 'double', title: 'the double of Electron', present: true },
  { variant: 'binary', title: 'the Electron binary', present: electronBinary() !== null },
]

for (const { variant, title, present } of variants)
  describe.skipIf(!present)(`${title} runs the terminal:`, () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'aixin-desktop-'))
    let province: ProvinceHouse
    let app: ElectronApp

    beforeAll(async () => {
      province = await openProvinceHouse()
      mkdirSync(dataDir, { recursive: true })
      const settings = {
        enrolmentCode: await province.code(),
        devices: [
          { id: 'simulated-reader', driver: 'card-reader-simulated' },
          { id: 'simulated-scanner', driver: 'code-scanner-simulated' },
        ],
        simulator: { address: province.province.address },
        syncSeconds: 0.5,
      }
      writeFileSync(join(dataDir, 'terminal.json'), JSON.stringify(settings))
      app = await launchElectronApp(variant, dataDir)
    })
    afterAll(async () => {
      await app.close()
      await province.close()
      rmSync(dataDir, { recursive: true, force: true })
    })

    test('a check-in through the port is recorded and reaches the province', async () => {
      const cashier = await app.page('cashier.html')
      await cashier.evaluate(await pageScript(join(import.meta.dirname, '../support/page-check-in.ts')))
      const { confirmed, unsentAtTheEnd } = await cashier.evaluate<PortCheckIn>('aixinCheckIn()')
      expect(confirmed).toMatchObject({ result: 'recorded', repeated: false, sale: { means: 'card' } })
      expect(unsentAtTheEnd).toBe(0)
      expect(await province.number(`select count(*) from ledger where kind = 'sale'`)).toBe(1)
    })

    // The real binary opens the customer's page on a second display only.
    test.skipIf(variant === 'binary')(
      'the customer page may watch the public view and nothing of the staff',
      async () => {
        const customer = await app.page('customer.html')
        await customer.evaluate(await pageScript(join(import.meta.dirname, '../support/page-check-in.ts')))
        await expect(customer.evaluate('aixinCheckIn()')).rejects.toThrow(/not for this page/)
      },
    )
  })
