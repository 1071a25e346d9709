import { z } from 'zod'
import { escposOf } from './core/devices/receipt-printer/escpos.ts'
import {
  conditionOf,
  type PrinterCondition,
  printJob,
  usualPatience,
} from './core/devices/receipt-printer/print-job.ts'
import { type PrinterSetting, printerSetting } from './core/devices/receipt-printer/printer-config.ts'
import { openPrinter } from './core/devices/receipt-printer/receipt-printer.ts'
import { testPage } from './core/printing/test-page.ts'
import type { Finding } from './doctor-finding.ts'
import { readSettings } from './terminal-settings.ts'

const conditions: Record<PrinterCondition, readonly [ok: boolean, zh: string, en: string]> = {
  well: [true, '就绪', 'ready'],
  silent: [
    true,
    '连得上，不回答状态（没纸时本机不会知道）',
    'reached, tells no state (that it is out of paper will not show)',
  ],
  'paper-low': [true, '纸快用完', 'paper runs low'],
  'paper-out': [false, '没纸了：请换纸', 'out of paper: change the roll'],
  'cover-open': [false, '盖子开着：请盖好', 'cover open: close it'],
  fault: [false, '报错：关掉再开', 'an error: switch it off and on'],
}

const found = (ok: boolean, zh: string, en: string): Finding => ({ ok, zh: `打印机：${zh}`, en: `printer: ${en}` })

/** The receipt printer that the settings name: whether it is there, how it is, and on wish a test page. */
export async function examinePrinter(dataDir: string, printsTest: boolean): Promise<Finding> {
  const settings = readSettings(dataDir)
  const setting = z.object({ printer: printerSetting.nullish() }).safeParse(settings.ok ? settings.config : {})
  if (!setting.success)
    return found(false, '设置有误，请用 check-settings 看', 'its settings are wrong: see check-settings')
  const { printer } = setting.data
  if (!printer) return found(true, '没有设（terminal.json 的 printer）', 'none is set (printer in terminal.json)')
  if (printer.simulated) return found(true, '模拟的，不出纸', 'simulated, without paper')
  return await examine(printer, printsTest)
}

async function examine({ tcp, device = '', paper, cut }: PrinterSetting, printsTest: boolean): Promise<Finding> {
  const at = tcp ?? { device }
  const where = tcp ? `${tcp.host}:${tcp.port}` : device
  const line = await openPrinter(at, usualPatience).catch((error: unknown) => String(error))
  if (typeof line === 'string')
    return found(
      false,
      `${where} 没连上（${line}）：看看电源和线`,
      `${where} is not reached (${line}): check power and cable`,
    )
  if (printsTest) {
    const { outcome } = await printJob(line, escposOf(testPage, { width: paper, cut }), usualPatience)
    return outcome === 'printed'
      ? found(true, `${where} 已试打，请看纸上的字`, `${where} printed a test page: look at it`)
      : found(false, `${where} 没有打完`, `${where} did not print to the end`)
  }
  try {
    const [ok, zh, en] = conditions[await conditionOf(line, usualPatience)]
    return found(ok, `${where} ${zh}`, `${where} ${en}`)
  } catch (error) {
    return found(false, `${where} 连上又断了（${String(error)}）`, `${where} broke off (${String(error)})`)
  } finally {
    await line.close().catch(() => undefined)
  }
}
