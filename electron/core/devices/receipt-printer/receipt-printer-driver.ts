import { runDriver } from '../driver-main.ts'
import { usualPatience } from './print-job.ts'
import { receiptPrinterConfig } from './printer-config.ts'
import { runReceiptPrinter } from './receipt-printer.ts'

/** Process entry of the driver of a receipt printer (ESC/POS). */

runDriver({
  config: receiptPrinterConfig,
  open: (config, tools) => runReceiptPrinter({ config, patience: usualPatience, ...tools }),
})
