import { z } from 'zod'
import { bytes32 } from '../../shared/ids.ts'
import { enrolmentCode } from '../../shared/province-api.ts'
import type { Notice } from '../../shared/terminal-api.ts'
import { voiceSettings } from '../../shared/voice/settings.ts'
import { pcscConfig } from './devices/card-reader/pcsc-config.ts'
import { vendorReaderConfig } from './devices/card-reader/vendor/vendor-config.ts'
import { serialScannerConfig } from './devices/code-scanner/serial-config.ts'
import { printerSetting } from './devices/receipt-printer/printer-config.ts'
import { wedgeCardReaderConfig, wedgeScannerConfig } from './devices/wedges.ts'

/** How the terminal's data key is kept: by the host (safeStorage, TPM), or in a bare file beside the data, which the screen calls weak. */
const keyCustody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file') }),
  z.strictObject({ kind: z.literal('host'), key: bytes32 }),
])

const deviceId = z.string().regex(/^[a-z0-9-]{1,40}$/)
const noConfig = z.strictObject({}).default({})

/** One device: which driver, and what that driver may be told. */
const device = z.discriminatedUnion('driver', [
  z.strictObject({
    id: deviceId,
    driver: z.literal('card-reader-pcsc'),
    config: pcscConfig.default({}),
  }),
  z.strictObject({ id: deviceId, driver: z.literal('card-reader-vendor'), config: vendorReaderConfig }),
  z.strictObject({ id: deviceId, driver: z.literal('code-scanner-serial'), config: serialScannerConfig.prefault({}) }),
  z.strictObject({ id: deviceId, driver: z.literal('card-reader-wedge'), config: wedgeCardReaderConfig }),
  z.strictObject({ id: deviceId, driver: z.literal('code-scanner-wedge'), config: wedgeScannerConfig.prefault({}) }),
  z.strictObject({ id: deviceId, driver: z.literal('card-reader-simulated'), config: noConfig }),
  z.strictObject({ id: deviceId, driver: z.literal('code-scanner-simulated'), config: noConfig }),
])

const lanAddress = z.strictObject({ host: z.string().min(1).max(253), port: z.int().min(0).max(65_535) })

export const terminalConfig = z.strictObject({
  dataDir: z.string().min(1),
  key: keyCustody.default({ kind: 'file' }),
  /** Needed once, until the terminal is enrolled. */
  enrolmentCode: enrolmentCode.nullable().default(null),
  devices: z
    .array(device)
    .default([])
    .refine(list => new Set(list.map(({ id }) => id)).size === list.length, 'two devices have the same id'),
  /** The site's receipt printer; null: it has none. */
  printer: printerSetting.nullable().default(null),
  /** Where the simulator panel gets its fictional people; null in a real site. */
  simulator: z.strictObject({ address: z.url() }).nullable().default(null),
  /** A folder with the site's own recognition network and its `manifest.json`, from the data folder on; null: the shipped network. */
  faceModel: z.string().min(1).nullable().default(null),
  /** Where the backup of each day goes, from the data folder on (null: `backups` in it), and how many are kept. */
  backup: z
    .strictObject({
      folder: z.string().min(1).nullable().default(null),
      keep: z.int().min(1).max(400).default(14),
    })
    .prefault({}),
  /** Folders that count as plugged-in sticks; null: what this machine shows. */
  usbFolders: z.array(z.string().min(1)).nullable().default(null),
  /**
   * Two tills of one site over its LAN: where the first one listens, and where the second one finds it. Which is the first the province
   * says; with neither, each till sells by itself.
   */
  lanes: z
    .strictObject({ listen: lanAddress.nullable().default(null), join: lanAddress.nullable().default(null) })
    .prefault({}),
  voice: voiceSettings.prefault({}),
  /** Sells without staff: the kiosk's page stands in front, and staff come to the cashier's with a PIN. */
  kiosk: z.boolean().default(false),
  syncSeconds: z.number().min(0.2).max(3600).default(15),
})
export type TerminalConfig = z.infer<typeof terminalConfig>

/** Checks a configuration whole: an unknown or wrong key is a CONFIG_BAD that names its place. */
export function parseConfig(input: unknown): { ok: true; config: TerminalConfig } | { ok: false; notice: Notice } {
  const parsed = terminalConfig.safeParse(input)
  if (parsed.success) return { ok: true, config: parsed.data }
  const issue = parsed.error.issues[0]
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : []
  const path = [...(issue?.path ?? []), ...keys].map(String).join('.') || '(top)'
  return { ok: false, notice: { code: 'CONFIG_BAD', values: { path, detail: issue?.message ?? 'unreadable' } } }
}
