import { type Problem, words } from './words.ts'

/** Words about the province, sticks, and the program as a whole. */
export const provinceProblems = {
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
  PROVINCE_CLOCK_AHEAD: {
    staff: words(
      '平台说今天是 {province}，本机是 {here}',
      'The province says that it is {province}; here it is {here}',
    ),
    senior: null,
    next: words(
      '照常营业；本机日期不对请站长校时，对的就告诉主管部门',
      'Go on serving; the station lead sets a wrong clock here, else tell the bureau',
    ),
  },
  TERMINAL_STRUCK_OFF: {
    staff: words('平台已停用本机', 'The province has struck this terminal off'),
    senior: words('请稍等，我们来办', 'One moment, please'),
    next: words('请联系主管部门', 'Call the bureau'),
  },
  ENROLMENT_GONE: {
    staff: words(
      '平台上没有本机的登记，或已换到别的机器；记录都在本机',
      'The province knows no such enrolment of this terminal any more; all records are safe here',
    ),
    senior: null,
    next: words('照常营业，请主管部门重新登记本机', 'Go on serving; ask the bureau to enrol this terminal anew'),
  },
  CHAIN_FORKED: {
    staff: words(
      '平台上已有同号的另一份账，这里的先留着',
      'The province holds another ledger under this number; this one is kept here',
    ),
    senior: null,
    next: words('照常营业，请主管部门重新登记本机', 'Go on serving; ask the bureau to enrol this terminal anew'),
  },
  RECORDS_MISSED: {
    staff: words(
      '平台说前面缺记录，后面的没有收下，都还在本机',
      'The province misses earlier records, so it takes none of the later ones; all of those are still here',
    ),
    senior: null,
    next: words('照常营业，请联系维护核对账本', 'Go on serving; have support verify the ledger'),
  },
  RECORDS_GIVEN_AGAIN: {
    staff: words(
      '平台恢复了旧备份，本机重新补传 {count} 笔',
      'The province came back from an older copy; {count} records are sent to it again',
    ),
    senior: null,
    next: words('不用做什么，账都在本机', 'Nothing to do; the ledger here is whole'),
  },
  RECORD_REFUSED: {
    staff: words('有 {count} 笔平台要人看一下', '{count} records need a person at the province'),
    senior: null,
    next: words('在同步页看说明', 'See the sync screen'),
  },
  FEED_UNREAD: {
    staff: words(
      '平台发来的有 {count} 条读不懂，先放一边，其余照常',
      '{count} things from the province cannot be read and are set aside; all else goes on',
    ),
    senior: null,
    next: words('请告诉主管部门：重发，或更新程序', 'Tell the bureau: send it again, or update the program'),
  },
  REVOCATION_UNREAD: {
    staff: words(
      '有 {count} 条挂失停用读不懂，不知道是谁的',
      'Revocations that cannot be read: {count}; nobody knows whose they are',
    ),
    senior: null,
    next: words(
      '刷卡扫码的请先看清是不是本人，再请主管部门重发',
      'Make sure that cards and codes are with their owners, and ask the bureau to send it again',
    ),
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
