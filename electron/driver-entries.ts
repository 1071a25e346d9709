import { join } from 'node:path'
import type { DriverName } from './core/devices/driver-protocol.ts'

/** The process entry of each driver, relative to this folder. The build gives each the name of its driver: `<name>.js`. */
export const driverSources: Readonly<Record<DriverName, string>> = {
  'card-reader-pcsc': 'core/devices/card-reader/pcsc-driver.ts',
  'card-reader-vendor': 'core/devices/card-reader/vendor-driver.ts',
  'card-reader-simulated': 'core/devices/card-reader/simulated-driver.ts',
  'code-scanner-serial': 'core/devices/code-scanner/serial-driver.ts',
  'code-scanner-simulated': 'core/devices/code-scanner/simulated-driver.ts',
  'receipt-printer': 'core/devices/receipt-printer/receipt-printer-driver.ts',
  'receipt-printer-simulated': 'core/devices/receipt-printer/simulated-driver.ts',
}

/** The file to start for an entry: the source as it is under Node's type stripping, else the built file beside the built host. */
export function entryFile(folder: string, entry: 'core' | DriverName, form: 'source' | 'built'): string {
  if (form === 'built') return join(folder, `${entry === 'core' ? 'core-process' : entry}.js`)
  return join(folder, entry === 'core' ? 'core-process.ts' : driverSources[entry])
}
