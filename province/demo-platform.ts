import { createHash } from 'node:crypto'
import type { SeniorId } from '../shared/ids.ts'
import type { CodePlatform } from './code-platforms.ts'
import { demoSeniors } from './demo-people.ts'

const prefix = 'DEMO-SIMULATED-CARD:'

/** A code of the demo's simulated outside platform; nobody outside of the demo knows it. */
export function simulatedPlatformCode(senior: SeniorId): string {
  return prefix + createHash('sha256').update(`simulated-platform|${senior}`).digest('hex').slice(0, 32).toUpperCase()
}

/** Stands in for a platform such as 电子社保卡 in the demo, and is named simulated wherever it shows. Its codes never change: it proves the way, no security. */
export const simulatedPlatform: CodePlatform = {
  id: 'simulated-card',
  async whose(text) {
    const found = demoSeniors().find(({ id }) => simulatedPlatformCode(id) === text)
    return found === undefined ? null : { senior: found.id, assurance: 'presented' }
  },
}
