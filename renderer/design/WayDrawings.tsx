const line = {
  fill: 'var(--blue-soft)',
  stroke: 'var(--blue)',
  strokeWidth: 5,
  strokeLinejoin: 'round',
  strokeLinecap: 'round',
} as const
const hint = {
  fill: 'none',
  stroke: 'var(--persim)',
  strokeWidth: 5,
  strokeLinejoin: 'round',
  strokeLinecap: 'round',
} as const

/** A card laid onto the reader. */
export function CardWay() {
  return (
    <svg viewBox="0 0 160 150" aria-hidden="true">
      <rect x="23" y="24" width="114" height="76" rx="12" {...line} />
      <path d="M23 47h114" {...line} />
      <rect x="37" y="64" width="25" height="19" rx="4" {...line} fill="var(--enamel)" />
      <path d="M38 128h84M80 104v23M67 114l13 13 13-13" {...hint} />
    </svg>
  )
}

/** A code on a phone or a paper card before the camera. */
export function CodeWay() {
  return (
    <svg viewBox="0 0 160 150" aria-hidden="true">
      <rect x="37" y="5" width="86" height="140" rx="14" {...line} />
      <rect x="54" y="31" width="20" height="20" {...line} fill="var(--enamel)" />
      <rect x="86" y="31" width="20" height="20" {...line} fill="var(--enamel)" />
      <rect x="54" y="63" width="20" height="20" {...line} fill="var(--enamel)" />
      <path d="M86 63h9v11M106 63v20" {...line} fill="none" />
      <path d="M24 110h112" {...hint} />
    </svg>
  )
}

/** A face in the frame of a camera. */
export function FaceWay() {
  return (
    <svg viewBox="0 0 160 150" aria-hidden="true">
      <circle cx="80" cy="76" r="43" {...line} />
      <path d="M66 66v5M94 66v5M64 88c8 12 24 12 32 0" {...line} fill="none" />
      <path d="M16 38V10h28M116 10h28v28M144 114v28h-28M44 142H16v-28" {...hint} />
    </svg>
  )
}
