import type { PolicyPack } from '../language.ts'
import { matchesSite, mentions, sharesFunds, usesAmount } from './mentions.ts'
import type { Phrases } from './phrases.ts'
import { countingNeeds, goesOnEverywhere, unknownNeeds, whitelistNeeds } from './rule-needs.ts'

/** The rules that hold for all versions; what makes no difference to a pack is left out. */
export function sayRules(pack: PolicyPack, phrases: Phrases): string[] {
  const { categories, versions } = pack
  const whitelist = whitelistNeeds(pack)
  return [
    phrases.order,
    mentions(versions, 'for') || mentions(versions, 'guest') ? phrases.guests : phrases.persons,
    phrases.unknown(unknownNeeds(pack)),
    ...(matchesSite([categories, versions]) ? [phrases.samePlace] : []),
    ...(whitelist === null ? [] : [phrases.whitelist(whitelist)]),
    ...(mentions(versions, 'paidByInsurance') ? [phrases.insurance] : []),
    ...phrases.counting(countingNeeds(pack)),
    ...goesOn(pack, phrases),
    ...(usesAmount(versions, ['price', 'price-percent']) ? [phrases.downToRule] : []),
    ...(sharesFunds(versions) ? [phrases.shares] : []),
    phrases.businessDay,
    phrases.notInForce,
    ...(mentions(versions, 'note') ? [phrases.glosses] : []),
  ]
}

function goesOn(pack: PolicyPack, phrases: Phrases): string[] {
  const [first] = pack.versions
  if (first === undefined || !goesOnEverywhere(pack)) return []
  const numbers = first.limits.map((_, index) => index + 1)
  return [
    phrases.allGoOn(
      numbers,
      (first.allowances ?? []).map(({ title }) => phrases.words(title)),
    ),
  ]
}
