import { encode } from 'uqr'

/** The quiet zone that readers ask for, in modules. */
const border = 3

/** A QR code, dark on light whatever the contrast of the screen: readers want it so. */
export function QrPicture({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border, ecc: 'M' })
  const dark = data.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path d={`M0 0h${size}v${size}H0z`} fill="#FFFFFF" />
      <path d={dark} fill="#000000" />
    </svg>
  )
}
