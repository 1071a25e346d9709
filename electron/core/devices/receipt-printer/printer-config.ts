import { z } from 'zod'

const paper = z.union([z.literal(58), z.literal(80)]).default(80)

/**
 * A receipt printer of the site: one of `tcp` (raw, port 9100), `device` (such as `/dev/usb/lp0`) and `simulated`. `when` says whether each
 * sale prints a receipt by itself; `english` stands beneath the Chinese; `cut` is for a printer with a cutter, else the paper is fed to the tear bar.
 */
export const printerSetting = z
  .strictObject({
    tcp: z
      .strictObject({ host: z.string().min(1).max(253), port: z.int().min(1).max(65_535).default(9100) })
      .optional(),
    device: z.string().min(1).max(1024).optional(),
    simulated: z.literal(true).optional(),
    paper,
    when: z.enum(['always', 'asked']).default('asked'),
    english: z.boolean().default(false),
    cut: z.boolean().default(true),
  })
  .refine(
    ({ tcp, device, simulated }) => [tcp, device, simulated].filter(one => one !== undefined).length === 1,
    'name one of tcp, device and simulated',
  )
export type PrinterSetting = z.infer<typeof printerSetting>

/** What the driver of a real printer is told: where it is, and its paper. */
export const receiptPrinterConfig = z.strictObject({
  at: z.union([
    z.strictObject({ host: z.string().min(1), port: z.int().min(1).max(65_535) }),
    z.strictObject({ device: z.string().min(1) }),
  ]),
  paper,
  cut: z.boolean().default(true),
})
export type ReceiptPrinterConfig = z.infer<typeof receiptPrinterConfig>
