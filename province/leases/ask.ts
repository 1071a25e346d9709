import { businessDateOf } from '../../shared/business-day.ts'
import { amountsOf, left } from '../../shared/leases/holder.ts'
import { holderId, holderOf } from '../../shared/leases/rights.ts'
import { asked, wordFor } from '../../shared/leases/senior-lease.ts'
import type { AskBody, AskReply } from '../../shared/province-api.ts'
import { type Database, transaction } from '../database.ts'
import type { Caller } from '../envelope-desk.ts'
import { currentPack } from '../policies.ts'
import { capsOf, limitsAt, peopleOf, siteOf } from './caps.ts'
import { generationOf, nameMembers } from './feed.ts'
import { lockLeases } from './states.ts'

/** How long a terminal that was asked back for rights has to answer while somebody waits at another till (ms). */
const recallPatience = 1200
const recallPause = 100

/**
 * Answers a terminal that has somebody standing before it: grants the rights of the visit where they are free, and asks them back from
 * whoever holds them where they are not. Asked again it gives nothing twice.
 */
export async function answerAsk(database: Database, caller: Caller, body: AskBody): Promise<AskReply> {
  const pack = await currentPack(database.pool, body.pack)
  const site = await siteOf(database.pool, caller.site)
  const known = (await peopleOf(database.pool, [body.senior])).get(body.senior)
  const generation = await generationOf(database.pool, caller.terminal)
  if (pack === null || site === null || known === undefined || body.generation !== generation) return { word: null }
  const subject = { senior: body.senior, pack: body.pack }
  const id = holderId(caller.terminal, generation)
  const capOf = capsOf(limitsAt(pack, known.person, site, businessDateOf(Date.now())))
  for (const end = performance.now() + recallPatience; ; ) {
    const { word, isWaiting } = await answerOnce()
    if (!isWaiting || performance.now() >= end) return { word }
    await new Promise(resolve => setTimeout(resolve, recallPause))
  }

  /** `isWaiting`: what the visit needs was asked back, and is not here yet. */
  function answerOnce(): Promise<{ word: AskReply['word']; isWaiting: boolean }> {
    return transaction(database, async client => {
      await nameMembers(client, { id: caller.site }, [subject])
      const book = await lockLeases(client, [subject])
      const question = { epoch: body.epoch, totals: amountsOf(body.totals), debits: amountsOf(body.debits) }
      const before = book.of(subject)
      const { lease, tell } = asked(before, id, question, capOf)
      book.put(subject, lease)
      const to = { id, generation, ...subject }
      const word = wordFor(lease, to)
      // The terminal may have stopped waiting for this answer: the feed brings what is new in it once more.
      const isNew = JSON.stringify(word) !== JSON.stringify(wordFor(before, to))
      book.tell(subject, isNew ? [id, ...tell] : tell)
      await book.store()
      const held = holderOf(lease.rights, id)
      const isWaiting =
        question.debits.some(debit => left(held, debit) < debit.amount) && Object.keys(lease.recalls).length > 0
      return { word, isWaiting }
    })
  }
}
