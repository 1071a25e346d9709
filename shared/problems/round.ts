import { type Problem, words } from './words.ts'

/** Words about delivery rounds. */
export const roundProblems = {
  ROUND_CODE_DAMAGED: {
    staff: words('送餐二维码没读全', 'The code of the round was not read whole'),
    senior: null,
    next: words('手机亮度调高，离摄像头一掌远，再照一次', 'Turn the phone brighter and hold it a hand away, once more'),
  },
  ROUND_CODE_UNKNOWN: {
    staff: words('这张送餐单不归本机记', 'This till does not record that round'),
    senior: null,
    next: words(
      '联网后会自动收到；或到记这张单的那台机子上交',
      'With a network it comes by itself; or hand it in at the till that records it',
    ),
  },
  ROUND_CODE_FORGED: {
    staff: words(
      '这个送餐二维码不是那部手机做的，没有收',
      'This code was not made by the phone of the round; nothing was taken',
    ),
    senior: null,
    next: words(
      '请送餐员打开手机上的送餐单，再照一次',
      'Have the courier open the round on their phone, and show it once more',
    ),
  },
  ROUND_WAITS_SHIFT: {
    staff: words(
      '{count} 户送餐结果等着入账',
      '{count:stop of the round waits|stops of the round wait} to be recorded',
    ),
    senior: null,
    next: words('开班以后自动入账', 'They are recorded once a shift is open'),
  },
  ROUND_WAITS_CLOSED: {
    staff: words(
      '今天已日结，{count} 户明天记成补录',
      'Today is closed; {count:stop becomes a late entry|stops become late entries} tomorrow',
    ),
    senior: null,
    next: words('不用再交，什么也没丢', 'Nothing is lost, and nothing has to be handed in again'),
  },
  ROUND_WAITS_MENU: {
    staff: words(
      '{count} 户的菜不在菜单上，或本机还没有政策',
      'What {count:stop|stops} had is not on the menu, or there is no policy here yet',
    ),
    senior: null,
    next: words('联网同步后自动入账；不行请找平台', 'They are recorded after a sync; else ask the province'),
  },
  ROUND_WAITS_DAY: {
    staff: words('{count} 户的送餐结果早到了，单子的日子还没到', '{count:stop|stops} of the round came before its day'),
    senior: null,
    next: words('到了那天自动入账，什么也没丢', 'They are recorded on that day by themselves; nothing is lost'),
  },
  ROUND_NOT_YET: {
    staff: words(
      '这张送餐单的日子还没到，今天不能记',
      'The day of that round has not come; nothing of it is noted today',
    ),
    senior: null,
    next: words('按“下一张”看今天的单', 'Go on to the round of today with Next'),
  },
  ROUND_GONE: {
    staff: words('这张送餐单已经不在本机', 'That round is no longer at this till'),
    senior: null,
    next: words('看看别的单', 'Look at the others'),
  },
  ROUND_STOP_DONE: {
    staff: words('这一户已经记过', 'That stop is recorded already'),
    senior: null,
    next: words('没有重复记；要改请用退款', 'Nothing was recorded twice; a refund puts it right'),
  },
  FOLLOW_UPS_OPEN: {
    staff: words(
      '送餐时有 {count} 位老人没见到或不太好',
      '{count:senior was|seniors were} not seen, or not well, at the door',
    ),
    senior: null,
    next: words('按 F10 更多，送餐：有人看过就记下', 'F10 More, Delivery: note it once somebody has seen them'),
  },
} as const satisfies Record<string, Problem>
