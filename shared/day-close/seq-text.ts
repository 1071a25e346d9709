/** A record's number as people read it: `002 814`. */
export function seqText(seq: number): string {
  const digits = String(seq).padStart(6, '0')
  return `${digits.slice(0, -3)} ${digits.slice(-3)}`
}
