import type { faceZh } from './face-zh.ts'

/** The names and shapes of the Chinese words about faces with any text in them. */
export type FaceWords = {
  readonly [Name in keyof typeof faceZh]: (typeof faceZh)[Name] extends (...values: infer Values) => string
    ? (...values: Values) => string
    : string
}
