import { useEffect } from 'react'
import { encode } from 'uqr'

/** A square code that is held up to a till's camera: big, dark on white, on a screen that stays on. */
export function HeldUpCode({ text, label }: { text: string; label: string }) {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null
    navigator.wakeLock?.request('screen').then(
      got => {
        lock = got
      },
      error => console.info('the screen may go dark:', error instanceof Error ? error.message : error),
    )
    return () => void lock?.release()
  }, [])
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}
