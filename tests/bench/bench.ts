import { benchCard } from './card.ts'
import { benchQuote } from './quote.ts'

/** `npm run -s bench -- NAME`: measures one thing and prints one JSON line. */

const usage = `npm run -s bench -- NAME
  card    从放卡到认出老人，pcscd 被杀之后多久能再读 / from a card in the reader to its senior, and how soon after pcscd was killed
  quote   20,000 位虚构老人在最大的一份政策下各结一次账 / prices one visit each of 20,000 made-up seniors under the largest policy`

const [name, ...more] = process.argv.slice(2)
if (name === 'quote' && more.length === 0) console.log(JSON.stringify(benchQuote()))
else if (name === 'card' && more.length === 0) console.log(JSON.stringify(await benchCard()))
else {
  if (name !== undefined)
    console.error(`没有这项测量：${[name, ...more].join(' ')} / there is no such bench: ${[name, ...more].join(' ')}`)
  console.error(usage)
  process.exitCode = 2
}
