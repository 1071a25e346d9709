export type Language = 'zh' | 'en'

const zh = {
  title: '护理员签到',
  otherLanguage: 'English',
  opening: '正在打开…',
  none: '这部手机还没有开通',
  noneNext: '请站长在站里给您一个码，用这部手机扫一下',
  notWhole: '这个链接不完整',
  notWholeNext: '请站长再给一个码，重新扫',
  goOn: '用原来的',
  notKept: '这个浏览器存不住东西。请不要用无痕窗口',
  look: '对准站里屏幕上的码',
  lookNext: '不用网络。手机不记谁来过',
  noCamera: '相机打不开，请输入六位数字',
  other: '这不是站里屏幕上的码',
  elsewhere: '这一台没有给您的手机开通，请找站长',
  type: '输入六位数字',
  typeNow: '输入站里屏幕上的六位数字',
  where: '在哪一台签到？',
  back: '返回',
  clear: '清除',
  answer: '您的答码',
  answerNext: '给站里的摄像头或扫码枪看，或念给站里输入',
  answerOnce: '一分钟左右有效，只用一次',
  answerLabel: '给站里扫的码',
  again: '再扫一次',
}

export type CarerWords = typeof zh

const en: CarerWords = {
  title: 'Carer sign-in',
  otherLanguage: '中文',
  opening: 'Opening …',
  none: 'This phone is not set up yet',
  noneNext: 'A station lead shows you a code at the station: read it with this phone',
  notWhole: 'This link is not whole',
  notWholeNext: 'Ask the station lead for another code and read that',
  goOn: 'Go on with the old one',
  notKept: 'This browser keeps nothing. Please use no private window',
  look: "Point at the code on the station's screen",
  lookNext: 'Needs no network. The phone notes nobody',
  noCamera: 'The camera does not open; please type the six digits',
  other: "That is no code of a station's screen",
  elsewhere: 'This till gave your phone no key: ask the station lead',
  type: 'Type the six digits',
  typeNow: "Type the six digits on the station's screen",
  where: 'At which till?',
  back: 'Back',
  clear: 'Clear',
  answer: 'Your answer',
  answerNext: "Show it to the station's camera or scanner, or have it typed there",
  answerOnce: 'Good for about a minute, and once',
  answerLabel: 'The code for the station to read',
  again: 'Read again',
}

export const carerWords: Readonly<Record<Language, CarerWords>> = { zh, en }
