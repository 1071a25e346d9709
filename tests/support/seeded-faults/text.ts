import { soundBase } from '../sound-pack.ts'

/** Texts that are no JSON, each with the line and column at which it stops being any and a word of the advice. */
export const textFaults: readonly (readonly [name: string, text: string, at: readonly [number, number], zh: string])[] =
  [
    ['a comma too many', '{\n  "a": [1, 2,]\n}', [2, 13], '逗号'],
    ['a comma missing', '{\n  "a": 1\n  "b": 2\n}', [3, 3], '缺逗号'],
    ['a Chinese comma', '{\n  "a": 1，\n  "b": 2\n}', [2, 9], '中文标点'],
    ['Chinese quotes', '{\n  “a”: 1\n}', [2, 3], '中文标点'],
    ['single quotes', "{\n  'a': 1\n}", [2, 3], '双引号'],
    ['a comment', '{\n  // three yuan\n  "a": 1\n}', [2, 3], '注释'],
    ['a text without its end', '{\n  "a": "b\n}', [2, 8], '双引号'],
    ['a number that is none', '{\n  "a": 01\n}', [2, 8], '值'],
    ['a file that breaks off', '{\n  "a": {', [2, 9], '断'],
    ['nothing', '', [1, 1], '断'],
    ['two packs in one file', '{}\n{}', [2, 1], '多了'],
    ['a byte-order mark', `\u{FEFF}${JSON.stringify(soundBase, null, 2)}`, [1, 1], 'BOM'],
  ]
