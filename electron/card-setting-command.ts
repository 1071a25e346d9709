import { parseArgs } from 'node:util'
import { wedgeSettingFrom } from '../shared/wedge-card.ts'
import { type Command, complain } from './command.ts'

/** Finds the setting of a card reader that types, from one tap of a card whose number is known. */
export const cardSetting: Command = {
  help: 'card-setting --typed TEXT --uid HEX   由一张已知的卡定读卡器的格式 / the format of a card reader that types',
  run: async words => {
    const { values } = parseArgs({ args: words, options: { typed: { type: 'string' }, uid: { type: 'string' } } })
    const { typed, uid } = values
    if (typed === undefined || uid === undefined) return complain('缺 --typed 或 --uid', '--typed or --uid is missing')
    const found = wedgeSettingFrom(typed, uid)
    if (found.ok) {
      console.log(JSON.stringify({ id: 'canteen-cards', driver: 'card-reader-wedge', config: found.setting }))
      return 0
    }
    const why = {
      unreadable: ['卡号不对：请写手机读出的十六进制卡号', 'the uid is no hex number as a phone shows it'],
      'other-card': ['对不上：读卡器打的不是这张卡', 'the reader typed the number of another card'],
      ambiguous: ['这张卡定不下来：请换一张卡再试', 'this card fits several settings: tap another one'],
    } as const
    const [zh, en] = why[found.why]
    console.error(`${zh} / ${en}`)
    return 1
  },
}
