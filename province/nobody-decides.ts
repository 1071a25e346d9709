/** What is true of an open claim `c` of a ledger row `l` that nobody can decide: it is not known who came, or what it was priced from is gone. */
export const nobodyDecides = `c.state = 'open' and (c.senior_id is null
  or not exists (select 1 from senior s where s.senior_id = c.senior_id)
  or not exists (select 1 from sale_inputs i where i.senior_id = l.senior_id and i.terminal_id = l.terminal_id
                    and i.generation = l.generation and i.seq = l.seq))`
