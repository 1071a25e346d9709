interface DigitKeysProps {
  readonly digits: string
  readonly most: number
  /** What the key says that takes all of them away. */
  readonly clear: string
  readonly onDigits: (digits: string) => void
}

/** A pad of digits, big enough for a thumb. */
export function DigitKeys({ digits, most, clear, onDigits }: DigitKeysProps) {
  const add = (digit: string) => onDigits((digits + digit).slice(0, most))
  return (
    <div className="digit-keys">
      {[...'123456789'].map(digit => (
        <button key={digit} type="button" onClick={() => add(digit)}>
          {digit}
        </button>
      ))}
      <button type="button" onClick={() => onDigits('')}>
        {clear}
      </button>
      <button type="button" onClick={() => add('0')}>
        0
      </button>
      <button type="button" aria-label="⌫" onClick={() => onDigits(digits.slice(0, -1))}>
        ⌫
      </button>
    </div>
  )
}
