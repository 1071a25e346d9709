import type { ReactNode } from 'react'
import styles from './icon.module.css'
import { visitDrawings } from './visit-drawings.tsx'

/** Drawn on a 24 grid with a 2 unit line and round ends. */
const drawings = {
  ...visitDrawings,
  stick: (
    <>
      <path d="M9 8.5V3h6v5.5" />
      <rect x="7" y="8.5" width="10" height="12.5" rx="2" />
      <path d="M11 5.5v.2M13 5.5v.2" />
    </>
  ),
  card: (
    <>
      <rect x="2.5" y="5" width="19" height="14.5" rx="2.5" />
      <path d="M2.5 9.5h19" />
      <rect x="6" y="12.8" width="4" height="3" rx="0.8" />
    </>
  ),
  code: (
    <>
      <rect x="3.5" y="3.5" width="6.5" height="6.5" rx="1" />
      <rect x="14" y="3.5" width="6.5" height="6.5" rx="1" />
      <rect x="3.5" y="14" width="6.5" height="6.5" rx="1" />
      <path d="M14 14h2.5v3M20.5 14v2.5M14 20.5h3M20.5 20v.5" />
    </>
  ),
  face: (
    <>
      <path d="M3 8V5.5A2.5 2.5 0 0 1 5.5 3H8M16 3h2.5A2.5 2.5 0 0 1 21 5.5V8M21 16v2.5a2.5 2.5 0 0 1-2.5 2.5H16M8 21H5.5A2.5 2.5 0 0 1 3 18.5V16" />
      <path d="M9 9.5v.5M15 9.5v.5M8.5 14.5c2 2 5 2 7 0" />
    </>
  ),
  cash: (
    <>
      <rect x="2" y="6" width="20" height="12" rx="2" />
      <circle cx="12" cy="12" r="2.6" />
      <path d="M5.5 12h.5M18 12h.5" />
    </>
  ),
  split: (
    <>
      <rect x="2" y="6" width="20" height="12" rx="2" />
      <path d="M12 6v2M12 11v2M12 16v2M5.5 12h2.5M16 12h2.5" />
    </>
  ),
  phone: (
    <>
      <rect x="7" y="2.5" width="10" height="19" rx="2.5" />
      <path d="M11.5 18h1" />
    </>
  ),
  printer: (
    <>
      <path d="M7 8V3h10v5" />
      <rect x="3" y="8" width="18" height="8.5" rx="2" />
      <path d="M7 13h10v8H7zM17.5 10.8h.2M9.8 17h4.4" />
    </>
  ),
  paper: (
    <>
      <path d="M6 3h9l4 4v14H6z" />
      <path d="M14.5 3v4.5H19M9.5 12.5h6M9.5 16.5h6" />
    </>
  ),
  person: (
    <>
      <circle cx="12" cy="7.8" r="3.8" />
      <path d="M4.8 20.5c.5-4 3.4-6.3 7.2-6.3s6.7 2.3 7.2 6.3" />
    </>
  ),
  people: (
    <>
      <circle cx="9" cy="8" r="3.3" />
      <path d="M2.8 20c.4-3.6 2.9-5.7 6.2-5.7s5.8 2.1 6.2 5.7M15.5 4.9a3.3 3.3 0 0 1 0 6.2M17.5 14.8c2.2.7 3.5 2.6 3.8 5.2" />
    </>
  ),
  find: (
    <>
      <circle cx="10.5" cy="10.5" r="6.5" />
      <path d="m15.5 15.5 5.5 5.5" />
    </>
  ),
  key: (
    <>
      <circle cx="8" cy="12" r="4.5" />
      <path d="M12.5 12H21v3.5M17 12v2.5" />
    </>
  ),
  undo: <path d="M8.5 4.5 4 9l4.5 4.5M4.5 9h9.7a5.3 5.3 0 0 1 0 10.6H9" />,
  truck: (
    <>
      <path d="M2.5 6h11.5v10.5H2.5zM14 9.5h4l3.5 3.5v3.5H14" />
      <circle cx="7" cy="17.5" r="2" />
      <circle cx="17.5" cy="17.5" r="2" />
    </>
  ),
  pause: <path d="M8.5 5.5v13M15.5 5.5v13" />,
  cross: <path d="m5.5 5.5 13 13M18.5 5.5l-13 13" />,
  check: (
    <>
      <circle cx="12" cy="12" r="9.3" />
      <path d="m7.8 12.4 2.9 2.9 5.5-5.9" />
    </>
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="9.3" />
      <path d="M12 11v5.5M12 7.5v.2" />
    </>
  ),
  triangle: (
    <>
      <path d="M12 3.5 22 20.5H2z" />
      <path d="M12 10v4.5M12 17.3v.2" />
    </>
  ),
  cloud: <path d="M7.3 19a4.8 4.8 0 0 1-.6-9.55 6 6 0 0 1 11.5 1.45A4.1 4.1 0 0 1 17.7 19z" />,
  cloudOff: (
    <path d="m3.5 3.5 17 17M9 6.3A6 6 0 0 1 18.2 10.9a4.1 4.1 0 0 1 2.9 6.5M6.7 9.45A4.8 4.8 0 0 0 7.3 19h9.2" />
  ),
  up: <path d="M12 20V4.5M6 10.5l6-6 6 6" />,
  list: <path d="M9 6h11.5M9 12h11.5M9 18h11.5M4 6h.2M4 12h.2M4 18h.2" />,
  sun: (
    <>
      <circle cx="12" cy="12" r="4.2" />
      <path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4" />
    </>
  ),
  globe: (
    <>
      <circle cx="12" cy="12" r="9.3" />
      <path d="M2.7 12h18.6M12 2.7c5.2 5.5 5.2 13.1 0 18.6M12 2.7c-5.2 5.5-5.2 13.1 0 18.6" />
    </>
  ),
  sync: <path d="M20.5 4.5v5h-5M3.5 19.5v-5h5M19.8 9.5A8.3 8.3 0 0 0 5 7.5M4.2 14.5A8.3 8.3 0 0 0 19 16.5" />,
  bell: (
    <>
      <path d="M5 16.5c1.3-1.3 1.6-2.8 1.6-5.8A5.4 5.4 0 0 1 12 5.2a5.4 5.4 0 0 1 5.4 5.5c0 3 .3 4.5 1.6 5.8zM12 3.2v2" />
      <path d="M10 19.8a2.2 2.2 0 0 0 4 0" />
    </>
  ),
  camera: (
    <>
      <rect x="2.5" y="6.5" width="13.5" height="11" rx="2.5" />
      <path d="m16 11 5.5-3.3v8.6L16 13" />
    </>
  ),
  lock: (
    <>
      <rect x="4.5" y="10.5" width="15" height="10" rx="2.5" />
      <path d="M8 10.5V8a4 4 0 0 1 8 0v2.5" />
    </>
  ),
  clock: (
    <>
      <circle cx="12" cy="12" r="9.3" />
      <path d="M12 6.8V12l3.6 2.6" />
    </>
  ),
  speaker: <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11" />,
  tools: <path d="M4 7.5h10M18 7.5h2M4 16.5h2M10 16.5h10M16 5v5M8 14v5" />,
  screen: (
    <>
      <rect x="2.5" y="4" width="19" height="13" rx="2.5" />
      <path d="M9 20.5h6M12 17v3.5" />
    </>
  ),
  wave: <path d="M2.5 9.5a13.5 13.5 0 0 1 19 0M6 13a8.5 8.5 0 0 1 12 0M9.3 16.4a3.8 3.8 0 0 1 5.4 0M12 19.6v.2" />,
  disk: (
    <>
      <rect x="3" y="4" width="18" height="7" rx="2" />
      <rect x="3" y="13" width="18" height="7" rx="2" />
      <path d="M7 7.5h.2M7 16.5h.2" />
    </>
  ),
  bowl: (
    <>
      <path d="M2.5 10.5h19" />
      <path d="M4.5 10.5c.4 4.2 2.7 6.8 5 7.8v1.7h5v-1.7c2.3-1 4.6-3.6 5-7.8" />
    </>
  ),
} as const satisfies Record<string, ReactNode>

export type IconName = keyof typeof drawings

/** A line drawing; always stands beside a word, so it is silent. `size` in u. */
export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg
      className={styles.icon}
      style={{ width: `${size / 10}rem`, height: `${size / 10}rem` }}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      {drawings[name]}
    </svg>
  )
}
