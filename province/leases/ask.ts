import { businessDateOf } from '../../shared/business-day.ts'
import { capsOn } from '../../shared/leases/cap-day.ts'
import { amountsOf } from '../../shared/leases/holder.ts'
import type { PotAmounts } from '../../shared/leases/pot-lease.ts'
import { potFundOf } from '../../shared/leases/pots.ts'
import { holderId, settledOf } from '../../shared/leases/rights.ts'
import { asked, wordFor } from '../../shared/leases/senior-lease.ts'
import type { PotWord } from '../../shared/leases/word.ts'
import type { AskBody, AskReply } from '../../shared/province-api.ts'
import { type Database, transaction } from '../database.ts'
import type { Caller } from '../envelope-desk.ts'
import { currentPack } from '../policies.ts'
import { packsHad } from '../site-packs.ts'
import { limitsAt, peopleOf, siteOf } from './caps.ts'
import { generationOf } from './feed.ts'
import { bringOwed, owedElsewhere } from './owed-elsewhere.ts'
import { amountsOfFund, lacks, potAmounts, potCaps, potWordOf } from './pots.ts'
import { isQuarantined } from './quarantine.ts'
import { nameMembers } from './refill.ts'
import { type LeaseBook, lockLeases, potSubject } from './states.ts'

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
  const isCopied = await isQuarantined(database.pool, caller.terminal)
  const isOfSite = (await packsHad(database.pool, caller.site))(body.pack, businessDateOf(Date.now()))
  if (isCopied || !isOfSite || pack === null || site === null || known === undefined || body.generation !== generation)
    return { word: null, pots: [] }
  const subject = { senior: body.senior, pack: body.pack }
  const id = holderId(caller.terminal, generation)
  const today = businessDateOf(Date.now())
  const capOf = capsOn(limitsAt(pack, known.person, site), today)
  const pots = body.pots ?? []
  const begun = performance.now()
  for (let times = 0; ; ) {
    const waited = performance.now() - begun
    // Whoever has not answered in half the time is not waited for alone: the next one is asked.
    const isSame = times === 2 || (times === 1 && waited < recallPatience / 2)
    if (!isSame) times += 1
    const { reply, isWaiting } = await answerOnce(isSame)
    if (!isWaiting || waited >= recallPatience) return reply
    await new Promise(resolve => setTimeout(resolve, recallPause))
  }

  /** `isWaiting`: what the visit needs was asked back, and is not here yet. `isSame`: only what came since is looked for. */
  function answerOnce(isSame: boolean): Promise<{ reply: AskReply; isWaiting: boolean }> {
    return transaction(database, async client => {
      await nameMembers(client, { id: caller.site }, [subject])
      const others = await owedElsewhere(client, [body.senior], [body.pack])
      const book = await lockLeases(client, [subject, ...others, ...pots.map(({ fund }) => potSubject(fund))])
      // What is owed under other packs is no part of this answer: the feed brings it.
      bringOwed(book, others, id)
      const question = { epoch: body.epoch, totals: amountsOf(body.totals), debits: amountsOf(body.debits), isSame }
      const before = book.of(subject)
      const { lease, tell } = asked(before, id, question, capOf)
      book.put(subject, lease)
      const to = { id, generation, ...subject }
      const word = wordFor(lease, to)
      // The terminal may have stopped waiting for this answer: the feed brings what is new in it once more.
      const isNew = JSON.stringify(word) !== JSON.stringify(wordFor(before, to))
      book.tell(subject, isNew ? [id, ...tell] : tell)
      const amounts = await potAmounts(
        client,
        pots.map(({ fund }) => fund),
      )
      const told = pots.map(({ fund, totals, debits }) =>
        answerPot(book, amounts.fen, fund, { totals, debits, isSame }),
      )
      await book.store()
      const isWaiting = lacks(lease, id, question.debits) && Object.keys(lease.recalls).length > 0
      const spent = question.debits.flatMap(debit => {
        const taken = settledOf(lease.rights, debit)
        return taken < capOf(debit) ? [] : [{ limit: debit.limit, label: debit.label, amount: taken }]
      })
      return {
        reply: { word, pots: told.map(item => item.word), ...(spent.length === 0 ? {} : { spent }) },
        isWaiting: isWaiting || told.some(item => item.isWaiting),
      }
    })
  }

  function answerPot(
    book: LeaseBook,
    all: PotAmounts,
    fund: string,
    question: Pick<AskBody, 'totals' | 'debits'> & { readonly isSame: boolean },
  ): { word: PotWord; isWaiting: boolean } {
    const subject = potSubject(fund)
    const isOfFund = ({ limit }: { limit: string }) => potFundOf(limit) === fund
    const totals = amountsOf(question.totals).filter(isOfFund)
    const debits = amountsOf(question.debits).filter(isOfFund)
    const amounts = amountsOfFund(all, fund)
    const before = book.of(subject)
    const { lease, tell } = asked(before, id, { epoch: 1, totals, debits, isSame: question.isSame }, potCaps(amounts))
    book.put(subject, lease)
    const to = { id, generation, fund, amounts, today, ahead: debits }
    const word = potWordOf(lease, to)
    const isNew = JSON.stringify(word) !== JSON.stringify(potWordOf(before, to))
    book.tell(subject, isNew ? [id, ...tell] : tell)
    return {
      word,
      isWaiting: lacks(lease, id, debits) && Object.keys(lease.recalls).length > 0,
    }
  }
}
