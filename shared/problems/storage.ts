import { type Problem, words } from './words.ts'

/** Words about the disk, backups, the second till, the program on its machine. */
export const storageProblems = {
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
  RESTORE_CUT: {
    staff: words(
      '上次恢复备份中途断了，账本没有换完；原来的在 {path}',
      'A restore was cut off before the ledger was exchanged; the one that was here is in {path}',
    ),
    senior: null,
    next: words('再运行一次同样的恢复命令', 'Run the same restore once more'),
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
} as const satisfies Record<string, Problem>
