import { type Problem, words } from './words.ts'

/** Words about devices: readers, cameras, the second screen, the printer. */
export const devicesProblems = {
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
  SCANNER_TYPED: {
    staff: words('刚才是扫码枪打的字，没有算数', 'A scanner typed that; it does not count'),
    senior: null,
    next: words('请用手输', 'Type it by hand'),
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
} as const satisfies Record<string, Problem>
