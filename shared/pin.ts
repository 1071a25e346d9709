import { z } from 'zod'
import type { BusinessDate } from './business-day.ts'

/** A PIN: six digits; a senior's is chosen by the senior beside a member of staff. */
export const pinText = z.string().regex(/^\d{6}$/)

/** Wrong tries in a row until staff have to help. */
export const pinTries = 5

/** True where others would try it first: one digit six times, a straight run, or the digits of a birthday that is known (YYMMDD, MMDDYY, YYYYMM). */
export function pinIsTooEasy(pin: string, birthDate?: BusinessDate): boolean {
  const steps = new Set([...pin].slice(1).map((digit, at) => Number(digit) - Number(pin.charAt(at))))
  const [step] = steps
  if (steps.size === 1 && step !== undefined && Math.abs(step) <= 1) return true
  if (birthDate === undefined) return false
  const digits = birthDate.replaceAll('-', '')
  return [digits.slice(2), digits.slice(4) + digits.slice(2, 4), digits.slice(0, 6)].includes(pin)
}
