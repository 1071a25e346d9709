import { type Problem, words } from './words.ts'

/** Words about who somebody is: cards, codes, PINs, what was shown before. */
export const meansProblems = {
  NOT_ON_ROSTER: {
    staff: words('名单里还没有这位', 'Not on this roster yet'),
    senior: null,
    next: words(
      '可先问平台，或按原价记、查实后补差',
      'Ask the province, or sell at the list price with a pending claim',
    ),
  },
  ROSTER_STALE: {
    staff: words('名单已过期，补贴先记待核，老人照常吃饭', 'The roster is out of date; subsidy is marked pending'),
    senior: null,
    next: words('尽快联网更新名单', 'Connect soon to refresh it'),
  },
  CARD_UNREAD: {
    staff: words('没读到，平放两秒；再不行用长者码', 'Card not read: lay it flat for two seconds, or use the code'),
    senior: words('请把卡平放，停两秒', 'Please lay the card flat for two seconds'),
    next: words('再放一次', 'Try once more'),
  },
  CARD_REMOVED: {
    staff: words('卡拿早了，请再放两秒', 'The card left too early: two more seconds, please'),
    senior: words('请把卡平放，停两秒', 'Please lay the card flat for two seconds'),
    next: words('再放一次', 'Try once more'),
  },
  CARD_MUTE: {
    staff: words('卡放反了，翻过来再放', 'The card is the wrong way round: turn it over'),
    senior: words('请把卡翻过来', 'Please turn the card over'),
    next: words('翻过来再放', 'Turn it over'),
  },
  CARD_FOREIGN: {
    staff: words('这不是社会保障卡', 'This is not a social-security card'),
    senior: words('请用社会保障卡或长者码', 'Please use the social-security card or the elder code'),
    next: words('换社会保障卡，或扫长者码', 'Use the social-security card or the elder code'),
  },
  CARD_NUMBER_CHANGES: {
    staff: words(
      '这张卡（或手机）每次给的号都不一样，认不了人',
      'This card or phone gives another number each time: it cannot stand for a person',
    ),
    senior: words('请用社会保障卡或长者码', 'Please use the social-security card or the elder code'),
    next: words('换社会保障卡，或扫长者码', 'Use the social-security card or the elder code'),
  },
  CARD_DATA_BAD: {
    staff: words('卡里的数据读不懂，请换一种方式', 'The data on this card cannot be read'),
    senior: words('请换一种方式', 'Please use another way'),
    next: words('扫长者码；请社区换卡', 'Use the elder code; the community can replace the card'),
  },
  READER_SETUP: {
    staff: words(
      '读卡器没有配好（PSAM 卡或驱动），扫码照常',
      'The card reader is not set up (PSAM or driver); codes work',
    ),
    senior: words('请用长者码，我们来帮您', 'Please use the elder code; we will help'),
    next: words('重插 PSAM 卡和读卡器；还不行请找厂家', 'Reseat the PSAM and the reader; else ask its maker'),
  },
  CARD_LOST: {
    staff: words('这张卡已挂失，请核对本人', 'This card was reported lost: check the person'),
    senior: null,
    next: words('按 / 用姓名办，或扫长者码', 'Press / to serve them by name, or use the elder code'),
  },
  CARD_BOUND: {
    staff: words('这张卡已是另一位长者的，没有改动', "This card is another senior's; nothing was changed"),
    senior: null,
    next: words(
      '请拿本人的卡；绑错了的，按 / 单刷这张卡，先从那位取下',
      "Use the person's own card; if it was bound by mistake, press / and present it alone to take it off",
    ),
  },
  CARD_OF_ROSTER: {
    staff: words('这张卡是名册里登记的，站点不能取下', 'This card comes with the roster; a site cannot take it off'),
    senior: null,
    next: words(
      '登记错了，请民政部门改名册；卡丢了，按挂失',
      'If the roster is wrong, ask the bureau to correct it; if the card is lost, report it lost',
    ),
  },
  CARD_LOST_BOUND: {
    staff: words('这张卡还挂失着，没有取下', 'This card is reported lost, and was not taken off'),
    senior: null,
    next: words('卡在手里，先按“找回了”，再取下', 'With the card in hand, press "Found" first, then take it off'),
  },
  CARD_CHANGES: {
    staff: words('这张卡每次号码都不一样，记不住', 'This card has another number each time and cannot be kept'),
    senior: null,
    next: words('请换社保卡或别的卡', 'Use the social-security card or another card'),
  },
  MEANS_FITS: {
    staff: words('对上了，是这位的', "It fits: it is this person's"),
    senior: null,
    next: words('接着办', 'Go on'),
  },
  MEMBER_ELSEWHERE: {
    staff: words('这位是别的站点的会员', 'This person is a member of another site'),
    senior: null,
    next: words('吃饭照常；卡请回本站点办', 'Meals go on as usual; cards are looked after at their own site'),
  },
  SENIOR_UNKNOWN: {
    staff: words('先找到是哪一位', 'First find who it is'),
    senior: null,
    next: words('输入姓名、拼音首字母或尾号', 'Type the name, pinyin initials or last digits'),
  },
  PERSON_NOT_FOUND: {
    staff: words('平台上也没有找到这位', 'The province does not know this person either'),
    senior: null,
    next: words('核对姓名和尾号；可先按原价记', 'Check name and digits; or sell at the list price'),
  },
  LOOKUP_OFFLINE: {
    staff: words('现在没有网络，问不到平台', 'No network now: the province cannot be asked'),
    senior: null,
    next: words('先按原价记，查实后补差；联网再查', 'Sell at the list price with a pending claim; ask when online'),
  },
  PIN_WRONG: {
    staff: words('密码对不上，请长者再输一次', 'That is not the PIN: once more, please'),
    senior: null,
    next: words('也可以由工作人员核对本人', 'Or staff can compare the person'),
  },
  PIN_LOCKED: {
    staff: words('密码先停用了，请核对本人', 'The PIN rests now: please compare the person'),
    senior: null,
    next: words('核对本人后可重设密码', 'Once compared, a new PIN can be set'),
  },
  PIN_NONE: {
    staff: words('这位还没有设密码', 'This person has no PIN yet'),
    senior: null,
    next: words('请核对本人', 'Compare the person'),
  },
  PIN_EASY: {
    staff: words('这个密码太好猜，请换一个', 'This PIN is too easy to guess: another one, please'),
    senior: null,
    next: words('不用生日、连号或重复的数', 'No birthday, run of digits or one digit repeated'),
  },
  CODE_UNKNOWN: {
    staff: words('不是长者码，可能是付款码', 'Not an elder code, perhaps a payment code'),
    senior: words('请打开长者码', 'Please open the elder code'),
    next: words('打开长者码再扫，或刷卡', 'Open the elder code, or use the card'),
  },
  CODE_DAMAGED: {
    staff: words('码没扫全，请再放一次', 'The code came through torn: once more, please'),
    senior: words('请再放一次', 'Once more, please'),
    next: words('擦净屏幕或换纸卡', 'Clean the screen, or use the paper card'),
  },
  CODE_EXPIRED: {
    staff: words('码过了时间，刷新一下或用纸卡', 'The code is out of date: refresh it or use the paper card'),
    senior: words('请刷新一下码', 'Please refresh the code'),
    next: words('刷新再扫', 'Refresh and scan'),
  },
  CODE_FROM_FUTURE: {
    staff: words('码的时间比本机早到，请核对两边的时间', 'The code is ahead of this clock: compare the clocks'),
    senior: words('请用社会保障卡', 'Please use the card'),
    next: words('刷卡，或校准时间', 'Use the card, or set the clock'),
  },
  CODE_REPLAYED: {
    staff: words('这个码已经用过，请刷新一下', 'This code was used already: refresh it'),
    senior: words('请刷新一下码', 'Please refresh the code'),
    next: words('刷新再扫', 'Refresh and scan'),
  },
  CODE_REVOKED: {
    staff: words('这张纸码已换新，请用新的或刷卡', 'This paper code was replaced: use the new one or the card'),
    senior: words('请用新的长者码', 'Please use the new code'),
    next: words('用新码或刷卡', 'New code or card'),
  },
  CODE_KEY_UNKNOWN: {
    staff: words('这个码的签发方还不认识，联网后再试', 'The issuer of this code is not known here yet'),
    senior: words('请用社会保障卡', 'Please use the card'),
    next: words('刷卡；联网更新', 'Use the card; connect to update'),
  },
  CODE_FORGED: {
    staff: words('码对不上签名，请核对本人', 'The signature of this code does not match: check the person'),
    senior: words('请用社会保障卡', 'Please use the card'),
    next: words('刷卡，或重新打开长者码', 'Use the card, or open the code again'),
  },
  CODE_NOT_FOR_HERE: {
    staff: words('这个码只在别的站点用，本站不认', 'This code counts at other sites, not here'),
    senior: words('请用社会保障卡', 'Please use the card'),
    next: words('刷卡', 'Use the card'),
  },
  CODE_NEEDS_NETWORK: {
    staff: words(
      '这是{platform}的码，要联网才认得，现在没有网络',
      'A code of {platform}: it needs the network, which is away',
    ),
    senior: words('请刷社会保障卡，或打开长者码', 'Please use the card, or open the elder code'),
    next: words('刷卡，或打开长者码', 'Use the card, or the elder code'),
  },
  CODE_PLATFORM_SILENT: {
    staff: words(
      '{platform}一时没有回音，长者码和刷卡照常',
      '{platform} does not answer just now; cards and elder codes work',
    ),
    senior: words('请刷社会保障卡，或打开长者码', 'Please use the card, or open the elder code'),
    next: words('刷卡，或过一会儿再扫', 'Use the card, or scan again later'),
  },
  CODE_NOBODY: {
    staff: words(
      '{platform}的这个码对不上名单里的人，可能已经过时',
      'This code of {platform} matches nobody here; it may be out of date',
    ),
    senior: words('请刷新一下码', 'Please refresh the code'),
    next: words('刷新再扫，或刷卡', 'Refresh and scan, or use the card'),
  },
  ANOTHER_CAME: {
    staff: words('又读到一张卡或码，屏幕上的一位还没办完', 'Another card or code: this one is not done'),
    senior: null,
    next: words('先办完这位，再请下一位刷一次', 'Finish this one, then present the next again'),
  },
  MEANS_AFTER_FACE: {
    staff: words('读到卡或码：按它办，刚才问的人脸不算', 'By card or code now, not by face'),
    senior: null,
    next: words('看一下姓名；不是这位就按 Esc', 'Look at the name; if it is not this person, press Esc'),
  },
  DUPLICATE_TAP: {
    staff: words('这一餐 {time} 已登记，没有重复记', 'Recorded at {time}, not doubled'),
    senior: words('已经登记好了', 'Already recorded'),
    next: words('请下一位', 'Next person'),
  },
  MADE_GOOD_NOW: {
    staff: words(
      '之前待查的补贴查实了，要补给本人 {yuan} 元',
      'An earlier subsidy was confirmed: {yuan} yuan go back to them',
    ),
    senior: words('之前少补的，今天补给您', 'What was missing before is paid back to you today'),
    next: words('请把钱交给本人，再确认', 'Hand it to the person, then confirm'),
  },
  ASSURANCE_LOW: {
    staff: words('这笔补贴要核对本人', 'This subsidy needs a closer look at the person'),
    senior: words('请输密码，也可以叫我们', 'Please enter the PIN, or call us'),
    next: words('长者输密码，或由工作人员核对', "The senior's PIN, or a member of staff compares"),
  },
} as const satisfies Record<string, Problem>
