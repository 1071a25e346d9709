import { type Problem, words } from './words.ts'

/** Words about services: who gives them, to whom, when and where. */
export const visitProblems = {
  NO_STATION: {
    staff: words('本站没有开通上门和到站服务', 'This site gives no services'),
    senior: null,
    next: words('请平台给本站配上服务目录', 'Ask the province to give this site its catalogue'),
  },
  VISIT_GONE: {
    staff: words('这次服务已经不在进行中了', 'This visit is not running any more'),
    senior: null,
    next: words('看一下今天的清单', "Look at the day's list"),
  },
  VISIT_COUNTED: {
    staff: words(
      '这次服务不是今天、本班记的，不能撤销',
      'This visit was not counted today and in this shift: it cannot be taken back',
    ),
    senior: null,
    next: words('到“退款”里按日期或姓名找，把钱退回', 'Find it under refunds, by day or name, and give the money back'),
  },
  VISIT_NEEDS: {
    staff: words('先选好服务和护理员', 'First choose the service and the carer'),
    senior: null,
    next: words('选服务，护理员输工号密码', 'Choose the service; the carer enters their PIN'),
  },
  VISIT_GIVER: {
    staff: words('{carer} 不做“{service}”这项服务', '{carer} does not give "{service}"'),
    senior: null,
    next: words('换一位能做的护理员', 'Choose a carer who does'),
  },
  SENIOR_IN_VISIT: {
    staff: words(
      '这位 {time} 已签到“{service}”，还没签退',
      'This person signed in to “{service}” at {time}, and not out yet',
    ),
    senior: null,
    next: words('先把那一次签退，再签新的', 'Sign them out of that one first'),
  },
  CARER_BUSY: {
    staff: words(
      '{carer} {time} 起正在服务另一位，不能同时在两处',
      '{carer} has been with somebody else since {time} and cannot be in two places',
    ),
    senior: null,
    next: words('等那一次签退，或换一位护理员', 'Wait until that one ends, or choose another carer'),
  },
  CARER_ON_WAY: {
    staff: words(
      '{carer} 上一处刚结束，路上还要 {minutes} 分钟',
      '{carer} has just left another place and needs {minutes} more minutes for the way',
    ),
    senior: null,
    next: words('到了再签，或换一位护理员', 'Sign in on arrival, or choose another carer'),
  },
  CARER_DAY_FULL: {
    staff: words(
      '{carer} 这一天到 {minutes} 分钟，超过 {most} 分钟要站长在岗',
      '{carer} comes to {minutes:minute|minutes} on that day; more than {most} needs a station lead on duty',
    ),
    senior: null,
    next: words('请站长开班后签到，或换一位护理员', 'A lead opens the shift, or choose another carer'),
  },
  CARER_PIN_WRONG: {
    staff: words('护理员密码对不上，请再输一次', "That is not the carer's PIN: once more, please"),
    senior: null,
    next: words('请本人再输', 'The carer enters it again'),
  },
  CARER_PIN_LOCKED: {
    staff: words('这位护理员的密码先停用了', "This carer's PIN rests now"),
    senior: null,
    next: words('请站长给新密码', 'A station lead gives a new one'),
  },
  CARER_PIN_NONE: {
    staff: words('这位护理员在本机还没有密码', 'This carer has no PIN at this till yet'),
    senior: null,
    next: words('请站长给第一个密码', 'A station lead gives the first one'),
  },
  PROXY_PIN_WRONG: {
    staff: words('代办人密码对不上，请再输一次', "That is not the proxy's PIN: once more, please"),
    senior: null,
    next: words('请代办人本人再输', 'The proxy enters it again'),
  },
  PROXY_PIN_LOCKED: {
    staff: words('这位代办人的密码先停用了', "This proxy's PIN rests now"),
    senior: null,
    next: words(
      '请站长给新密码，或请长者刷卡、扫码',
      "A station lead gives a new one, or take the senior's card or code",
    ),
  },
  PROXY_PIN_NONE: {
    staff: words('这位代办人在本机还没有密码', 'This proxy has no PIN at this till yet'),
    senior: null,
    next: words('请站长给第一个密码', 'A station lead gives the first one'),
  },
  PROXY_NOT_YET: {
    staff: words('{proxy} 的代办登记从 {date} 才开始', 'The registration of {proxy} begins on {date}'),
    senior: null,
    next: words('请长者刷卡、扫码，或由工作人员核对本人', "The senior's card or code, or staff compare the person"),
  },
  PROXY_ENDED: {
    staff: words('{proxy} 的代办登记到 {date} 已结束', 'The registration of {proxy} ended on {date}'),
    senior: null,
    next: words(
      '要续，请站长在餐台重新登记（查找本人，再按 G）；现在请长者刷卡、扫码或核对本人',
      "To go on, a lead registers them anew at the till (find the person, then G); now the senior's card or code, or compare",
    ),
  },
  PROXY_OF_ANOTHER: {
    staff: words('这位不是这位长者登记的代办人', 'This is not a registered proxy of this senior'),
    senior: null,
    next: words(
      '请长者刷卡、扫码或核对本人；要代办，先由站长在餐台登记（查找本人，再按 G）',
      "The senior's card or code, or compare; a lead registers a proxy at the till (find the person, then G)",
    ),
  },
  PROXY_NOT_NEEDED: {
    staff: words('已经刷了卡或扫了码，不用代办人密码', 'A card or code was shown: no PIN of a proxy is needed'),
    senior: null,
    next: words('照常签到、签退', 'Sign in or out as usual'),
  },
  VISIT_JUST_BEGUN: {
    staff: words('刚刚才签到，还不到一分钟', 'Signed in less than a minute ago'),
    senior: null,
    next: words(
      '服务做完再签退；签错了，选提前结束，不收费',
      'Sign out when it is done; if it was a mistake, end it early at no charge',
    ),
  },
  VISIT_FORGOTTEN: {
    staff: words(
      '{time} 签到，到日终（凌晨四点）或 {hours} 小时还没签退，时长不算数',
      'Signed in at {time}, and not out by 04:00 or within {hours:hour|hours}: its length cannot be counted',
    ),
    senior: null,
    next: words('选提前结束（不收费），再把实际时间补录', 'End it early at no charge, then enter the true times late'),
  },
  VISIT_EARLY: {
    staff: words(
      '才 {minutes} 分钟，不到 {least} 分钟：提前结束要写原因，不收费',
      '{minutes:minute|minutes} of at least {least}: an early end takes a reason and costs nothing',
    ),
    senior: null,
    next: words('选原因，或接着服务', 'Choose a reason, or go on'),
  },
  VISIT_COMPARE: {
    staff: words('这笔补贴要核对本人', 'This subsidy needs a closer look at the person'),
    senior: words('请稍等，我们来办', 'One moment, please'),
    next: words(
      '本人在：核对过按 V，或刷卡扫码；不在：按 B 先按原价，查实后补差',
      'They are here: compare and press V, or their card; if not: B takes the list price, made good later',
    ),
  },
  VISIT_UNPROVEN: {
    staff: words('缺定位：没有证明人在现场', 'No location: nothing shows that they were at the place'),
    senior: null,
    next: words('请护理员看站里屏幕上的码，输进来', "The carer types the code on the station's screen"),
  },
  ORDER_CANCELLED: {
    staff: words('这个预约已经取消了', 'This order was taken back'),
    senior: null,
    next: words(
      '还要服务的，再按一次就按没有预约的办',
      'If it is wanted all the same, press once more: it goes on without the order',
    ),
  },
  ORDER_DONE: {
    staff: words('这个预约已经签过到了', 'This order was signed in to already'),
    senior: null,
    next: words('看一下今天的清单', "Look at the day's list"),
  },
  STATION_CODE_USED: {
    staff: words('这个码已经用过一次了', 'This code was used already'),
    senior: null,
    next: words('等屏幕上换一个新码', 'Wait for the next one on the screen'),
  },
  STATION_CODE_STALE: {
    staff: words('这个码是之前的，已经过时', 'This code was shown here before and is out of date'),
    senior: null,
    next: words('看现在屏幕上的码', 'Take the one on the screen now'),
  },
  STATION_CODE_UNKNOWN: {
    staff: words('这不是本站屏幕上的码', "This is no code of the station's screen"),
    senior: null,
    next: words('看准六位数字再输', 'Look at the six digits again'),
  },
  STATION_CODE_HOME: {
    staff: words('上门服务不用站里的码', "A service at home is not proven by the station's code"),
    senior: null,
    next: words('照常签到，记为缺定位', 'Sign in as usual: it is noted without a location'),
  },
  CARER_ANSWER_USED: {
    staff: words('手机上的这个答码已经用过一次了', "This answer of the phone's was used already"),
    senior: null,
    next: words('等站里换一个新码，再用手机扫一次', 'Wait for the next station code and read it with the phone'),
  },
  CARER_ANSWER_STALE: {
    staff: words('手机上的这个答码过时了', "This answer of the phone's is out of date"),
    senior: null,
    next: words('用手机再扫一次现在的码', 'Read the code on the screen now with the phone'),
  },
  CARER_ANSWER_NONE: {
    staff: words('这位护理员的手机在本机没有开通', 'No phone of this carer may answer at this till'),
    senior: null,
    next: words(
      '先输密码；站长在服务签到里按 P 开通手机',
      'Their PIN works; a lead sets the phone up: P on the list of visits',
    ),
  },
  CARER_ANSWER_UNKNOWN: {
    staff: words(
      '这个答码对不上：不是本人手机的，或扫的是别处的码',
      "Not the answer of a carer's phone to this screen's code",
    ),
    senior: null,
    next: words(
      '用本人手机扫本机屏幕上的码再试，或输密码',
      "Read the code of this screen with the carer's own phone, or use the PIN",
    ),
  },
  CARER_ANSWER_REST: {
    staff: words('答码错了太多次，先停几分钟', 'Too many wrong answers: they rest for some minutes'),
    senior: null,
    next: words('先用护理员的密码', "The carer's PIN works meanwhile"),
  },
  CARER_ANSWER_WHERE: {
    staff: words('现在没有在等手机答码', 'Nobody waits for an answer of a phone now'),
    senior: null,
    next: words('先请老人签到；换护理员按 C，再按 A', 'Sign the senior in first; to change the carer press C, then A'),
  },
  CARER_ANSWER_OTHER: {
    staff: words(
      '这次已经由{carer}来做，没有换成{other}',
      '{carer} is here for this already: {other} did not take over',
    ),
    senior: null,
    next: words(
      '要换人：按 C，请新来的输密码，或再按 A 输手机上的八位答码',
      'To change the carer press C: the other one enters their PIN, or press A for the eight digits',
    ),
  },
  LATE_VISIT_TIMES: {
    staff: words(
      '起止时间不对：最长 {hours} 小时，不能在将来',
      'The times do not fit: {hours:hour|hours} at most, and not in the future',
    ),
    senior: null,
    next: words(
      '核对日期和时间；凌晨四点前开始的，日期填前一天',
      'Check date and times; what began before 04:00 is of the day before',
    ),
  },
  LATE_VISIT_OVERLAP: {
    staff: words(
      '这段时间本人或护理员在另一次服务里（{time}）',
      'The person or the carer was in another visit then ({time})',
    ),
    senior: null,
    next: words('核对时间，或看一下那天的清单', "Check the times, or look at that day's list"),
  },
  FOLLOW_UP_GONE: {
    staff: words('这一条不用再跟进了', 'This needs no follow-up any more'),
    senior: null,
    next: words('看一下今天的清单', "Look at the day's list"),
  },
} as const satisfies Record<string, Problem>
