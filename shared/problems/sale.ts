import { type Problem, words } from './words.ts'

/** Words about the sale itself: what is sold, who collects it, who pays for several. */
export const saleProblems = {
  NOT_MEAL_TIME: {
    staff: words('现在不是用餐时间，{time} 开始', 'Outside meal time; starts at {time}'),
    senior: words('{time} 开始', 'Starts at {time}'),
    next: words('请稍后再来', 'Please come back then'),
  },
  SOLD_OUT: {
    staff: words('{set} 售完，可换一种', '{set} is sold out'),
    senior: words('这份售完了，请换一种', 'Sold out: please choose another'),
    next: words('按数字键换一种', 'Press a digit for another set'),
  },
  PRICE_CHANGED: {
    staff: words('价格有变，请看新价再记', 'The price changed: look at the new one'),
    senior: words('请看一下价格', 'Please look at the price'),
    next: words('按回车记新价', 'Enter records the new price'),
  },
  CHECK_IN_GONE: {
    staff: words('这一笔已结束，没有入账', 'This check-in is over; nothing was recorded'),
    senior: null,
    next: words('请再刷一次', 'Present the card or code again'),
  },
  AMOUNT_NOT_OPEN: {
    staff: words(
      '加菜要在 {least} 到 {most} 元之间，按 {step} 元一档',
      'From {least} to {most} yuan, in steps of {step}',
    ),
    senior: null,
    next: words('请重新输金额', 'Please type the amount again'),
  },
  TICKET_FULL: {
    staff: words('这一单放不下更多了', 'No more fits on this ticket'),
    senior: null,
    next: words('先记这一单，再开一单', 'Record this one, then begin another'),
  },
  PART_AMOUNT: {
    staff: words('先付的要大于 0、小于实付', 'The first part is more than 0 and less than what is to be paid'),
    senior: null,
    next: words('现金按 0.10 元一档，再输一次', 'Cash goes in steps of 0.10; type it again'),
  },
  NEWEST_IS_UNDONE: {
    staff: words('最后一笔已经撤销了', 'The newest sale is undone already'),
    senior: null,
    next: words(
      '要撤销更早的，在“刚才几笔”里按那一笔的“撤销”',
      'To undo an earlier one, press its own key in the list',
    ),
  },
  RESTORE_GONE: {
    staff: words('这一笔已经撤销，恢复不了了', 'That sale is undone for good'),
    senior: null,
    next: words('请再刷一次卡，重新记', 'Present the card again to record it anew'),
  },
  PROXY_NOT_REGISTERED: {
    staff: words('这位长者今天没有登记代领人', 'Nobody is registered to collect for this person today'),
    senior: null,
    next: words(
      '可以先登记代领人（查找本人，再按 G），或请本人来',
      'Register somebody first (find the person, then G), or have the person come',
    ),
  },
  PROXY_WHOSE: {
    staff: words('还不知道替哪位长者代领', 'It is not known yet for whom the meal is collected'),
    senior: null,
    next: words('先刷长者的卡或扫长者码，再按 F4', "First the senior's card or code, then F4"),
  },
  PROXY_IN_PERSON: {
    staff: words('已经认过本人，本人在这里，不用代领', 'The person was recognised and is here, so nobody collects'),
    senior: null,
    next: words('照常入账；代领要用长者的卡或码', "Record as usual; whoever collects brings the senior's card or code"),
  },
  PROXY_STANDS_HERE: {
    staff: words('这一份是代领，来的不是本人，不用认人', 'Somebody else collects this meal, so the person is not here'),
    senior: null,
    next: words('本人来了就先取消代领（F4）', 'If the person has come, take the proxy back first (F4)'),
  },
  PROXY_CARRIES: {
    staff: words('代领的餐是带走的', 'A meal that is collected is carried away'),
    senior: null,
    next: words('本人来堂食就先取消代领（F4）', 'If the person eats here, take the proxy back first (F4)'),
  },
  PROXY_DRAFT: {
    staff: words('还缺姓名、证件后四位或日期', 'Name, last four signs or dates are missing'),
    senior: null,
    next: words('按 / 接着填，日期写成 2026-01-31', '/ goes on writing; dates as 2026-01-31'),
  },
  PROXY_DATES: {
    staff: words('日期要从今天或以后开始，最长一年', 'The dates begin today or later, and span a year at most'),
    senior: null,
    next: words('改一下日期', 'Change the dates'),
  },
  PROXY_KNOWN: {
    staff: words('这位已经登记过了', 'This person is registered already'),
    senior: null,
    next: words('要改日期，先结束原来的登记', 'To change the dates, end the registration first'),
  },
  PROXY_FULL: {
    staff: words('已登记 9 位代领人，放不下了', 'Nine people are registered already'),
    senior: null,
    next: words('先结束一位', 'End one of them first'),
  },
  PROXY_OF_ROSTER: {
    staff: words('这位是名单里登记的，不是在这里登记的', 'This one comes with the roster, and was not registered here'),
    senior: null,
    next: words('请社区在名单里结束', 'The community ends it in the roster'),
  },
  PROXY_MAX: {
    staff: words(
      '这位今天已代领 {count} 份，再领请站长核对',
      'This proxy has collected {count:portion|portions}; more needs a station lead',
    ),
    senior: words('请稍等，我们来办', 'One moment, please'),
    next: words('站长输 PIN，或取消代领（F4）', "A lead's PIN lets it go on, or take the proxy back (F4)"),
  },
  GUEST_ACCOUNT: {
    staff: words('访客没有社保卡账户，不能记在卡上', 'A guest has no card account to pay by'),
    senior: null,
    next: words('收现金（W），或扫码付（E）', 'Take cash (W), or a phone payment (E)'),
  },
  GROUP_TWICE: {
    staff: words('这位已经在一起付的单子上了', 'This person is on the list of those paid together already'),
    senior: words('请稍等，我们来办', 'One moment, please'),
    next: words('请下一位；要改就先把这位拿下来', 'Next person, please; to change it, take this one off first'),
  },
  GROUP_FULL: {
    staff: words('一张单子最多 9 位', 'One list has room for nine'),
    senior: null,
    next: words('先付清这一张，再开一张', 'Pay this list first, then begin another'),
  },
  GROUP_EMPTY: {
    staff: words('单子上还没有人', 'Nobody is on the list yet'),
    senior: null,
    next: words('先刷卡、扫码或按 F2 加一位', 'First a card, a code, or F2'),
  },
  GROUP_NOT_EMPTY: {
    staff: words('单子上还有人，没有付', 'There are people on the list who are not paid for'),
    senior: null,
    next: words('先付清，或一位一位拿下来（按数字）', 'Pay, or take them off one by one (digits)'),
  },
  GROUP_GONE: {
    staff: words('这张单子已经办完了', 'This list is settled already'),
    senior: null,
    next: words('看一下刚才几笔', 'Look at the last sales'),
  },
  GROUP_EARLIER: {
    staff: words(
      '单子上有前一天的，不能记成今天的餐',
      "Somebody on the list came on an earlier day: it is no meal of today's",
    ),
    senior: null,
    next: words('按数字拿下来，再补录那一餐（F10）', 'Take them off (digits), then a late entry (F10)'),
  },
  GROUP_AT_FIRST: {
    staff: words('这台通过一号机记账，不能一起付', 'This till sells through the first one, and takes no groups'),
    senior: null,
    next: words('请到一号机办', 'Please go to the first till'),
  },
  GROUP_RECORDED: {
    staff: words('已记 {count} 位，一共 {yuan} 元', '{count:person|people} recorded, {yuan} yuan in all'),
    senior: words('好了，请取餐', 'All set, please take your meal'),
    next: words('请取餐', 'Meals, please'),
  },
  CLOSE_GROUP: {
    staff: words('一起付的单子还没有办完', 'A list of people paid together is still open'),
    senior: null,
    next: words('按 Esc 回去，付清，或拿下来再按 F5', 'Esc: pay it, or take all off and press F5'),
  },
  PARK_FULL: {
    staff: words('已搁置 6 位，放不下了', 'Six are parked already'),
    senior: null,
    next: words('先取回一位办完（F8）', 'Take one back and settle it first (F8)'),
  },
  PARKED_EARLIER: {
    staff: words('这是前一天搁置的，不能记成今天的餐', "Parked on an earlier day: it is no meal of today's"),
    senior: null,
    next: words('先补录那一餐（F10），再把它放下', 'Record it as a late entry (F10), then put it away'),
  },
  ONE_NOT_RECORDED: {
    staff: words('上一位还没记下', 'The one on the screen is not recorded yet'),
    senior: null,
    next: words('先按回车记下，或按 Esc 取消，再点下一位', 'Enter records it, Esc leaves it; then the next one'),
  },
  LOOK_AT_PRICE: {
    staff: words('先看一下价格', 'Look at the price first'),
    senior: null,
    next: words('没有问题就按回车记下；想知道原因按 I', 'Enter records it; I says why'),
  },
  ONE_AT_A_TIME: {
    staff: words('屏幕上的一位还没办完', 'Somebody is still on the screen'),
    senior: null,
    next: words('先入账、搁置或放下这一位', 'Record, park or put that one away first'),
  },
} as const satisfies Record<string, Problem>
