import { type Problem, words } from './words.ts'

/** Words about the kiosk, settings, the first start, the clock. */
export const settingsProblems = {
  KIOSK_SELLS: {
    staff: words('现在由自助机收款', 'The kiosk sells now'),
    senior: null,
    next: words('要在这里收款，先在自助机上输密码', 'To sell here, enter your PIN at the kiosk first'),
  },
  KIOSK_NEEDS_STAFF: {
    staff: words('这一笔要工作人员来收', 'This one needs a member of staff'),
    senior: null,
    next: words('请按“请人帮忙”', 'Press "Call for help"'),
  },
  LEAD_ONLY: {
    staff: words('这里由站长来改', 'A station lead changes this'),
    senior: null,
    next: words('请站长输密码', 'Ask the station lead for their PIN'),
  },
  LEAD_PIN_WRONG: {
    staff: words('密码对不上，请再输一次', 'That is not the PIN: once more, please'),
    senior: null,
    next: words('连续五次不对就先停用', 'After five wrong ones it rests'),
  },
  LEAD_PIN_LOCKED: {
    staff: words('密码试多了，先停用', 'This PIN rests now after five tries'),
    senior: null,
    next: words(
      '换一位站长，或本人开班后在“更多”里重设',
      'Another lead, or its owner sets a new one under More in a shift of their own',
    ),
  },
  LEAD_PIN_NONE: {
    staff: words('站长还没有设密码', 'The station lead has no PIN yet'),
    senior: null,
    next: words('站长本人开班后，在“更多”里设“我的密码”', 'The lead opens a shift and sets My PIN under More'),
  },
  SETTINGS_CLOSED: {
    staff: words('设置已经关上了', 'The settings are closed again'),
    senior: null,
    next: words('请站长再输一次密码', 'Ask the station lead for the PIN once more'),
  },
  PRICE_MISSING: {
    staff: words('还没有价钱', 'There is no price yet'),
    senior: null,
    next: words('写上大于 0 的价钱', 'Write a price above 0'),
  },
  PRICE_TOO_HIGH: {
    staff: words('价钱太大，最多 {most} 元', 'That price is too high: {most} yuan at most'),
    senior: null,
    next: words('看看是不是多写了几位', 'Look whether there are digits too many'),
  },
  MENU_KEY_TAKEN: {
    staff: words('数字键 {key} 已经是{set}', 'Key {key} is already {set}'),
    senior: null,
    next: words('换一个空着的数字', 'Choose a free one'),
  },
  MENU_KEY_MISSING: {
    staff: words('要有一个数字键，1 到 9', 'It needs a key, 1 to 9'),
    senior: null,
    next: words('选一个空着的数字', 'Choose a free one'),
  },
  MENU_NAME_MISSING: {
    staff: words('还没有名字', 'There is no name yet'),
    senior: null,
    next: words('写上老人叫得出的名字', 'Write the name that people call it by'),
  },
  MENU_EMPTY: {
    staff: words('菜单上至少留一种餐', 'One meal at least stays on the menu'),
    senior: null,
    next: words('先添新的，再撤这一种', 'Add another one first'),
  },
  TEXT_TOO_LONG: {
    staff: words('写得太长，最多 40 个字', 'That is too long: 40 signs at most'),
    senior: null,
    next: words('写短一点', 'Make it shorter'),
  },
  SET_UNKNOWN: {
    staff: words('菜单上没有这一种', 'It is not on the menu'),
    senior: null,
    next: words('看看菜单，再选一次', 'Look at the menu and choose again'),
  },
  DATE_GONE: {
    staff: words('{date}已经过去了，价钱不往回改', '{date} has gone by; no price is changed backwards'),
    senior: null,
    next: words('选今天或以后的日子', 'Choose today or a later day'),
  },
  DATE_FAR: {
    staff: words('日子太远，最多提前一年', 'That is too far ahead: a year at most'),
    senior: null,
    next: words('看看年份写对没有', 'Look at the year'),
  },
  OPERATOR_SAME_NAME: {
    staff: words('已经有一位叫{name}', 'There is somebody named {name} already'),
    senior: null,
    next: words('名字后加一个字，好分清', 'Add a word to tell them apart'),
  },
  OPERATOR_NAME_MISSING: {
    staff: words('还没有名字', 'There is no name yet'),
    senior: null,
    next: words('写上这位的名字', 'Write the name'),
  },
  OPERATOR_ON_SHIFT: {
    staff: words('{name}正在当班', '{name} is on shift'),
    senior: null,
    next: words('换人接班后再停用', 'Switch off once somebody else is on shift'),
  },
  LEAD_LAST: {
    staff: words('至少留一位站长', 'One station lead at least stays'),
    senior: null,
    next: words('先请另一位当站长', 'Make somebody else a lead first'),
  },
  PAUSE_TOO_LONG: {
    staff: words('停留最多 5 秒', 'The pause is 5 seconds at most'),
    senior: null,
    next: words('或改成每次由人确认', 'Or let a person always confirm'),
  },
  PAUSE_NEEDS_STAFF: {
    staff: words('没人值守的点，要留时间看价格', 'Without staff there must be time to see the price'),
    senior: null,
    next: words('至少留 1 秒', 'Leave one second at least'),
  },
  ENROLMENT_UNREADABLE: {
    staff: words('这不是登记码', 'This is no enrolment code'),
    senior: null,
    next: words('再扫一次，或整段抄写，一个字也别漏', 'Scan it again, or copy the whole of it'),
  },
  ENROLMENT_NO_FILE: {
    staff: words('优盘上没有登记码', 'There is no enrolment code on a stick'),
    senior: null,
    next: words(
      '插上主管部门给的优盘，文件叫 aixin-enrolment.json',
      'Plug in the stick of the bureau; the file is aixin-enrolment.json',
    ),
  },
  ENROLMENT_OFFLINE: {
    staff: words('连不上平台，还没有登记', 'The province cannot be reached; nothing is enrolled yet'),
    senior: null,
    next: words(
      '接上网线或无线网再按一次，登记码还能用',
      'Connect the network and press once more; the code is still good',
    ),
  },
  ENROLMENT_ELSEWHERE: {
    staff: words(
      '答话的不是发码的平台，什么也没有交换',
      'Whoever answered did not make this code; nothing was exchanged',
    ),
    senior: null,
    next: words(
      '看看登记码是不是本省的；网络上有没有代理',
      'Look whether the code is of this province, and whether a proxy stands between',
    ),
  },
  ENROLMENT_DONE: {
    staff: words('本机已经登记过了', 'This terminal is enrolled already'),
    senior: null,
    next: words('直接开班就行', 'Just open the shift'),
  },
  DATE_WRONG: {
    staff: words('日期和本机不同，请先校时', 'The date differs from this machine: set the clock'),
    senior: null,
    next: words('请站长校时', 'Ask the station lead'),
  },
  CLOCK_CHECK: {
    staff: words('本机时间不对，请先校时；今天的笔记“时间待核”', 'The clock needs checking'),
    senior: null,
    next: words('请站长校时', 'Ask the station lead'),
  },
  CLOCK_JUMPED: {
    staff: words('本机时间从 {before} 跳到了 {after}', 'The clock jumped from {before} to {after}'),
    senior: null,
    next: words('对的就确认；不对就先把本机时间调回', 'Confirm it if it is right, else set the clock of this machine'),
  },
  OPERATOR_UNKNOWN: {
    staff: words('没有这位操作员', 'No such operator'),
    senior: null,
    next: words('换一位', 'Choose another'),
  },
} as const satisfies Record<string, Problem>
