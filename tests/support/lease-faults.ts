import type { TakenAway } from './code-check-mutants.ts'

const holder = 'shared/leases/holder.ts'
const rights = 'shared/leases/rights.ts'
const rules = 'shared/leases/rules.ts'
const terminal = 'electron/core/simulation/terminal.ts'
const province = 'electron/core/simulation/province.ts'

/** Faults that would break a cap, lose a right or leave a claim unpaid. `check` is what is missing; `from` stands once in the file. */
export const leaseFaults: readonly TakenAway[] = [
  { check: 'no fence of epochs', file: holder, from: 'if (told.epoch < held.epoch) return held', to: '' },
  {
    check: 'a grant is added, not a total',
    file: holder,
    from: 'granted: total } : now',
    to: 'granted: now.granted + total } : now',
  },
  { check: 'a grant may lower a line', file: holder, from: 'total > now.granted ?', to: 'true ?' },
  {
    check: 'a draw is not held against the line',
    file: holder,
    from: 'if (debit.amount > left(next, debit)) return null',
    to: '',
  },
  {
    check: 'more is released than is held',
    file: holder,
    from: 'Math.min(item.amount, left(next, item))',
    to: 'item.amount',
  },
  { check: 'a closed lease keeps its epoch', file: holder, from: 'epoch: epoch + 1, since', to: 'epoch, since' },
  {
    check: 'a void gives back what a closed lease drew',
    file: holder,
    from: 'if (epoch !== held.epoch) return held',
    to: '',
  },
  { check: 'a lease ahead has no end', file: holder, from: 'labelBeginsBy(label, told.through)', to: 'true' },
  {
    check: 'an old message shortens a lease ahead',
    file: holder,
    from: 'ahead: aheadOfBoth(before.ahead, told.ahead), lines',
    to: 'ahead: told.ahead, lines',
  },
  {
    check: 'what is out is not counted',
    file: rights,
    from: 'kept.writtenOff.includes(id) ? 0 : left(held, counter))',
    to: '0)',
  },
  { check: 'two homes at once', file: rights, from: 'if (others || kept.writtenOff.includes(id)) return kept', to: '' },
  {
    check: 'a lease ahead forgets what was drawn elsewhere',
    file: rights,
    from: '- now.granted, free(kept, counter, capOf))',
    to: '- now.granted, Number.MAX_SAFE_INTEGER)',
  },
  {
    check: 'a question is answered beyond what is free',
    file: rights,
    from: 'total - now.granted > free(next, counter, capOf)',
    to: 'false',
  },
  { check: 'a question asked again gives twice', file: rights, from: 'if (total <= now.granted) continue', to: '' },
  {
    check: 'a question of a closed epoch is answered',
    file: rights,
    from: 'if (epoch !== held.epoch) return kept\n  let next',
    to: 'let next',
  },
  {
    check: 'a pending claim is accepted beyond the cap',
    file: rights,
    from: 'debits.every(debit => debit.amount <= free(kept, debit, capOf))',
    to: 'true',
  },
  {
    check: 'a draw beyond the rights is not named',
    file: rights,
    from: 'if (fits < debit.amount) beyond.push',
    to: 'if (false) beyond.push',
  },
  {
    check: 'a lost lease goes on after it was written off',
    file: rights,
    from: 'kept.writtenOff.includes(id) ? 0 : Math.min(debit.amount',
    to: 'false ? 0 : Math.min(debit.amount',
  },
  {
    check: 'a close is not applied',
    file: rights,
    from: 'return epoch === held.epoch ? withHolder(kept, id, closed(held)) : kept',
    to: 'return kept',
  },
  { check: 'no recall', file: rules, from: 'if (lacking <= 0 || held <= 0) break', to: 'break' },
  {
    check: 'a recall asks for less than is lacking',
    file: rules,
    from: 'const amount = Math.min(lacking, held)',
    to: 'const amount = Math.min(lacking, held) - 1',
  },
  {
    check: 'a batch that comes twice counts twice',
    file: province,
    from: 'if (from + place !== applied[site]) continue',
    to: '',
  },
  {
    check: 'a claim that comes twice is taken twice',
    file: province,
    from: 'if (claims.has(entry.sale)) return',
    to: '',
  },
  {
    check: 'a claim is accepted without taking the right',
    file: province,
    from: 'senior.rights = settled ?? senior.rights',
    to: '',
  },
  {
    check: 'rights of visitors stay at the terminal',
    file: terminal,
    from: 'state.touchedOn !== date) close(senior, state)',
    to: 'state.touchedOn !== date) void senior',
  },
]
