import type { TakenAway } from './code-check-mutants.ts'

const holder = 'shared/leases/holder.ts'
const rights = 'shared/leases/rights.ts'
const capDay = 'shared/leases/cap-day.ts'
const senior = 'shared/leases/senior-lease.ts'
const rules = 'shared/leases/rules.ts'
const terminal = 'electron/core/simulation/terminal.ts'
const province = 'electron/core/simulation/province.ts'
const claims = 'electron/core/simulation/province-claims.ts'
const network = 'electron/core/simulation/network.ts'
const pots = 'shared/leases/pots.ts'

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
    check: 'a period that is over is given by the caps of today',
    file: capDay,
    from: 'return days.last < today ? days.last : today',
    to: 'return today',
  },
  {
    check: 'a period to come is given by the caps of today',
    file: capDay,
    from: 'if (!labelBeginsBy(label, today)) return days.first',
    to: '',
  },
  {
    check: 'the figure of a lease ahead covers periods with a lower cap',
    file: rights,
    from: '...touched(kept), ...lower.keys()]',
    to: '...touched(kept)]',
  },
  {
    check: 'a question is answered beyond what is free',
    file: rights,
    from: 'Math.min(total - now.granted, free(next, counter, capOf))',
    to: 'total - now.granted',
  },
  {
    check: 'a question that comes late lowers a line',
    file: rights,
    from: 'free(next, counter, capOf))\n    return more > 0 ? withHolder(next, id, withLine(held, counter, { ...now, granted: now.granted + more })) : next\n  }, kept)\n}\n\n/** Tops',
    to: 'free(next, counter, capOf))\n    return withHolder(next, id, withLine(held, counter, { ...now, granted: now.granted + more }))\n  }, kept)\n}\n\n/** Tops',
  },
  {
    check: 'a question asked again gives twice',
    file: rights,
    from: 'Math.min(total - now.granted, free(next, counter, capOf))',
    to: 'Math.min(total, free(next, counter, capOf))',
  },
  {
    check: 'more is asked back than records leave',
    file: senior,
    from: 'amount: Math.min(debit.amount, rest)',
    to: 'amount: debit.amount',
  },
  {
    check: 'the province forgets a day that may still be entered late',
    file: senior,
    from: 'addDays(heard, -keptDays - 1)',
    to: 'addDays(heard, -3)',
  },
  {
    check: 'a void frees what a till that was told to pay may have paid',
    file: senior,
    from: 'outstanding(before.rights, counterOf(key)) === 0',
    to: 'key.length > 0',
  },
  {
    check: 'a recall that was answered is answered again',
    file: terminal,
    from: 'disk.answered.get(scope) === recall.id',
    to: 'false',
  },
  {
    check: 'a recall outlives its answer',
    file: senior,
    from: 'asked.id === recall && !asked.close ? withoutRecall(lease, id) : lease',
    to: 'false ? withoutRecall(lease, id) : lease',
  },
  {
    check: 'two visits at another place move nobody',
    file: senior,
    from: 'home: id, elsewhere: null }, tell: [...asked.tell, id]',
    to: 'elsewhere: null }, tell: [...asked.tell, id]',
  },
  {
    check: 'a restored terminal forgets what its lost disk may have drawn',
    file: rights,
    from: 'return [key, stays ? now',
    to: 'return [key, false ? now',
  },
  {
    check: 'a lost disk keeps the periods that it never came to',
    file: rights,
    from: 'ahead: null,\n    lines: { ...Object',
    to: 'lines: { ...Object',
  },
  {
    check: 'a payout is free again when a disk is restored',
    file: rights,
    from: 'counterOf(key).label.startsWith(endless)',
    to: 'false',
  },
  {
    check: 'a question of a closed epoch is answered',
    file: rights,
    from: '|| epoch !== holderOf(kept, id).epoch) return kept\n  return totals',
    to: ') return kept\n  return totals',
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
  { check: 'no recall', file: rules, from: 'if (lacking <= 0) break', to: 'break' },
  {
    check: 'a recall asks for less than is lacking',
    file: rules,
    from: 'const amount = Math.min(lacking, held)',
    to: 'const amount = Math.min(lacking, held) - 1',
  },
  {
    check: 'a batch that comes twice counts twice',
    file: province,
    from: 'if (seq !== ledger.length || quarantined.has(id)) continue',
    to: 'if (seq > ledger.length || quarantined.has(id)) continue',
  },
  {
    check: 'a gap in a ledger is passed over',
    file: province,
    from: 'if (seq !== ledger.length || quarantined.has(id)) continue',
    to: 'if (seq < ledger.length || quarantined.has(id)) continue',
  },
  {
    check: 'a restored terminal is heard before what its backup had',
    file: province,
    from: "if (entry.kind === 'opened' && lacksBackup(till, generation, entry.after)) break",
    to: '',
  },
  {
    check: 'the chain is not checked',
    file: province,
    from: 'if (seq < ledger.length && ledger[seq] !== entry.id) quarantined.add(id)',
    to: '',
  },
  {
    check: 'a claim that comes twice is taken twice',
    file: claims,
    from: 'if (claims.has(claim.sale)) return false',
    to: '',
  },
  {
    check: 'a claim is accepted without taking the right',
    file: claims,
    from: 'for (const [scope, rights] of settled) book.putRights(scope, rights)',
    to: '',
  },
  {
    check: 'nothing is due for dinners',
    file: claims,
    from: 'return { debits: debits.filter',
    to: "if (visit.meal === 'dinner') return { debits: [], fen: 0 }\n    return { debits: debits.filter",
  },
  {
    check: 'a visit that was partly paid is paid whole',
    file: claims,
    from: 'whole.subsidyFen - grantedFen',
    to: 'whole.subsidyFen',
  },
  {
    check: 'a visit that was partly paid takes its rights twice',
    file: claims,
    from: '{ ...debit, amount: debit.amount - (own.get(debit.key) ?? 0) }',
    to: 'debit',
  },
  {
    check: 'a home in a village waits for what the province keeps',
    file: rules,
    from: "if (leaseClass === 'village' || period",
    to: 'if (period',
  },
  {
    check: 'rights of visitors stay at the terminal',
    file: terminal,
    from: 'known.touchedOn !== date && isOpen(known.held)) close(senior)',
    to: 'known.touchedOn !== date && isOpen(known.held)) void senior',
  },
  {
    check: 'confirming again sells again',
    file: terminal,
    from: 'if (known.last?.sale === sale) return known.last',
    to: '',
  },
  {
    check: 'the cursor is stored before the data',
    file: network,
    from: 'if (!arrives()) return\n    const { words, cursor } = province.pull(till.name, terminal.cursor())\n',
    to: 'if (!arrives()) return\n    const { words, cursor } = province.pull(till.name, terminal.cursor())\n    terminal.hearAll([], cursor)\n',
  },
  {
    check: 'a word to another generation is heard',
    file: terminal,
    from: 'if (generation !== generationOf(disk).generation) return\n    const before',
    to: 'const before',
  },
  {
    check: 'what a lost generation drew comes back to the next',
    file: terminal,
    from: 'const epochs = isOwn ? drawnIn : { person: 0, pots: {} }',
    to: 'const epochs = drawnIn',
  },
  {
    check: 'a copied disk takes the acknowledgement of the other',
    file: terminal,
    from: 'if (ended !== null || through <= entries.length)\n        ledger.acknowledged = Math.max(acknowledged, Math.min(through, entries.length))',
    to: 'ledger.acknowledged = Math.max(acknowledged, through)',
  },
  {
    check: 'a clock that goes back takes the business date along',
    file: terminal,
    from: 'disk.today !== null && disk.today > date ? disk.today : date',
    to: 'date',
  },
  {
    check: 'a pot is counted per senior',
    file: pots,
    from: 'return fund.success ? fund.data : null',
    to: 'return null',
  },
  {
    check: 'a pot that does not hold the visit lets it pass',
    file: pots,
    from: 'if (held === null) return null',
    to: 'if (held === null) continue',
  },
  {
    check: 'a tranche that is used up looks like a fund that is spent',
    file: terminal,
    from: "short.includes(potFundOf(limit) ?? '') && at(disk.elsewhere, key) !== 0",
    to: 'false',
  },
]
