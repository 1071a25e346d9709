import type { ServiceKind } from '../../shared/visit/service.ts'
import type { DayLine, ServiceView, StationView } from '../../shared/visit-api.ts'
import { type Arriving, digits, isGoingOn } from './station-actions.ts'
import type { StationState } from './station-store.ts'

/** The six helps first, as the catalogues of the field order them. */
const order: readonly ServiceKind[] = [
  ...(['meals', 'cleaning', 'medical', 'mobility', 'bathing', 'emergency'] as const),
  ...(['day-care', 'doctor', 'calling', 'activity'] as const),
]

/** The key of each kind that a site gives, in order. */
export const kindKeys = [...'QWERTYUIOP']

export interface KindChoice {
  readonly kind: ServiceKind
  readonly services: readonly ServiceView[]
}

export function kindsOf(services: readonly ServiceView[]): readonly KindChoice[] {
  return order
    .map(kind => ({ kind, services: services.filter(service => service.kind === kind) }))
    .filter(choice => choice.services.length > 0)
}

/** What of a list has a digit now; `more` where it goes on after these nine, or begins again. */
export function nineOf<T>(all: readonly T[], nine: number): { readonly shown: readonly T[]; readonly more: boolean } {
  return { shown: all.slice(nine * digits, (nine + 1) * digits), more: all.length > digits }
}

/** The key for the next nine. */
export const isNext = (code: string) => code === 'Digit0' || code === 'Numpad0'

export function nextNine(count: number, nine: number): number {
  return (nine + 1) * digits < count ? nine + 1 : 0
}

/** What of an arrival is being chosen: what staff choose anew, else what is missing. */
export function stepOf(
  desk: Arriving,
  choosing: StationState['choosing'],
): 'service' | 'carer' | 'code' | 'answer' | 'proxy' | 'ready' {
  if (choosing !== null && choosing !== 'early') return choosing
  return desk.needs[0] ?? 'ready'
}

/** True while the key that begins stands on the screen: not while something is typed there, or a proxy chosen. */
export function offersBegin(desk: Arriving, step: ReturnType<typeof stepOf>): boolean {
  return desk.needs.length === 0 && step !== 'code' && step !== 'answer' && step !== 'proxy'
}

/** The visits of the day that go on, each with its digit. */
export function goingOn(day: readonly DayLine[]): readonly DayLine[] {
  return day.filter(line => line.visit !== null && isGoingOn(line))
}

/** True where some carer's phone may answer the station's code. */
export function isAnsweredByPhone({ station }: StationView): boolean {
  return station?.carers.some(({ phone }) => phone) === true
}
