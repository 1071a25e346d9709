import type { DeviceView } from '../../../shared/terminal-api.ts'
import { establishPcsc } from './card-reader/pcsc-binding.ts'
import { readerPriority } from './card-reader/reader-names.ts'
import type { DriverName } from './driver-protocol.ts'

/** A device that this machine has, as one kind of connection lists it. Knows nothing of drivers. */
export interface FoundDevice {
  readonly connection: 'pcsc'
  readonly name: string
}

/** A make of driver: which found devices it can drive. Knows nothing of how they are found. */
export interface DriverMake {
  readonly driver: DriverName
  readonly kind: DeviceView['kind']
  /** How well this driver fits: 0 not at all; where two fit, the greater one is proposed first. */
  supports(device: FoundDevice): number
  /** The `config` that sets this driver to that very device. */
  configFor(device: FoundDevice): Record<string, string>
}

/** A new make adds a line here; one with a new kind of connection adds a list to `findDevices` as well. */
export const makes: readonly DriverMake[] = [
  {
    driver: 'card-reader-pcsc',
    kind: 'card-reader',
    supports: ({ connection, name }) => (connection === 'pcsc' ? readerPriority(name) : 0),
    configFor: ({ name }) => ({ reader: name }),
  },
]

/** What is connected now. Rejects where a service that would know is down (PcscError). */
export async function findDevices(): Promise<FoundDevice[]> {
  const service = await establishPcsc()
  try {
    return (await service.listReaders()).map(name => ({ connection: 'pcsc', name }))
  } finally {
    await service.release()
  }
}

/** The makes that can drive a device, best first. */
export function makesFor(device: FoundDevice, known: readonly DriverMake[] = makes): DriverMake[] {
  return known
    .filter(make => make.supports(device) > 0)
    .toSorted((one, other) => other.supports(device) - one.supports(device))
}
