import { runDriver } from '../driver-main.ts'
import { likelyScanner, serialPorts } from './likely-ports.ts'
import { serialScannerConfig } from './serial-config.ts'
import { runSerialScanner } from './serial-scanner.ts'

/** Process entry of the driver of scanner guns in serial mode. */

runDriver({
  config: serialScannerConfig,
  open: (config, tools) =>
    runSerialScanner({ config, findPort: async () => likelyScanner(await serialPorts()), ...tools }),
})
