import type { LimitPeriod } from '../business-day.ts'

/** A limit of a policy, and what it gives this senior in each period. */
export interface LimitCap {
  readonly limit: string
  readonly period: LimitPeriod
  readonly cap: number
}
