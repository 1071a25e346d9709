import { runDriver } from '../driver-main.ts'
import { startHelper } from './vendor/helper-process.ts'
import { vendorReaderConfig } from './vendor/vendor-config.ts'
import { runVendorReader } from './vendor/vendor-reader.ts'

/** Process entry of the driver of readers that only their maker's middleware can read: it drives a helper program (docs/vendor-helper.md). */

runDriver({
  config: vendorReaderConfig,
  open: ({ helper, profile, deadlines }, tools) =>
    runVendorReader({ startHelper: () => startHelper(helper), profile, deadlines, ...tools }),
})
