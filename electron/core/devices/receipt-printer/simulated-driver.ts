import { z } from 'zod'
import { layOutSlip } from '../../../../shared/slip-layout.ts'
import { runDriver } from '../driver-main.ts'

/** Process entry of a printer that is not there: it gives back the lines that a real one would have on its paper. */

runDriver({
  config: z.strictObject({ paper: z.union([z.literal(58), z.literal(80)]) }),
  open({ paper }, { post }) {
    const tell = () => post({ type: 'state', state: 'idle', media: 'present', detail: 'well' })
    tell()
    return {
      enable: () => undefined,
      disable: () => undefined,
      health: tell,
      print({ job, slip }) {
        const text = layOutSlip(slip, paper).map(line => (line.kind === 'qr' ? `[QR] ${line.text}` : line.text))
        post({ type: 'printed', job, outcome: 'printed', text })
      },
      close: async () => post({ type: 'state', state: 'closed', media: 'unknown' }),
    }
  },
})
