import { checkPack } from '../../../shared/policy/check/check-pack.ts'
import type { Finding } from '../../../shared/policy/check/finding.ts'

export const told = (findings: readonly Finding[]) => findings.map(({ code, path }) => `${code} ${path}`)

/** What follows from any change of a rule: the pack's own vectors come out otherwise, or no longer take a step. */
const consequence = /^(?:vector-differs|untested) /
export const faultsOf = (json: unknown) => told(checkPack(json)).filter(line => !consequence.test(line))
