import { z } from 'zod'
import { policyCase } from '../../../shared/policy/case.ts'
import {
  benefit,
  condition,
  personCondition,
  policyPack,
  policyVersion,
  words,
} from '../../../shared/policy/language.ts'
import { helpFor } from './pack-schema-help.ts'

/** A JSON Schema, or a part of one, as far as its keys need help. */
const schemaPart = z.looseObject({
  $ref: z.string().optional(),
  properties: z.record(z.string(), z.looseObject({})).optional(),
  items: z.looseObject({}).optional(),
  anyOf: z.array(z.looseObject({})).optional(),
  oneOf: z.array(z.looseObject({})).optional(),
})

/**
 * The JSON Schema (draft 2020-12) of a policy pack, made from its zod definition. Each object of the language has its name in `$defs`,
 * and each key says in Chinese and English what it means, for editors to show.
 */
export function policyPackSchema(): object {
  const {
    $schema,
    $defs = {},
    ...root
  } = z.toJSONSchema(policyPack, {
    target: 'draft-2020-12',
    // What stands in the file, not what becomes of it.
    io: 'input',
    metadata: objectNames(),
  })
  const defs = Object.entries($defs).sort(([one], [other]) => (one < other ? -1 : 1))
  return {
    $schema,
    title: '爱心终端政策包 / Aixin policy pack',
    description: '一份补贴通知写成的数据；说明见 policy-language.md / A subsidy notice as data; see policy-language.md',
    ...explained(root, 'Pack'),
    $defs: Object.fromEntries(defs.map(([name, part]) => [name, explained(part, name)])),
  }
}

/** `aixin policy schema`: prints the JSON Schema of a pack. */
export function runPolicySchema(): { readonly lines: readonly string[]; readonly exitCode: number } {
  return { lines: JSON.stringify(policyPackSchema(), null, 2).split('\n'), exitCode: 0 }
}

/** Adds to each key what `helpFor` says of it; `place` is the name of the object, with the keys that lead into a part without a name. */
function explained(json: object, place: string): object {
  const part = schemaPart.parse(json)
  const branches = (list: readonly object[] | undefined) => list?.map(item => explained(item, place))
  const keys = Object.entries(part.properties ?? {}).map(([key, value]) => {
    const path = `${place}.${key}`
    const text = helpFor(path)
    return [key, { ...(text === undefined ? {} : { description: text.join(' / ') }), ...explained(value, path) }]
  })
  return {
    ...part,
    ...(part.properties === undefined ? {} : { properties: Object.fromEntries(keys) }),
    ...(part.items === undefined ? {} : { items: explained(part.items, place) }),
    ...(part.anyOf === undefined ? {} : { anyOf: branches(part.anyOf) }),
    ...(part.oneOf === undefined ? {} : { oneOf: branches(part.oneOf) }),
  }
}

/** The names of the language's objects in the schema's `$defs`; those without a name stand where they are used. */
function objectNames() {
  const names = z.registry<{ id: string }>()
  const { shape: pack } = policyPack
  const { shape: version } = policyVersion
  const fund = pack.funds.element
  const cap = version.limits.element.shape.cap
  const [discount, subsidy, surcharge, operator, choice] = benefit.options
  const amount = surcharge.shape.amount
  const [fixed, percent, fraction, price, pricePercent, classes] = amount.options
  const { shape: visit } = policyCase.shape.visit
  const parts: Readonly<Record<string, z.ZodType>> = {
    ...{ Words: words, Calendar: pack.calendar.unwrap(), Fund: fund, Pot: fund.shape.pot.unwrap() },
    ...{ Category: pack.categories.element, Version: policyVersion, Rounding: version.rounding },
    Offline: version.offline.unwrap(),
    MinimumOwnPay: version.minimumOwnPay.unwrap().element,
    ...{ Service: version.services.unwrap().element, ServiceGroup: version.serviceGroups.unwrap().element },
    ...{ Limit: version.limits.element, Cap: cap, CapClass: cap.options[1].shape.classes.element },
    ...{ Allowance: version.allowances.unwrap().element, Stipend: version.stipends.unwrap().element },
    ...{ Condition: condition, PersonCondition: personCondition, PlaceMatch: condition.shape.household.unwrap() },
    PriceBounds: condition.shape.listPrice.unwrap(),
    ...{ Benefit: benefit, Discount: discount, Subsidy: subsidy, Surcharge: surcharge, Operator: operator },
    ...{ Choice: choice, Share: subsidy.shape.funds.unwrap().element },
    ...{ Amount: amount, Fixed: fixed, Percent: percent, Fraction: fraction, Price: price },
    ...{ PricePercent: pricePercent, Classes: classes, AmountClass: classes.shape.classes.element },
    ...{ Case: policyCase, CasePerson: policyCase.shape.person.options[1], CaseVisit: policyCase.shape.visit },
    ...{ CasePrior: policyCase.shape.prior.unwrap().element, CaseSite: visit.site.unwrap() },
    ...{ CaseExpect: policyCase.shape.expect },
    CasePlace: policyCase.shape.person.options[1].shape.household.unwrap(),
    HeldCategory: policyCase.shape.person.options[1].shape.categories.unwrap().element.options[1],
  }
  for (const [id, part] of Object.entries(parts)) names.add(part, { id })
  return names
}
