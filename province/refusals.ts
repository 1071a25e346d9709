import type { ProvinceRefusal } from '../shared/province-api.ts'

type Code = ProvinceRefusal['code']

const words: Record<Code, { status: number; zh: string; en: string }> = {
  ENROLMENT_UNKNOWN: {
    status: 403,
    zh: '登记码对不上。请向平台要一个新的登记码',
    en: 'The enrolment code does not match. Ask the province for a new code',
  },
  ENROLMENT_USED: {
    status: 409,
    zh: '登记码已经用过。请向平台要一个新的登记码',
    en: 'The enrolment code is already used. Ask the province for a new code',
  },
  TERMINAL_UNKNOWN: {
    status: 403,
    zh: '平台还不认识这台终端。请先登记终端',
    en: 'The province does not know this terminal. Enrol it first',
  },
  TERMINAL_STRUCK_OFF: {
    status: 403,
    zh: '这台终端已经停用，本机记录照常保存。请联系平台',
    en: 'This terminal has been struck off; its records stay safe on it. Contact the province',
  },
  ENVELOPE_BAD: {
    status: 400,
    zh: '来信不能核对。请检查网络代理，必要时重新登记终端',
    en: 'The envelope cannot be verified. Check for a proxy on the way; enrol the terminal again if it stays so',
  },
  ENVELOPE_REPLAYED: {
    status: 409,
    zh: '这封来信已经收过。终端会用新的编号再发',
    en: 'This envelope was received before. Send again with a higher counter',
  },
  USB_CUT: {
    status: 400,
    zh: '优盘文件不完整，中间或末尾缺了一段。请在终端上再写一次，写完再拔',
    en: 'The file on the stick is cut off or lacks a part. Write it once more at the terminal, and pull the stick only when it is done',
  },
  USB_DAMAGED: {
    status: 400,
    zh: '优盘文件有改动或损坏，或是终端重新登记以前写的，没有收下。请在终端上再写一次，最好换一个优盘',
    en: 'The file on the stick was changed, is damaged, or is of before the terminal was enrolled anew; it was not taken. Write it once more at the terminal, best on another stick',
  },
  USB_OLDER_GENERATION: {
    status: 409,
    zh: '这台终端恢复或换盘以后，平台已收到新账；这份文件是之前的，里面有没收过的记录。请留好优盘，交给平台管理员核对',
    en: 'This terminal was restored since, and its new ledger is already here; this file is older and holds records that never came. Keep the stick, and have whoever runs the province look at it',
  },
  BODY_BAD: {
    status: 400,
    zh: '来信内容读不懂。请更新终端软件',
    en: 'The content cannot be read. Update the terminal software',
  },
  FACE_CONSENT_MISSING: {
    status: 403,
    zh: '平台没有这位长者“别的站点也能刷脸”的同意记录。没有收下任何数据',
    en: 'The province holds no consent of this senior for other sites. Nothing was taken',
  },
  BUSY: {
    status: 503,
    zh: '平台正忙，记录仍在本机。稍后会自动再发',
    en: 'The province is busy; the records stay on the terminal. Try again later',
  },
  TOO_MANY: {
    status: 429,
    zh: '这台终端来信太密，记录仍在本机。过一会儿会自动再发',
    en: 'This terminal asks too often; its records stay on it. Ask again after the stated seconds',
  },
  CLIENT_UNKNOWN: {
    status: 401,
    zh: '平台不认识这个应用，或它已停用。请核对密钥，或向平台要一个新的',
    en: 'The province does not know this app, or it was struck off. Check its secret, or ask for a new one',
  },
  SENIOR_UNKNOWN: {
    status: 404,
    zh: '名单里没有这位老人。请先请社区登记',
    en: 'This senior is not on the roster. Have the community register them first',
  },
  CODES_TOO_MANY: {
    status: 429,
    zh: '这位老人刚才要的码太多。请过几分钟再试，或用纸卡、社保卡',
    en: 'Too many codes for this senior just now. Try again in some minutes, or use the paper card or the social-security card',
  },
  ROUND_UNKNOWN: {
    status: 404,
    zh: '没有这张送餐单。请向站里要一个新的链接',
    en: 'There is no such round. Ask the station for a new link',
  },
  ROUND_OPENED: {
    status: 409,
    zh: '这张送餐单已经在另一部手机上打开。请用那部手机，或向站里要一张新的',
    en: 'This round is already open on another phone. Use that one, or ask the station for a new round',
  },
  ROUND_NOT_TODAY: {
    status: 409,
    zh: '这不是今天的送餐单。请向站里要今天的',
    en: 'This is not a round of today. Ask the station for the one of today',
  },
  ROUND_RESULTS_BAD: {
    status: 400,
    zh: '送餐结果对不上这张单。手机里的没有丢，请到站里用二维码交',
    en: 'The results do not fit this round. Nothing on the phone is lost: hand them in by codes at the station',
  },
  ROUND_TOO_OFTEN: {
    status: 429,
    zh: '问得太密了。请过一会儿再试；手机里记下的都在，会自动再交',
    en: 'This is asked too often. Try again in a while; what the phone has noted stays on it and is handed in by itself',
  },
  CODE_KEY_MISSING: {
    status: 503,
    zh: '现在没有可用的签发密钥。请平台换发签发名单',
    en: 'There is no key to issue codes with now. The province has to publish a new list of code keys',
  },
  DEVICE_KEY_BAD: {
    status: 400,
    zh: '手机密钥对不上，或数量已满。请在手机上重新登记，或先停用旧手机',
    en: 'The key of the phone does not match, or there are too many. Enrol again on the phone, or revoke an old one first',
  },
}

/** A request that the province does not serve; the server sends it as HTTP status and `provinceRefusal`. */
export class Refusal extends Error {
  readonly status: number
  readonly body: ProvinceRefusal
  /** When to ask again, for the header Retry-After; null where that would not help. */
  readonly retryAfterSeconds: number | null
  constructor(code: Code, retryAfterSeconds: number | null = null) {
    super(code)
    const { status, zh, en } = words[code]
    this.status = status
    this.body = { code, zh, en }
    this.retryAfterSeconds = retryAfterSeconds ?? (code === 'BUSY' ? spread() : null)
  }
}

/** Terminals that are sent away at the same moment come back at different ones (s). */
function spread(): number {
  return 3 + Math.floor(Math.random() * 10)
}
