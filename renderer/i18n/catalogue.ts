import type { zh } from './zh.ts'

/** The names and shapes of the Chinese catalogue with any text in them. */
export type Words = {
  readonly [Name in keyof typeof zh]: (typeof zh)[Name] extends (...values: infer Values) => string
    ? (...values: Values) => string
    : string
}
