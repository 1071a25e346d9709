import type { ReactNode } from 'react'

/** What stands for the services of a station, drawn like all other icons. */
export const visitDrawings = {
  tick: <path d="m5 12.8 4.6 4.6L19 7.2" />,
  bath: (
    <>
      <path d="M2.5 12.5h19v1.5a5 5 0 0 1-5 5h-9a5 5 0 0 1-5-5zM6.5 19l-1 2M17.5 19l1 2" />
      <path d="M5.5 12.5V6a2.5 2.5 0 0 1 5 0v.5M8.5 8.5h4" />
    </>
  ),
  broom: (
    <>
      <path d="M20.5 3.5 12.5 11" />
      <path d="M10 9.5c-2.5 3-4.5 4.5-7 5.5 1 3 3 5 6 6 1.5-2.5 3-4.5 5.5-7z" />
      <path d="M6.5 16.5 9 14M9 19l2.5-2.5" />
    </>
  ),
  hospital: (
    <>
      <rect x="3.5" y="6.5" width="17" height="14" rx="2" />
      <path d="M8.5 6.5V3.5h7v3M12 10v7M8.5 13.5h7" />
    </>
  ),
  wheelchair: (
    <>
      <circle cx="9.5" cy="16" r="5" />
      <circle cx="9" cy="3.7" r="1.2" />
      <path d="M9.5 7v6.5h6l2.5 5.5 2-.8M9.5 9.8h4.5" />
    </>
  ),
  stethoscope: (
    <>
      <path d="M6 3H4v6a5 5 0 0 0 10 0V3h-2M9 14v1.5a5 5 0 0 0 10 0V13" />
      <circle cx="19" cy="11" r="2" />
    </>
  ),
  house: (
    <>
      <path d="M3 11.5 12 4l9 7.5M5.5 9.8V20h13V9.8" />
      <path d="M9.5 20v-6h5v6" />
    </>
  ),
  pin: (
    <>
      <path d="M12 21.5c4.5-4.5 7-8 7-11.2a7 7 0 0 0-14 0c0 3.2 2.5 6.7 7 11.2z" />
      <circle cx="12" cy="10.3" r="2.5" />
    </>
  ),
  happy: (
    <>
      <circle cx="12" cy="12" r="9.3" />
      <path d="M8.7 9.5v.4M15.3 9.5v.4M7.5 14c2 3.3 7 3.3 9 0" />
    </>
  ),
  neutral: (
    <>
      <circle cx="12" cy="12" r="9.3" />
      <path d="M8.7 9.5v.4M15.3 9.5v.4M8 15.3h8" />
    </>
  ),
  unhappy: (
    <>
      <circle cx="12" cy="12" r="9.3" />
      <path d="M8.7 9.5v.4M15.3 9.5v.4M7.5 16.5c2-3.3 7-3.3 9 0" />
    </>
  ),
} as const satisfies Record<string, ReactNode>
