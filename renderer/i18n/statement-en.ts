import { counted } from '../../shared/counted.ts'
import type { Said } from './catalogue.ts'
import type { statementScreenZh } from './statement-zh.ts'

export const statementScreenEn: Said<typeof statementScreenZh> = {
  statementKey: 'This month',
  statementTitle: (name, month) => `${name} · ${month}`,
  statementHere: 'Only what this till knows; ask the province for other sites',
  statementAll: 'All sites, as the province has it',
  statementUnheard: count => `${counted(count, 'of them was', 'of them were')} not sent yet`,
  statementWait: 'Looking',
  statementNone: 'There is no record in this month yet',
  statementNoneNote: 'Other sites may have some: ask the province',
  statementEarlier: 'Month before',
  statementLater: 'Next month',
  statementAsk: 'Ask for all sites',
  statementPrint: 'Print to take home',
  statementPrinted: 'Handed to the printer',
  statementRevoke: 'Revoke earlier papers',
  statementRevokeAsk: 'Codes printed until now will open nothing. Revoke them?',
  statementRevokeDo: 'Revoke',
  statementRevokeKeep: 'Keep them',
  statementRevoked: 'Earlier codes open nothing now',
  statementAsking: 'Asking the province',
  statementClaimed: 'Claimed in this name',
  statementHeld: 'Being looked at',
  statementRefused: 'Not paid by any fund',
  statementPending: 'To be paid back',
  statementOwn: 'What this person paid',
  statementMeals: 'Meals',
  statementServices: 'Services',
}
