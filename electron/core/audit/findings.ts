import type { Finding, FindingCode } from '../../../shared/findings.ts'
import type { ChainFinding } from '../store/verify-chain.ts'

/**
 * Says what happened to a chain by what does not fit in it: one change breaks several rules, at its own place and at the next, and is told
 * once. `findings` as `verifyChain` gives them.
 */
export function nameChainFindings(findings: readonly ChainFinding[]): Finding[] {
  const at = new Map<string, Set<ChainFinding['finding']>>()
  for (const { generation, seq, finding } of findings) {
    const key = `${generation}/${seq}`
    at.set(key, (at.get(key) ?? new Set()).add(finding))
  }
  const explained = new Set<string>()
  const named: Finding[] = []
  for (const { generation, seq, finding } of findings) {
    const here = at.get(`${generation}/${seq}`)
    const next = [`${generation}/${seq + 1}`, `${generation + 1}/1`].find(key => at.get(key)?.has('CHAIN_BROKEN'))
    const isConsequence = explained.has(`${generation}/${seq}`)
    const note = (code: FindingCode) => void named.push({ code, place: { generation, seq } })
    const explainNext = () => void (next === undefined || explained.add(next))
    switch (finding) {
      case 'GAP':
        note('RECORD_MISSING')
        break
      case 'MISPLACED':
        if (!here?.has('GAP')) note('RECORD_MISPLACED')
        explainNext()
        break
      case 'BAD_RECORD':
        note('BYTES_CHANGED')
        explainNext()
        break
      case 'BAD_SIGNATURE':
        note(next !== undefined || here?.has('ROW_DIFFERS') ? 'BYTES_CHANGED' : 'SIGNED_BY_ANOTHER')
        explainNext()
        break
      case 'CHAIN_BROKEN':
        if (!here?.has('GAP') && !isConsequence) note('LINK_BROKEN')
        break
      case 'ROW_DIFFERS':
        if (!here?.has('BAD_SIGNATURE') && !here?.has('MISPLACED')) note('COLUMNS_DIFFER')
        break
      case 'NO_KEY':
        note('NO_KEY')
        break
      case 'UNREADABLE':
        named.push({ code: 'UNREADABLE', place: null })
        break
    }
  }
  return named
}
