import type { Countable } from '../../shared/countable.ts'
import type { SeniorId } from '../../shared/ids.ts'
import type { PersonFacts } from '../../shared/policy/facts.ts'
import { inputsFit } from '../../shared/recompute.ts'
import type { OpenedInputs } from '../../shared/record.ts'
import type { Queryable } from '../database.ts'
import { publishedFacts } from '../published-facts.ts'

/** Who a senior was when they ate: what the sale was priced from, where it committed to that and the province itself had published it; else null. */
export async function whoAte(
  client: Queryable,
  senior: SeniorId,
  sale: Countable,
  opened: OpenedInputs,
): Promise<PersonFacts | null> {
  if (opened.inputs.senior !== senior || !inputsFit(sale, opened)) return null
  const isPublished = await publishedFacts(client, sale.site, [opened])
  return isPublished(opened) ? opened.inputs.quote.person : null
}
