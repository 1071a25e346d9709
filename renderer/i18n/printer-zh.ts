/** Words about receipts and their printer. */
export const printerZh = {
  printer: '打印机',
  printerStates: {
    starting: '正在找',
    ready: '就绪',
    'paper-low': '纸快用完',
    'paper-out': '没纸了',
    'cover-open': '盖子开着',
    fault: '停了',
    gone: '没连上',
  },
  printKeys: { none: '打印', waiting: '等着', printed: '补打', unsure: '补打' },
  printReceiptOf: (key: string, time: string) => `${key}，${time} 这一笔的小票`,
  printReceipt: '打印小票',
  receiptWaits: '小票在等打印机',
  receiptPrinted: '小票已打印',
  printHint: '按 F9 撤销、T 打印上一笔',
  printLines: '打印一份带走',
  lastSlip: '模拟打印机刚打出',
  noSlipYet: '还没有打过',
}
