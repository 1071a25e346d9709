type Words = { readonly zh: string; readonly en: string }

const names: readonly (readonly [RegExp, string, string])[] = [
  [/^guest$/, '是否访客（for / guest）', 'guest or person (for / guest)'],
  [/^age$/, '年龄', 'age'],
  [/^born$/, '出生日期', 'birth date'],
  [/^category$/, '人员类别', 'categories'],
  [/^household/, '户籍', 'household'],
  [/^residence/, '常住地', 'residence'],
  [/^careGrade$/, '失能等级', 'care grade'],
  [/^heightCm$/, '身高', 'height'],
  [/^meal$/, '餐次', 'meal'],
  [/^weekday$/, '星期', 'weekday'],
  [/^workingDay$/, '工作日', 'working day'],
  [/^time$/, '时刻', 'clock time'],
  [/^channel$/, '就餐方式', 'channel'],
  [/^set$/, '套餐', 'set meal'],
  [/^service$/, '服务项目', 'service'],
  [/^minutes$/, '服务时长', 'minutes'],
  [/^paidByInsurance$/, '长护险支付', 'paid by insurance'],
  [/^siteGrade$/, '站点等级', 'site grade'],
  [/^siteMode$/, '站点类型', 'site mode'],
  [/^sitePlace/, '站点所在地', "the site's place"],
  [/^listed$/, '白名单（补贴只在名单内的站点支付）', 'the whitelist (subsidies are paid at listed sites only)'],
  [/^listPrice$/, '原价', 'list price'],
  [/^runningPrice/, '前几步之后的价格', 'running price'],
]

/** Names the facts of which a condition asks too much. Being a guest is named only where nothing else is. */
export function factWords(facts: readonly string[]): Words {
  const others = facts.filter(fact => fact !== 'guest')
  const told = others.length > 0 ? others : facts
  const found = names.filter(([pattern]) => told.some(fact => pattern.test(fact)))
  return { zh: found.map(([, zh]) => zh).join('、'), en: found.map(([, , en]) => en).join(', ') }
}

/** Names a step for a message: by its title. */
export function titled({ title }: { readonly title: Words }): Words {
  return { zh: `“${title.zh}”`, en: `"${title.en}"` }
}
