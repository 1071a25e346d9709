import type { Said } from './catalogue.ts'
import type { printerZh } from './printer-zh.ts'

export const printerEn: Said<typeof printerZh> = {
  printer: 'Printer',
  printerStates: {
    starting: 'looking',
    ready: 'Ready',
    'paper-low': 'paper low',
    'paper-out': 'no paper',
    'cover-open': 'cover open',
    fault: 'stopped',
    gone: 'not there',
  },
  printKeys: { none: 'Print', waiting: 'waits', printed: 'Again', unsure: 'Again' },
  printReceiptOf: (key, time) => `${key}: the receipt of ${time}`,
  printReceipt: 'Print',
  receiptWaits: 'The receipt waits for the printer',
  receiptPrinted: 'The receipt is printed',
  printHint: 'F9 undoes, T prints the last',
  printLines: 'Print it to take home',
  lastSlip: "The simulated printer's last slip",
  noSlipYet: 'nothing yet',
}
