/** The bowl with the heart, the product's mark. `size` in u. */
export function Brand({ size }: { size: number }) {
  return (
    <svg viewBox="0 0 48 48" style={{ width: `${size / 10}rem`, height: `${size / 10}rem` }} aria-hidden="true">
      <path
        d="M24 14.8c-4.8-2.8-7.2-5.2-7.2-8 0-2 1.5-3.4 3.3-3.4 1.7 0 3.1 1 3.9 2.6.8-1.6 2.2-2.6 3.9-2.6 1.8 0 3.3 1.4 3.3 3.4 0 2.8-2.4 5.2-7.2 8z"
        fill="var(--persim)"
      />
      <path
        d="M7.5 22.5c1 8 5.9 13.8 11.2 15.8v3.7h10.6v-3.7c5.3-2 10.2-7.8 11.2-15.8z"
        fill="var(--enamel)"
        stroke="var(--blue)"
        strokeWidth="3"
        strokeLinejoin="round"
      />
      <path d="M4 21h40" stroke="var(--blue)" strokeWidth="4.6" strokeLinecap="round" />
      <path d="M17.5 43.5h13" stroke="var(--blue)" strokeWidth="3" strokeLinecap="round" />
    </svg>
  )
}
