import { type Problem, words } from './words.ts'

/** Words about shifts, the end of a day, and what is done about earlier sales. */
export const dayProblems = {
  NO_SHIFT: {
    staff: words('还没开班，先确认日期和餐段', 'No shift is open: confirm the date first'),
    senior: words('请稍等，我们来办', 'One moment, please'),
    next: words('按回车开班', 'Enter opens the shift'),
  },
  SHIFT_OPEN: {
    staff: words('还有一班没交班', 'A shift is still open'),
    senior: null,
    next: words('按 F12，点钱交班', 'F12: count the drawer and close that shift'),
  },
  SHIFT_UNKNOWN: {
    staff: words('这一天在本机没有开过班', 'No shift was open here on that day'),
    senior: null,
    next: words('看看日期', 'Look at the date'),
  },
  SHIFT_CLOSED: {
    staff: words('这一班已经交班', 'This shift is closed already'),
    senior: null,
    next: words('数错了，用“更正”另记一笔', 'To put a count right, use Correct: a record of its own'),
  },
  DAY_CLOSED: {
    staff: words('今天已日结，新的一天从 4:00 开始', 'Today is closed; the next business day begins at 4:00'),
    senior: words('今天已经收摊了，请问问我们', 'We have closed for today; please ask us'),
    next: words(
      '老人照常吃饭，先记在纸上，明天用“补录”；要退钱，明天用“退款”',
      'Serve the meal, note it on paper and enter it late tomorrow; money goes back tomorrow by a refund',
    ),
  },
  DAY_BEFORE: {
    staff: words('{date}还没有日结', '{date} is not closed yet'),
    senior: null,
    next: words('先办那一天的', 'Close that day first'),
  },
  CLOSE_PARKED: {
    staff: words('还有 {count} 位搁置着，没有入账', '{count} parked check-ins are not settled yet'),
    senior: null,
    next: words('按 F8 一位一位取回，入账或放下', 'Take each back (F8), and record it or put it away'),
  },
  CLOSE_SERVING: {
    staff: words('还有一位没办完', 'Somebody is still being served'),
    senior: null,
    next: words('按 Esc 回去，记下或放弃，再来点钱', 'Esc: record or dismiss that person, then count'),
  },
  CLOSE_VISITS: {
    staff: words('还有 {count} 次服务没签退', '{count:visit has|visits have} not been signed out of'),
    senior: null,
    next: words('在服务站页签退，或提前结束，再日结', "Sign them out on the station's screen, or end them early"),
  },
  CLOSE_CHANGED: {
    staff: words('数字刚刚变了，还没有记', 'The figures have just changed; nothing was recorded'),
    senior: null,
    next: words('再看一眼，再按一次', 'Look once more and press again'),
  },
  CLOSE_NOT_COUNTED: {
    staff: words('先点钱，再交班', 'The drawer is counted before the shift closes'),
    senior: null,
    next: words('点好抽屉里的现金，输进来', 'Count the cash in the drawer and type it in'),
  },
  DIFFERENCE_REASON: {
    staff: words('有差额，要写明原因', 'There is a difference; it needs a reason'),
    senior: null,
    next: words('选一个原因，不用自己垫', 'Choose a reason; nobody has to make it up'),
  },
  TENDER_UNCHECKED: {
    staff: words(
      '有人扫码付过，还没核对收款设备的合计',
      "People paid by phone, and the payment device's total was not read",
    ),
    senior: null,
    next: words('按“重新点”，把设备上的合计也输进来', "Count again, and type the device's total in too"),
  },
  CORRECTION_NOTE: {
    staff: words('更正要写一句原因', 'A correction needs a word why'),
    senior: null,
    next: words('写一句话，只写钱的事', 'A few words, about the money only'),
  },
  AMOUNT_TOO_LARGE: {
    staff: words('这个数太大了，最多 999999.99 元', 'This is too much: 999999.99 yuan at most'),
    senior: null,
    next: words('看一看是不是多按了，删掉再输', 'Look for a digit too many, delete it and go on'),
  },
  SALE_UNKNOWN: {
    staff: words('找不到这一笔', 'This sale is not here'),
    senior: null,
    next: words('看看“刚才几笔”', 'Look at the last sales'),
  },
  SALE_ALREADY_VOID: {
    staff: words('这一笔已经撤销', 'This sale is void already'),
    senior: null,
    next: words('不用再按', 'Nothing more to do'),
  },
  SHIFT_OVER: {
    staff: words('这一笔的班已经结了，不能撤销', 'The shift of this sale is closed; it cannot be undone'),
    senior: null,
    next: words('要退钱，按 F10“更多”，用“退款”', 'Money goes back by a refund: F10 "More"'),
  },
  SALE_ALREADY_REFUNDED: {
    staff: words('这一笔已经退款', 'This sale was refunded already'),
    senior: null,
    next: words('不用再退', 'Nothing more to do'),
  },
  REFUND_MADE_GOOD: {
    staff: words('这一笔的补差已另行核准或付出', 'The difference of this sale was accepted or paid apart from it'),
    senior: null,
    next: words('请街道或民政在平台上办理', 'The office that pays the subsidy settles this'),
  },
  REFUND_AT_FIRST: {
    staff: words('这一笔记在一号机，钱还没有退', 'This sale is in the first till; nothing went back yet'),
    senior: null,
    next: words('请到一号机上退', 'Refund it at the first till'),
  },
  REFUND_ASK_FIRST: {
    staff: words(
      '这一笔的补差可能已由一号机付出，现在问不到，钱还没有退',
      'The first till may have paid the difference of this sale and cannot be asked; nothing went back yet',
    ),
    senior: null,
    next: words('连上一号机后再按一次', 'Press again once the first till is back'),
  },
  REFUND_NEEDS_NETWORK: {
    staff: words('账户退款要联网，钱还没有退', 'A refund to an account needs the network; nothing went back yet'),
    senior: null,
    next: words('联网后再按一次', 'Press again when the network is back'),
  },
  REFUND_WAITING: {
    staff: words(
      '扫码付还没确认到账，钱还没有退',
      'Nobody has said yet whether the phone payment came; nothing went back yet',
    ),
    senior: null,
    next: words('先在“扫码付待确认”里说到账了没有', 'Say first under Phone payments whether it came'),
  },
  PAYMENT_TOLD: {
    staff: words('这一笔已经记过结果，不能再改', 'What came of this payment is recorded already'),
    senior: null,
    next: words('对不上的，交班时写明差额的原因', 'What does not fit is a difference with a reason at the close'),
  },
  PAYMENT_AT_FIRST: {
    staff: words('这一笔记在一号机', 'This sale is in the first till'),
    senior: null,
    next: words('请到一号机上确认', 'Confirm it at the first till'),
  },
  LATE_TOO_OLD: {
    staff: words(
      '只能补录最近 {days} 天的餐，从 {date} 起',
      'Meals of the last {days:day|days} can be entered, from {date} on',
    ),
    senior: null,
    next: words('更早的请交街道或民政核实', 'Older ones go to the office that pays the subsidy'),
  },
  LATE_NOT_YET: {
    staff: words('这一餐还没开始', 'This meal has not begun yet'),
    senior: null,
    next: words('看看日期和餐段', 'Look at the date and the meal'),
  },
  LATE_ALREADY: {
    staff: words('这位的这一餐 {time} 已登记过', "This person's meal was recorded already, at {time}"),
    senior: null,
    next: words('核对纸单，别记两次', 'Compare with the paper list before it counts twice'),
  },
  LATE_GONE: {
    staff: words('这一笔要重新算价', 'This entry has to be priced again'),
    senior: null,
    next: words('再按一次算价', 'Price it once more'),
  },
  APPROVER_SAME: {
    staff: words('要另一位来核准', 'Somebody else has to approve it'),
    senior: null,
    next: words('请同事输密码，或先待核', 'Ask a colleague, or leave it held'),
  },
  STAFF_PIN_WRONG: {
    staff: words('密码对不上，请再输一次', 'That is not the PIN: once more, please'),
    senior: null,
    next: words('也可以先待核', 'Or leave the entry held'),
  },
  STAFF_PIN_LOCKED: {
    staff: words('这位的密码试多了，先停用', 'This PIN rests now after five tries'),
    senior: null,
    next: words(
      '本人开班后重设，或先待核',
      'Its owner sets a new one in a shift of their own, or the entry stays held',
    ),
  },
  STAFF_PIN_NONE: {
    staff: words('这位还没有设密码', 'This colleague has no PIN yet'),
    senior: null,
    next: words(
      '本人开班后在“更多”里设，或先待核',
      'Its owner sets one under More in a shift of their own, or the entry stays held',
    ),
  },
} as const satisfies Record<string, Problem>
