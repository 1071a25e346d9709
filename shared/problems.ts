import { z } from 'zod'

interface Words {
  readonly zh: string
  readonly en: string
}

/** What staff read, what the senior may see (null: the neutral "please wait"), and what to do next. `{name}` stands for a value. */
interface Problem {
  readonly staff: Words
  readonly senior: Words | null
  readonly next: Words
}

const words = (zh: string, en: string): Words => ({ zh, en })

/**
 * Every outcome that is not the ordinary one, in plain words. Used by the screens, the log and the exit text of commands.
 * The wording never names a person's category, and never says refused, failed or invalid.
 */
export const problems = {
  // why a price is not the usual one
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
      'Subsidised from {minMinutes} minutes on; check the check-out',
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

  // identification
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

  // faces
  FACE_ENGINE_MISSING: {
    staff: words('人脸比对用不了，缺少程序文件', 'Comparing faces cannot start: files of the program are missing'),
    senior: words('请用社会保障卡或长者码', 'Please use the card or the elder code'),
    next: words('刷卡或扫码；请重新安装程序', 'Use card or code; install the program again'),
  },
  FACE_ENGINE_LOST: {
    staff: words('人脸比对中断了', 'Comparing faces was interrupted'),
    senior: words('请用社会保障卡或长者码', 'Please use the card or the elder code'),
    next: words('再试一次，或刷卡、扫码', 'Try once more, or use card or code'),
  },
  FACE_MODEL_BAD: {
    staff: words(
      '自带的人脸模型和说明不全或不配：{detail}',
      'The own face model and its manifest do not fit: {detail}',
    ),
    senior: null,
    next: words('改正说明文件，或用程序自带的模型', 'Correct the manifest, or use the shipped model'),
  },
  FACE_MODEL_CHANGED: {
    staff: words('自带的人脸模型和登记的不是同一个文件', 'The own face model is not the file that its manifest names'),
    senior: null,
    next: words('换回原来的文件，或重新核对它的来源', 'Put the right file back, or check where it is from'),
  },
  FACE_OFF: {
    staff: words('本点没有开通人脸', 'Faces are off at this site'),
    senior: words('请刷卡或扫码', 'Please use the card or the code'),
    next: words('用卡、码或姓名', 'Use card, code or name'),
  },
  FACE_NOT_ALLOWED: {
    staff: words('平台还没有准许本站点用人脸', 'The province has not allowed faces at this site'),
    senior: null,
    next: words('请主管部门先评估、再开通', 'The bureau assesses it first, then allows it'),
  },
  FACE_NO_MATCH: {
    staff: words('两次没认准，请用卡、码或姓名', 'No match after two tries: use card, code or name'),
    senior: words('请刷卡或扫码', 'Please use the card or the code'),
    next: words('刷卡、扫码，或按 / 报姓名', 'Card, code, or / for the name'),
  },
  FACE_TRY_AGAIN: {
    staff: words('这次没认准，可再看一次镜头', 'Not sure yet: one more look is possible'),
    senior: words('请再看一次圆圈', 'Please look at the circle once more'),
    next: words('再看一次，或用卡、码、姓名', 'Look again, or use card, code or name'),
  },
  FACE_NO_TURN: {
    staff: words('这次没看清转头，请核对本人', 'No turn of the head seen: compare the person'),
    senior: words('没关系，请刷卡或扫码', 'Never mind: card or code will do'),
    next: words('用卡、码或姓名，也可再看一次', 'Card, code or name, or one more look'),
  },
  FACE_NOT_ENROLLED: {
    staff: words('没开通人脸，用卡、码或姓名', 'Face not enrolled: use card, code or name'),
    senior: words('请刷卡或扫码', 'Please use the card or the code'),
    next: words('用卡、码或姓名', 'Use card, code or name'),
  },
  FACE_ENGINE_DIFFERS: {
    staff: words('人脸模型换过了，要重新采集', 'The face model is another one now: enrol again'),
    senior: words('请刷卡或扫码', 'Please use the card or the code'),
    next: words('先用卡、码或姓名；有空重新采集', 'Card, code or name now; enrol again later'),
  },
  FACE_ONLY_WITH_OTHER: {
    staff: words(
      '这里不能在全部会员里找一张脸，先刷卡、扫码或报姓名',
      'One face is not looked for among all members here: card, code or name first',
    ),
    senior: words('请刷卡或扫码', 'Please use the card or the code'),
    next: words('找到这位以后，再按 F1 看镜头', 'Then F1 compares the face'),
  },
  FACE_STAFF_COMPARES: {
    staff: words('像，但不够准，请核对本人', 'Alike, but not sure enough: compare the person'),
    senior: null,
    next: words('核对本人，或用卡、码', 'Compare the person, or use card or code'),
  },
  FACE_DIFFERS: {
    staff: words('脸和登记的不太一样，请核对本人', 'The face is not much alike, compare the person'),
    senior: null,
    next: words('换了发型、眼镜也会这样', 'New hair or glasses can do this'),
  },
  FACE_UNCLEAR: {
    staff: words('镜头里要有一张脸，只要一张', 'One face in the picture, and only one'),
    senior: words('请一个人看圆圈', 'One person in the circle, please'),
    next: words('再拍一次', 'Take it again'),
  },
  FACE_PHOTO_DIFFERS: {
    staff: words('这张和前面的不像同一个人，请再拍', 'This photo does not fit the ones before: take it again'),
    senior: words('请再看一次圆圈', 'Please look at the circle once more'),
    next: words('正脸、光线均匀，再拍一次', 'Face the camera in even light, and take it again'),
  },
  FACE_TRIAL_MISSED: {
    staff: words('试认没认出，还不算开通', 'The trial did not recognise the person: not enrolled yet'),
    senior: words('请再看一次圆圈', 'Please look at the circle once more'),
    next: words('再试一次，或重新采集', 'Try once more, or take the photos again'),
  },
  ENROLMENT_OVER: {
    staff: words('这次开通已结束，什么都没有存', 'This enrolment is over; nothing was stored'),
    senior: null,
    next: words('从头再来', 'Begin again'),
  },
  ENROLMENT_STEP: {
    staff: words('前面还有一步没做', 'A step before this one is missing'),
    senior: null,
    next: words('先听说明并选择，再采集、试认', 'Notice and choice first, then photos and trial'),
  },
  NOTICE_OLD: {
    staff: words('说明书换了新版，请重读第 {version} 版', 'The notice changed: read version {version}'),
    senior: null,
    next: words('读新版再选', 'Read the new one, then choose'),
  },
  CONSENT_UNFIT: {
    staff: words('先同意开通人脸，才能选别的站点', 'Other sites need the consent to the face first'),
    senior: null,
    next: words('请重新选择', 'Choose again'),
  },
  FACE_MEMBERS_ONLY: {
    staff: words('只给本站点会员开通', 'Only members of this site are enrolled here'),
    senior: null,
    next: words('请到本站点开通', 'Enrol at their own site'),
  },
  PORTRAIT_BAD: {
    staff: words('照片要小于 20 KB 的 JPEG', 'The picture must be a JPEG below 20 KB'),
    senior: null,
    next: words('再拍一张', 'Take another one'),
  },
  FACE_COUNT_HIGH: {
    staff: words(
      '本机已有 {count} 张人脸，满 {limit} 要向网信部门备案',
      '{count} faces are enrolled here; from {limit} on they are filed with the cyberspace administration',
    ),
    senior: null,
    next: words('请告知主管部门；不用的先删', 'Tell the bureau; delete what is not used'),
  },

  // the sale itself
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
      'This proxy has collected {count} portions; more needs a station lead',
    ),
    senior: words('请稍等，我们来办', 'One moment, please'),
    next: words('站长输 PIN，或取消代领（F4）', "A lead's PIN lets it go on, or take the proxy back (F4)"),
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
    staff: words('已记 {count} 位，一共 {yuan} 元', '{count} people recorded, {yuan} yuan in all'),
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
  ONE_AT_A_TIME: {
    staff: words('屏幕上的一位还没办完', 'Somebody is still on the screen'),
    senior: null,
    next: words('先入账、搁置或放下这一位', 'Record, park or put that one away first'),
  },
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
  LATE_TOO_OLD: {
    staff: words(
      '只能补录最近 {days} 天的餐，从 {date} 起',
      'Meals of the last {days} days can be entered, from {date} on',
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
  KIOSK_SELLS: {
    staff: words('现在由自助机收款', 'The kiosk sells now'),
    senior: null,
    next: words('要在这里收款，先在自助机上输密码', 'To sell here, enter your PIN at the kiosk first'),
  },
  KIOSK_NEEDS_STAFF: {
    staff: words('这一笔要工作人员来收', 'This one needs a member of staff'),
    senior: null,
    next: words('请按“请人帮忙”', 'Press “Call for help”'),
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

  // the machine
  DEVICE_FAULT: {
    staff: words('{device}没连上，别的方式照常', '{device} is not connected; the other ways work'),
    senior: words('请用别的方式，我们来帮您', 'Please use another way; we will help'),
    next: words('检查接线，或重插一次', 'Check the cable, or plug it in again'),
  },
  PCSC_ABSENT: {
    staff: words('读卡服务没有运行，扫码照常', 'The card service is not running; codes work'),
    senior: words('请扫长者码', 'Please use the elder code'),
    next: words('请装并启动 pcscd', 'Install and start pcscd'),
  },
  NO_CAMERA: {
    staff: words('没有找到摄像头，刷卡照常', 'No camera found; cards work'),
    senior: words('请刷社会保障卡', 'Please use the card'),
    next: words('插上摄像头', 'Plug in the camera'),
  },
  CAMERA_REFUSED: {
    staff: words('摄像头没有获准，刷卡照常', 'The camera was not allowed; cards work'),
    senior: words('请刷社会保障卡', 'Please use the card'),
    next: words('在设置里允许摄像头', 'Allow the camera in the settings'),
  },
  PRINTER_NONE: {
    staff: words('这台机器没有设打印机', 'No printer is set up at this machine'),
    senior: null,
    next: words(
      '照常营业；要打小票，请维护人员在设置里加上',
      'Go on serving; for paper, have one added to the settings',
    ),
  },
  PUBLIC_SCREEN_GONE: {
    staff: words('顾客屏没有连上，入账照常', 'The customer screen is not connected; sales go on'),
    senior: null,
    next: words('查它的电源和线；先把实付念给老人听', 'Check its power and cable; read the amount out meanwhile'),
  },
  PRINTER_GONE: {
    staff: words('打印机没连上，照常收银，小票先不打', 'The printer is not connected: go on selling, without paper'),
    senior: null,
    next: words('看看电源和线；连上后补打最近几张', 'Check its power and cable; the last slips print once it is back'),
  },
  PRINTER_PAPER_OUT: {
    staff: words('打印机没纸了，照常收银，小票先不打', 'The printer is out of paper: go on selling, without paper'),
    senior: null,
    next: words('有空时换纸；换好后自动打最近几张', 'Change the roll when there is time; the last slips print then'),
  },
  PRINTER_COVER_OPEN: {
    staff: words(
      '打印机盖子开着，照常收银，小票先不打',
      'The cover of the printer is open: go on selling, without paper',
    ),
    senior: null,
    next: words('盖好盖子，自动打最近几张', 'Close it; the last slips print then'),
  },
  PRINTER_FAULT: {
    staff: words('打印机停了，照常收银，小票先不打', 'The printer has stopped: go on selling, without paper'),
    senior: null,
    next: words('关掉再开；还不行请联系维护', 'Switch it off and on; else call support'),
  },
  PRINT_UNSURE: {
    staff: words('{time} 有一张小票可能没打完', 'A slip at {time} may not have been printed to its end'),
    senior: null,
    next: words('要的话，在“刚才几笔”按“补打”', 'If it is wanted, press Reprint in the last sales'),
  },
  PRINTS_DROPPED: {
    staff: words(
      '打印机停着时，有 {count} 张较早的小票没打',
      'While the printer stood still, {count} older slips were not printed',
    ),
    senior: null,
    next: words(
      '账都在；要的话，在“刚才几笔”按“打印”',
      'The sales are recorded; print from the last sales where one is wanted',
    ),
  },
  DISK_LOW: {
    staff: words('磁盘快满，剩 {mb} MB，暂停入账', 'The disk is nearly full, {mb} MB left: sales stop'),
    senior: words('请稍等，我们来办', 'One moment, please'),
    next: words('清出 200 MB 以上空间', 'Free at least 200 MB'),
  },
  DISK_FULL: {
    staff: words('磁盘已满，刚才这一步没有存上', 'The disk is full; this step was not stored'),
    senior: words('请稍等，我们来办', 'One moment, please'),
    next: words('清出空间，再做一次', 'Free some space, then do it again'),
  },
  DISK_SHRINKING: {
    staff: words('磁盘只剩 {mb} MB，少于 200 MB 就要暂停入账', 'The disk has {mb} MB left; below 200 MB sales stop'),
    senior: null,
    next: words('照常营业，今天就清出空间', 'Go on serving, and free some space today'),
  },
  DISK_UNWRITABLE: {
    staff: words(
      '磁盘写不进去，暂停入账；已入账的都在',
      'The disk takes no writes: sales stop; what was recorded is kept',
    ),
    senior: words('请稍等，我们来办', 'One moment, please'),
    next: words(
      '请检查磁盘、接线和权限；好了会自己恢复，不行请联系维护',
      'Check the disk, its cable and permissions; it goes on by itself, else call support',
    ),
  },
  BACKUP_FAILED: {
    staff: words(
      '今天的备份没有成功（{detail}），稍后自动再试',
      'The backup of today did not succeed ({detail}); it is tried again',
    ),
    senior: null,
    next: words(
      '照常营业；检查备份文件夹的空间和权限',
      'Go on serving; check room and permissions of the backup folder',
    ),
  },
  HISTORY_MISSING: {
    staff: words(
      '之前的记录还没从平台补回，本期补贴先记为待补差',
      'Earlier records are still to come back from the province: subsidies are pending claims until then',
    ),
    senior: null,
    next: words('照常营业；连上网络就会自动补回', 'Go on serving; they come back by themselves with a network'),
  },
  LANE_AWAY: {
    staff: words(
      '一号机连不上（{time} 起），本机单独营业',
      'The first till is out of reach since {time}: this one goes on alone',
    ),
    senior: null,
    next: words(
      '照常营业；请看一号机和两台机器之间的网线',
      'Go on serving; look at the first till and the cable between the two',
    ),
  },
  LANE_UNHEARD: {
    staff: words(
      '有 {count} 笔已由本机改记，一号机上的那份等连上后自动作废',
      '{count} sold here instead; what the first till may have of them is voided once it is back',
    ),
    senior: null,
    next: words('不用做什么；连上一号机就好', 'Nothing to do; it needs the first till to be back'),
  },
  LANE_ASKED: {
    staff: words(
      '有 {count} 笔问过一号机、还没有回音；记上的会自动补到本机',
      '{count} were put to the first till without an answer; what it recorded shows here once it is back',
    ),
    senior: null,
    next: words('不用做什么；连上一号机就好', 'Nothing to do; it needs the first till to be back'),
  },
  LANE_GONE: {
    staff: words(
      '有 {count} 笔（{time} 起）问过 {terminal}，它已停用，不知记了没有',
      '{count} since {time} were put to {terminal}, which is out of service: it may have recorded them',
    ),
    senior: null,
    next: words(
      '请主管部门按那台的账核对，再在联网页收起',
      'Have the bureau compare with its ledger, then put this away on the sync screen',
    ),
  },
  LANE_STRANGER: {
    staff: words(
      '平台名单上没有本站的一号机，本机单独营业',
      "The province's list names no other first till here: this one goes on alone",
    ),
    senior: null,
    next: words('请核对本机的设置，或联系主管部门', "Check this till's settings, or call the bureau"),
  },
  LANE_PORT: {
    staff: words(
      '二号机要用的端口 {port} 被占用，二号机暂时单独营业',
      'Port {port} for the second till is taken: that one goes on alone',
    ),
    senior: null,
    next: words('请联系维护；空出来会自动接上', 'Call support; it listens again by itself once the port is free'),
  },
  LANE_VOID_LATER: {
    staff: words('这一笔记在一号机，现在连不上', 'This sale is in the first till, which is out of reach now'),
    senior: null,
    next: words('连上后再撤销，或在一号机上撤销', 'Void it once the till is back, or at the first till'),
  },
  OWED_AT_FIRST: {
    staff: words('有 {yuan} 元补差在一号机', '{yuan} yuan of an earlier meal wait at the first till'),
    senior: null,
    next: words('照常用餐；下次到一号机领', 'Serve as usual; they are paid at a meal at the first till'),
  },
  DATABASE_DAMAGED: {
    staff: words('账本校验没有通过，暂停入账', 'The ledger does not check out: sales stop'),
    senior: words('请稍等，我们来办', 'One moment, please'),
    next: words('请联系维护，用备份恢复', 'Call support; restore from a backup'),
  },
  DATABASE_NEWER: {
    staff: words('数据来自更新的版本，请先升级本程序', 'The data belong to a newer version: update this program first'),
    senior: null,
    next: words('升级后再开', 'Update, then start again'),
  },
  DATABASE_IN_USE: {
    staff: words('数据正被另一个程序使用', 'Another program is using these data'),
    senior: null,
    next: words('先关掉另一个', 'Close the other one first'),
  },
  DATA_FOLDER_UNUSABLE: {
    staff: words('数据文件夹不能写：{path}', 'The data folder cannot be written: {path}'),
    senior: null,
    next: words('检查路径、权限，磁盘是否只读', 'Check the path, its permissions, and whether the disk is read-only'),
  },
  KEY_WRONG: {
    staff: words('打不开数据：密钥不对', 'The data do not open: the key is not theirs'),
    senior: null,
    next: words('换回原来的密钥文件', 'Put back the original key file'),
  },
  CONFIG_BAD: {
    staff: words('配置有一处不认识：{path}', 'The configuration has a problem at {path}: {detail}'),
    senior: null,
    next: words('改正后再开', 'Correct it, then start again'),
  },
  CODE_KEYS_BAD: {
    staff: words(
      '新来的签发名单没有换上（{detail}），原来的照常',
      'The new list of code issuers was not taken ({detail}); the old one goes on',
    ),
    senior: null,
    next: words('请告诉平台；扫码和刷卡照常', 'Tell the province; codes and cards go on'),
  },
  POLICY_BAD: {
    staff: words(
      '新政策包没有通过检查，继续用旧的：{detail}',
      'The new policy pack did not pass; the old one stays: {detail}',
    ),
    senior: null,
    next: words('请主管部门重发', 'Ask the bureau to send it again'),
  },
  NOT_ENROLLED: {
    staff: words('本机还没有登记到平台', 'This terminal is not enrolled yet'),
    senior: words('请稍等，我们来办', 'One moment, please'),
    next: words('输入登记码', 'Enter the enrolment code'),
  },
  ENROLMENT_REFUSED: {
    staff: words('登记码用过了或不对', 'The enrolment code was used, or is another one'),
    senior: null,
    next: words('请主管部门发新的', 'Ask the bureau for a new one'),
  },
  PROVINCE_FALSE: {
    staff: words(
      '对方不是登记时的平台，没有交换任何数据',
      'The other side is not the enrolled province; nothing was exchanged',
    ),
    senior: null,
    next: words('检查网络和地址', 'Check the network and the address'),
  },
  PROVINCE_UNREACHABLE: {
    staff: words('平台连不上，离线可用', 'The province cannot be reached; working offline'),
    senior: null,
    next: words('网络恢复后自动上传', 'Records go out by themselves when the network is back'),
  },
  TERMINAL_STRUCK_OFF: {
    staff: words('平台已停用本机', 'The province has struck this terminal off'),
    senior: words('请稍等，我们来办', 'One moment, please'),
    next: words('请联系主管部门', 'Call the bureau'),
  },
  CHAIN_FORKED: {
    staff: words(
      '平台上已有同号的另一份账，这里的先留着',
      'The province holds another ledger under this number; this one is kept here',
    ),
    senior: null,
    next: words('照常营业，请主管部门重新登记本机', 'Go on serving; ask the bureau to enrol this terminal anew'),
  },
  RECORD_REFUSED: {
    staff: words('有 {count} 笔平台要人看一下', '{count} records need a person at the province'),
    senior: null,
    next: words('在同步页看说明', 'See the sync screen'),
  },
  USB_GONE: {
    staff: words('没有找到这个优盘', 'This USB stick is not there'),
    senior: null,
    next: words('插好优盘，等几秒再选', 'Plug it in, wait some seconds, and choose again'),
  },
  USB_FULL: {
    staff: words('优盘空间不够，什么也没有写', 'The USB stick has no room; nothing was written'),
    senior: null,
    next: words('换一个优盘，或清出一些空间', 'Take another stick, or free some room on it'),
  },
  USB_UNWRITABLE: {
    staff: words(
      '优盘写不进去，或中途拔掉了（{detail}）',
      'The USB stick cannot be written, or was pulled out ({detail})',
    ),
    senior: null,
    next: words(
      '记录都还在本机；重新插好再写，或换一个',
      'All records are still here; plug it in again, or take another',
    ),
  },
  USB_EMPTY: {
    staff: words('优盘上没有给本机的回件', 'There is no answer for this terminal on the USB stick'),
    senior: null,
    next: words(
      '换送去平台的那个优盘；还没写过就先写到优盘',
      'Take the stick that went to the province; if none did, write one first',
    ),
  },
  USB_NOT_ANSWERED: {
    staff: words(
      '这个优盘还没有送到平台，上面没有回件',
      'This USB stick has not been to the province yet: no answer is on it',
    ),
    senior: null,
    next: words(
      '把优盘送到平台或有网的站点，处理后再带回来',
      'Take it to the province or to a station with a network, and bring it back',
    ),
  },
  USB_OTHER_TERMINAL: {
    staff: words(
      '优盘上的回件是给 {terminal} 的，不是本机的',
      'The answer on the USB stick is for {terminal}, not for this terminal',
    ),
    senior: null,
    next: words('把它带到那台终端；本机的换一个优盘', 'Take it to that terminal; for this one take another stick'),
  },
  USB_OLDER: {
    staff: words(
      '优盘上的回件是恢复以前的，或太早的，没有采用',
      'The answer on the USB stick is of before this terminal was restored, or too old; it was not taken',
    ),
    senior: null,
    next: words('再写一次到优盘，送去平台', 'Write the stick once more, and take it to the province'),
  },
  USB_DAMAGED: {
    staff: words(
      '优盘上的回件有改动或损坏，没有采用',
      'The answer on the USB stick was changed or is damaged; it was not taken',
    ),
    senior: null,
    next: words('请平台再写一次，最好换一个优盘', 'Have the province write it again, best on another stick'),
  },
  USB_CUT: {
    staff: words('优盘上的回件不完整，没有采用', 'The answer on the USB stick is cut off; it was not taken'),
    senior: null,
    next: words(
      '请平台再写一次，写完再拔',
      'Have the province write it again, and pull the stick only when it is done',
    ),
  },
  NO_POLICY: {
    staff: words('还没有收到补贴政策', 'No policy has arrived yet'),
    senior: words('请稍等，我们来办', 'One moment, please'),
    next: words('联网同步一次', 'Connect and sync once'),
  },
  PORT_IN_USE: {
    staff: words('端口 {port} 已被占用', 'Port {port} is in use'),
    senior: null,
    next: words('换一个端口，或关掉占用它的程序', 'Choose another port, or close the program that holds it'),
  },
  VOICE_PARTIAL: {
    staff: words(
      '本站录音还差 {count} 条，先不用：{file}',
      "{count} of the site's own recordings are missing or not usable, so none is used: {file}",
    ),
    senior: null,
    next: words('照录音稿补齐，再启动程序', 'Record the rest by the script, then start the program again'),
  },
  SIMULATOR_OFFLINE: {
    staff: words('动态码要联网领取，纸码和卡照常', 'A fresh code needs the network; paper code and card work'),
    senior: null,
    next: words('用纸码或卡', 'Use the paper code or the card'),
  },
  CORE_LOST: {
    staff: words('程序正在重新启动，刚才确认的都已保存', 'The program is restarting; what was confirmed is safe'),
    senior: words('请稍等', 'One moment, please'),
    next: words('稍等几秒', 'A few seconds'),
  },
  UNEXPECTED: {
    staff: words('程序遇到没想到的情况，账本没有受影响', 'Something unexpected happened; the ledger is unharmed'),
    senior: words('请稍等，我们来办', 'One moment, please'),
    next: words('再试一次；再出现请联系维护', 'Try again; call support if it returns'),
  },
} as const satisfies Record<string, Problem>

export type ProblemCode = keyof typeof problems

const codes = Object.keys(problems)

function isProblemCode(value: string): value is ProblemCode {
  return codes.includes(value)
}

export const problemCode = z.custom<ProblemCode>(
  value => typeof value === 'string' && isProblemCode(value),
  'unknown problem code',
)

/** A problem's words in one language with its values filled in. */
export function sayProblem(
  code: ProblemCode,
  values: Readonly<Record<string, string | number>>,
  language: 'zh' | 'en',
  part: 'staff' | 'next' = 'staff',
): string {
  return fill(problems[code][part][language], values)
}

/** Puts values into the `{name}` places of a text; a place without a value stays as it is. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}
