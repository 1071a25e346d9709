import type { PolicyCase } from '../case.ts'
import type { PolicyPack } from '../language.ts'
import { type CaseRules, differences, rulesFor, runCase } from '../run-case.ts'
import { error, type Finding, type Path, warning } from './finding.ts'
import { nearest } from './nearest.ts'
import { untestedSteps } from './untested.ts'

/** Findings in the vectors that a pack carries: none, of another policy, that do not add up, that come out otherwise, or that leave a step untried. */
export function vectorFindings(pack: PolicyPack): Finding[] {
  const vectors = pack.vectors ?? []
  if (vectors.length === 0)
    return [
      warning(
        'no-vectors',
        ['vectors'],
        '没有核对用例。请在 vectors 里写几个算好的例子（谁、什么餐、该付多少），以后每次修改都能自动核对',
        'there are no vectors. Add some worked examples (who, which meal, what is paid), so that every later change is checked against them',
      ),
    ]
  const tried = vectors.flatMap((item, index) => {
    const rules = rulesFor([pack], item)
    return rules === null ? [] : [{ item, index, rules }]
  })
  return [
    ...vectors.flatMap((item, index) => (rulesFor([pack], item) === null ? [otherScheme(pack, item, index)] : [])),
    ...vectors.flatMap((item, index) => [
      ...addsUp(item, ['vectors', index]),
      ...unknownWords(pack, item, ['vectors', index]),
    ]),
    ...tried.flatMap(({ item, index, rules }) => pricedOtherwise(item, rules, ['vectors', index])),
    ...untestedSteps(pack, tried),
  ]
}

function otherScheme(pack: PolicyPack, { id, scheme }: PolicyCase, index: number): Finding {
  const known = [...new Set([pack.id, ...pack.versions.map(version => version.id)])]
  return error(
    'vector-scheme',
    ['vectors', index, 'scheme'],
    `用例 “${id}” 是 “${scheme}” 的，不属于本政策，请改成 ${known.join(' 或 ')}，或移走`,
    `vector "${id}" is for "${scheme}", which is not this policy; write ${known.join(' or ')}, or move it away`,
  )
}

function addsUp({ id, visit, expect }: PolicyCase, path: Path): Finding[] {
  const sum = Object.values(expect.subsidyFen).reduce(
    (total, fen) => total + fen,
    expect.discountFen + expect.ownPayFen,
  )
  if (sum === visit.listPriceFen) return []
  return [
    error(
      'vector-sum',
      [...path, 'expect'],
      `用例 “${id}”：优惠、补贴、个人支付合计 ${sum} 分，不等于原价 ${visit.listPriceFen} 分，请重新算`,
      `vector "${id}": discount, subsidies and own payment add up to ${sum} fen, not to the list price of ${visit.listPriceFen} fen; work it out again`,
    ),
  ]
}

function pricedOtherwise(item: PolicyCase, rules: CaseRules, path: Path): Finding[] {
  const wrong = differences(item.expect, runCase(rules, item))
  if (wrong.length === 0) return []
  return [
    error(
      'vector-differs',
      [...path, 'expect'],
      `用例 “${item.id}” 与本政策算出的不同：${wrong.map(inChinese).join('；')}。请核对规则和用例哪个写错`,
      `vector "${item.id}" comes out otherwise: ${wrong.join('; ')}. Check whether the rule or the vector is wrong`,
    ),
  ]
}

const namesZh: Readonly<Record<string, string>> = {
  discountFen: '优惠（分）',
  subsidyFen: '补贴（分）',
  ownPayFen: '个人支付（分）',
  operatorFen: '运营补助（分）',
  stipendFen: '津贴（分）',
  reasons: '原因',
}

function inChinese(difference: string): string {
  const [, name = '', which = '', expected, got] = /^(\S+)(.*?): expected (.*), got (.*)$/.exec(difference) ?? []
  return expected === undefined ? difference : `${namesZh[name] ?? name}${which} 应为 ${expected}，算得 ${got}`
}

/** Names in a vector that the pack does not know. Categories of other policies are no fault, but one letter off a known one is. */
function unknownWords(
  pack: PolicyPack,
  { id, person, visit, expect, balances = {}, pots = {} }: PolicyCase,
  path: Path,
): Finding[] {
  const funds = pack.funds.map(fund => fund.id)
  const allowances = pack.versions.flatMap(version => (version.allowances ?? []).map(item => item.id))
  const services = pack.versions.flatMap(version => (version.services ?? []).map(item => item.id))
  const categories = pack.categories.map(category => category.id)
  const held =
    person === 'guest' ? [] : (person.categories ?? []).map(item => (typeof item === 'string' ? item : item.id))
  const unknown = (word: string, known: readonly string[], place: Path, mustBeKnown: boolean) => {
    const near = nearest(word, known)
    if (known.includes(word) || (!mustBeKnown && near === undefined)) return []
    const hint =
      near === undefined
        ? { zh: '请改正或删去', en: 'correct or remove it' }
        : { zh: `是不是 “${near}”？`, en: `did you mean "${near}"?` }
    return [
      warning(
        'vector-word',
        [...path, ...place],
        `用例 “${id}” 里的 “${word}” 在本政策里没有定义，${hint.zh}`,
        `vector "${id}" names "${word}", which this policy does not define; ${hint.en}`,
      ),
    ]
  }
  return [
    ...held.flatMap((word, index) => unknown(word, categories, ['person', 'categories', index], false)),
    ...(visit.service === undefined ? [] : unknown(visit.service, services, ['visit', 'service'], false)),
    ...Object.keys(expect.subsidyFen).flatMap(word => unknown(word, funds, ['expect', 'subsidyFen', word], true)),
    ...Object.keys(balances).flatMap(word => unknown(word, allowances, ['balances', word], true)),
    ...Object.keys(pots).flatMap(word => unknown(word, funds, ['pots', word], true)),
  ]
}
