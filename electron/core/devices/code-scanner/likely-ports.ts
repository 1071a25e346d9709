import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { SerialPort } from 'serialport'

/** A serial port of this machine; `words` are what the system calls it. */
export interface PortFound {
  readonly path: string
  readonly words: string
}

const scannerWords = /scan|barcode|bar code|honeywell|zebra|symbol|newland|datalogic|mindeo|opticon|sunlux|deli/i
const usbSerial = /ttyACM|ttyUSB/

/** The serial ports at which a scanner may be; those of the mainboard itself are not among them. */
export async function serialPorts(): Promise<PortFound[]> {
  if (process.platform !== 'linux') {
    const ports = await SerialPort.list()
    return ports
      .filter(({ vendorId }) => vendorId !== undefined)
      .map(({ path, manufacturer, pnpId }) => ({ path, words: [manufacturer, pnpId].filter(Boolean).join(' ') }))
  }
  // Read from /dev itself: SerialPort.list() needs udev's own tools, which a small machine may lack.
  const named = pathsIn('/dev/serial/by-id').map(path => ({ path, words: path }))
  const behind = new Set(named.map(({ path }) => realpathSync(path)))
  const bare = pathsIn('/dev').filter(path => usbSerial.test(path) && !behind.has(path))
  return [...named, ...bare.map(path => ({ path, words: '' }))]
}

function pathsIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map(name => join(folder, name)) : []
}

/** The port to take where none is configured: the only one that calls itself a scanner, else the only one there is; else none. */
export function likelyScanner(ports: readonly PortFound[]): PortFound | undefined {
  const scanners = ports.filter(({ words }) => scannerWords.test(words))
  const candidates = scanners.length > 0 ? scanners : ports
  return candidates.length === 1 ? candidates[0] : undefined
}
