/** How the person who took the meal showed who they are: their elder code, their card, a signature, or the one-time code of this stop. */
export const proofKinds = ['code', 'card', 'signature', 'hand-code'] as const
export type ProofKind = (typeof proofKinds)[number]

/** How the senior was seen at the door; `not-seen`: somebody else took the meal, or nobody opened. */
export const seenKinds = ['well', 'unwell', 'not-seen'] as const
export type SeenAtDoor = (typeof seenKinds)[number]

interface AnyResult {
  /** 8 bytes of hex, minted with the result: handed in twice it counts once. */
  readonly id: string
  /** The stop's place in the route, from 1. */
  readonly stop: number
  /** Whole seconds, UTC. */
  readonly at: number
}

/** What came of one stop of a round. `collected`: the own part that was told was taken at the door. `hash`: see `proofOf`. */
export type StopResult =
  | (AnyResult & {
      readonly outcome: 'handed'
      readonly proof: { readonly kind: ProofKind; readonly hash: string } | null
      readonly seen: SeenAtDoor
      readonly collected: boolean
    })
  /** `takesBack`: the same phone had noted that it was handed over, and that was a slip. */
  | (AnyResult & { readonly outcome: 'nobody'; readonly takesBack?: true })

/** The last word of one phone on each stop, in route order: what a courier put right is not handed in twice. */
export function lastWords(results: readonly StopResult[]): StopResult[] {
  const last = new Map(results.map(result => [result.stop, result]))
  return [...last.values()].sort((one, other) => one.stop - other.stop)
}
