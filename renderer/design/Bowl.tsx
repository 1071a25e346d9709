import type { ReactNode } from 'react'

const body = 'M4 9h34c-.8 7.2-5.4 12.8-10.5 14.6V27h-13v-3.4C9.4 21.8 4.8 16.2 4 9z'

const drawings: Record<'used' | 'now' | 'left', ReactNode> = {
  used: <path d={body} fill="var(--blue)" />,
  now: (
    <>
      <path d={body} fill="var(--persim)" />
      <path
        d="M14.5 6c-2-1.8 1.5-3-.2-5M21.5 6c-2-1.8 1.5-3-.2-5M28.5 6c-2-1.8 1.5-3-.2-5"
        stroke="var(--persim)"
        strokeWidth="2"
        strokeLinecap="round"
        fill="none"
      />
    </>
  ),
  left: (
    <path
      d="M4.8 10h32.4c-1 6.4-5.1 11.3-10.2 13v3H15v-3c-5.1-1.7-9.2-6.6-10.2-13z"
      fill="none"
      stroke="var(--edge)"
      strokeWidth="2.2"
      strokeLinejoin="round"
    />
  ),
}

/** One use of a weekly limit: a full bowl is used, the steaming one is this meal, an empty one is left. */
export function Bowl({ kind }: { kind: 'used' | 'now' | 'left' }) {
  return (
    <svg viewBox="0 0 42 28" style={{ width: '3.6rem', height: '2.4rem', overflow: 'visible' }} aria-hidden="true">
      {drawings[kind]}
    </svg>
  )
}
