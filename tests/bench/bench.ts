import { parseArgs } from 'node:util'
import { benchCard } from './card.ts'
import { benchFace } from './face.ts'
import { benchQuote } from './quote.ts'

/** `npm run -s bench -- NAME`: measures one thing and prints one JSON line. */

const usage = `npm run -s bench -- NAME
  sync    五天没有网络，4,500 笔上传要多久 / how long 4,500 sales of five days offline take to reach the province
  intake  省级服务器一秒收多少笔 / how many records a second the province takes
  roster  十万位老人到本机名单要多久，同时用餐的人等多久 / how long 100,000 seniors take to the roster, and how long people wait meanwhile
  card    从放卡到认出老人，pcscd 被杀之后多久能再读 / from a card in the reader to its senior, and how soon after pcscd was killed
  quote   20,000 位虚构老人在最大的一份政策下各结一次账 / prices one visit each of 20,000 made-up seniors under the largest policy
  code    在自己画的画面上比较四种识码程序 / compares four code decoders on frames that it draws itself
  camera  真浏览器里、假摄像头前，从画面到文字要多久 / from frame to text in a real browser before a fake camera
  face --data DIR   比对 DIR/person/*.jpg 里的人脸 / finds and compares the faces of DIR/person/*.jpg`

/** What each measurement does with the words after its name; null where they are wrong. */
const benches: Readonly<Record<string, (words: string[]) => Promise<object> | object | null>> = {
  card: words => (words.length === 0 ? benchCard() : null),
  sync: async words => (words.length === 0 ? (await import('./sync.ts')).benchSync() : null),
  intake: async words => (words.length === 0 ? (await import('./intake.ts')).benchIntake() : null),
  roster: async words => (words.length === 0 ? (await import('./roster.ts')).benchRoster() : null),
  quote: words => (words.length === 0 ? benchQuote() : null),
  code: async words => (words.length === 0 ? (await import('./code.ts')).benchCode() : null),
  camera: async words => (words.length === 0 ? (await import('./camera.ts')).benchCamera() : null),
  face: words => {
    const { values } = parseArgs({ args: words, options: { data: { type: 'string' } } })
    return values.data === undefined ? null : benchFace(values.data)
  },
}

const [name = '', ...more] = process.argv.slice(2)
const result = Object.hasOwn(benches, name) ? await benches[name]?.(more) : null
if (result === null || result === undefined) {
  if (name !== '')
    console.error(`没有这项测量：${[name, ...more].join(' ')} / there is no such bench: ${[name, ...more].join(' ')}`)
  console.error(usage)
  process.exitCode = 2
} else console.log(JSON.stringify(result))
