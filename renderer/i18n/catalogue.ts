import type { zh } from './zh.ts'

/** A text, a text with values in it, or a table of them. */
export type Said<Text> = Text extends (...values: infer Values) => string
  ? (...values: Values) => string
  : Text extends string
    ? string
    : { readonly [Name in keyof Text]: Said<Text[Name]> }

/** The names and shapes of the Chinese catalogue with any text in them. */
export type Words = Said<typeof zh>
