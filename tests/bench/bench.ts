import { benchQuote } from './quote.ts'

/** `npm run -s bench -- NAME`: measures one thing and prints one JSON line. */

const usage = `npm run -s bench -- NAME
  quote   20,000 位虚构老人在最大的一份政策下各结一次账 / prices one visit each of 20,000 made-up seniors under the largest policy
  code    在自己画的画面上比较四种识码程序 / compares four code decoders on frames that it draws itself
  camera  真浏览器里、假摄像头前，从画面到文字要多久 / from frame to text in a real browser before a fake camera`

const benches: Readonly<Record<string, () => object | Promise<object>>> = {
  quote: benchQuote,
  code: async () => (await import('./code.ts')).benchCode(),
  camera: async () => (await import('./camera.ts')).benchCamera(),
}

const [name, ...more] = process.argv.slice(2)
const bench = name !== undefined && more.length === 0 && Object.hasOwn(benches, name) ? benches[name] : undefined
if (bench !== undefined) console.log(JSON.stringify(await bench()))
else {
  if (name !== undefined)
    console.error(`没有这项测量：${[name, ...more].join(' ')} / there is no such bench: ${[name, ...more].join(' ')}`)
  console.error(usage)
  process.exitCode = 2
}
