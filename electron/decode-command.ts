import { parseArgs } from 'node:util'
import { readStillPicture } from '../shared/code-reading/still-picture.ts'
import { loadCodeDecoder } from './code-decoder.ts'
import { type Command, complain } from './command.ts'
import { readPictureFile } from './picture-file.ts'

const help = 'decode IMAGE...   读图片里的码 / read the codes in pictures'

const explained = `用法 / usage: aixin ${help}
  PNG 或 JPEG，每个文件输出一行：文件<TAB>文字。没有码，文字为空。
  一张图里有几个码，输出最上面的，同一行里最左边的。文字里的换行、制表符和别的控制符各变成一个空格。
  文件打不开或坏了，那一行文字为空，在标准错误里说明，退出码为 1。
  PNG or JPEG; prints one line a file: FILE<TAB>TEXT, the text empty where there is no code.
  Of several codes in a picture the topmost is printed, of those beside each other the leftmost. A line break, tab or other control character in a text is printed as a space.
  A file that is missing or damaged has a line without text, is explained on standard error, and makes the exit code 1.`

/** The camera's decoder on files, for trying out printed cards and photographs of them. */
export const decode: Command = {
  help,
  run: async words => {
    const { values, positionals } = parseArgs({
      args: words,
      options: { help: { type: 'boolean', short: 'h', default: false } },
      allowPositionals: true,
    })
    if (values.help) {
      console.log(explained)
      return 0
    }
    if (positionals.length === 0) return complain('请写图片文件', 'name one picture or more')
    const decoder = await loadCodeDecoder()
    let exitCode = 0
    for (const file of positionals) {
      const read = await readPictureFile(file)
      if (read.ok) {
        const [text = ''] = await readStillPicture(decoder, read.picture)
        console.log(`${file}\t${onOneLine(text)}`)
      } else {
        console.log(`${file}\t`)
        console.error(`${file}：${read.zh} / ${file} ${read.en}`)
        exitCode = 1
      }
    }
    return exitCode
  },
}

function onOneLine(text: string): string {
  return text.replace(/\r\n|[\p{Cc}\u2028\u2029]/gu, ' ')
}
