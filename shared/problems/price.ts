import { type Problem, words } from './words.ts'

/** Words about why a price is not the usual one. */
export const priceProblems = {
  LIMIT_MEAL: {
    staff: words('这一餐的补贴已用过，下一餐恢复', "This meal's subsidy is used; it resumes next meal"),
    senior: null,
    next: words('可按优惠价用餐', 'The meal can be sold at the shop price'),
  },
  LIMIT_DAY: {
    staff: words('今天的补贴 {cap} 次已用完，明天恢复', "Today's {cap} subsidised meals are used; resumes tomorrow"),
    senior: null,
    next: words('可按优惠价用餐', 'The meal can be sold at the shop price'),
  },
  LIMIT_WEEK: {
    staff: words('本周补贴 {cap} 次已用完，下周一恢复', "This week's {cap} subsidised meals are used; resumes Monday"),
    senior: null,
    next: words('今天可按优惠价用餐', 'Today the meal can be sold at the shop price'),
  },
  LIMIT_MONTH: {
    staff: words('本月额度已用完，下月 1 日恢复', "This month's subsidy is used; resumes on the 1st"),
    senior: null,
    next: words('可按优惠价用餐', 'The meal can be sold at the shop price'),
  },
  LIMIT_YEAR: {
    staff: words('今年额度已用完，明年恢复', "This year's subsidy is used; resumes next year"),
    senior: null,
    next: words('可按优惠价用餐', 'The meal can be sold at the shop price'),
  },
  BELOW_MIN: {
    staff: words('满 {minYuan} 元才有补贴', 'Subsidy starts at {minYuan} yuan'),
    senior: null,
    next: words('可换一种餐，或按优惠价', 'Another set, or the shop price'),
  },
  ABOVE_MAX: {
    staff: words('这个价位没有补贴', 'No subsidy at this price'),
    senior: null,
    next: words('可换一种餐，或按优惠价', 'Another set, or the shop price'),
  },
  MIN_OWN_PAY: {
    staff: words('个人至少付 {minYuan} 元', 'At least {minYuan} yuan is paid by the senior'),
    senior: null,
    next: words('照常收款', 'Go on as usual'),
  },
  FUND_EXHAUSTED: {
    staff: words('这笔资金本期已用完，其余照常', 'This fund is used up for now; the rest goes on'),
    senior: null,
    next: words('照常收款；请告知主管部门', 'Go on as usual; tell the bureau'),
  },
  ALLOWANCE_SPENT: {
    staff: words('本期额度已用完或不够，差额自付', 'The allowance is used up or does not cover all of it'),
    senior: null,
    next: words('照常收款，下期恢复', 'Go on as usual; it returns next period'),
  },
  PAID_BY_INSURANCE: {
    staff: words('这次由长护险支付，不再重复补贴', 'Long-term-care insurance pays this visit; not paid twice'),
    senior: null,
    next: words('按长护险结算', 'Settle it with the insurance'),
  },
  SERVICE_NOT_COVERED: {
    staff: words('这项服务不在补贴目录里', 'This service is not in the subsidised catalogue'),
    senior: null,
    next: words('可按原价或优惠价', 'List or shop price'),
  },
  SET_NOT_COVERED: {
    staff: words('这种套餐没有补贴', 'No subsidy for this set meal'),
    senior: null,
    next: words('可换一种套餐', 'Another set can be chosen'),
  },
  SITE_NOT_COVERED: {
    staff: words('这项补贴不在本站点使用', 'This benefit is not for this site'),
    senior: null,
    next: words('可按优惠价', 'The shop price applies'),
  },
  TIME_NOT_COVERED: {
    staff: words('这个时段没有补贴', 'No subsidy at this hour'),
    senior: null,
    next: words('可按优惠价', 'The shop price applies'),
  },
  TOO_SHORT: {
    staff: words(
      '服务满 {minMinutes} 分钟才有补贴，请核对签退',
      'Subsidised from {minMinutes:minute|minutes} on; check the check-out',
    ),
    senior: null,
    next: words('核对签到签退时间', 'Check the times of check-in and check-out'),
  },
  MEAL_NOT_COVERED: {
    staff: words('这一餐段没有补贴，按优惠价', 'No subsidy in this meal period'),
    senior: words('这一餐按优惠价', 'This meal is at the shop price'),
    next: words('可按优惠价用餐', 'The meal can be sold at the shop price'),
  },
  WEEKDAY_ONLY: {
    staff: words('补贴只在工作日，今天按优惠价', 'Subsidy on working days only'),
    senior: words('今天按优惠价', 'Shop price today'),
    next: words('可按优惠价用餐', 'The meal can be sold at the shop price'),
  },
  CHANNEL: {
    staff: words('补贴只限堂食', 'Dine-in only'),
    senior: words('带走按优惠价', 'Takeaway is at the shop price'),
    next: words('改堂食，或按优惠价', 'Dine in, or the shop price'),
  },
  EXCLUDED_CLASS: {
    staff: words('这项补贴由别处发放，不在这里用', 'Covered by another scheme'),
    senior: null,
    next: words('可按优惠价用餐', 'The meal can be sold at the shop price'),
  },
  OUT_OF_AREA: {
    staff: words('有一份补贴要在户籍所在地用，其余照常', 'One share applies in the home area only'),
    senior: null,
    next: words('照常收款', 'Go on as usual'),
  },
  AGE_NOT_YET: {
    staff: words('{date} 起可享补贴', 'Subsidy starts on {date}'),
    senior: null,
    next: words('今天按原价或优惠价', 'List or shop price today'),
  },
  ENTITLEMENT_EXPIRED: {
    staff: words('资格 {date} 到期，可请社区续办', 'Entitlement ended {date}; the community can renew it'),
    senior: null,
    next: words('今天按优惠价', 'Shop price today'),
  },
  SITE_SUSPENDED: {
    staff: words('本点暂停补贴，按优惠价', 'Subsidy is paused at this site'),
    senior: words('今天按优惠价', 'Shop price today'),
    next: words('可按优惠价用餐；请联系主管部门', 'Sell at the shop price; ask the bureau'),
  },
  POLICY_NOT_IN_FORCE: {
    staff: words('今天没有生效的补贴政策，按原价', 'No policy is in force today: list price'),
    senior: null,
    next: words('联网后再查一次', 'Look again when online'),
  },
  CLAIM_PENDING: {
    staff: words(
      '暂时核不到额度，先按原价，查实后下次补差',
      'The right cannot be proven now; made good at a later visit',
    ),
    senior: words('查实后补给您', 'The difference will be paid back to you'),
    next: words('照常收款，由省平台核定', 'Go on as usual; the province decides'),
  },
} as const satisfies Record<string, Problem>
