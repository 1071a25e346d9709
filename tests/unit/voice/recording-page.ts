import { clipFile, clipIds, clipText, numberSigns, phrases } from '../../../shared/voice/phrases.ts'

/** How signs are said that stand at the end of an amount or a time. */
const ends = ['unit-yuan', 'unit-jiao', 'unit-fen', 'starts']

function manner(clip: string): string {
  if (clip === 'hello') return 'friendly; a name could stand here'
  if (clip === 'own-pay') return 'level: an amount follows'
  if (clip === 'starts') return 'falling: a time stands before it'
  if (!Object.hasOwn(numberSigns, clip)) return 'a whole sentence, falling at its end'
  return ends.includes(clip) ? 'level or falling a little: more may follow' : 'level, short, as inside of a number'
}

function english(clip: string): string {
  return Object.entries(phrases).find(([id]) => id === clip)?.[1].en ?? 'part of a number, an amount or a time'
}

/** The recording script, from the very list that the voice speaks by. */
export function recordingPage(): string {
  const rows = clipIds.map(clip => `| \`${clipFile(clip)}\` | ${clipText(clip)} | ${manner(clip)} | ${english(clip)} |`)
  return `# Recording a site's own voice 录音稿

Made from \`shared/voice/phrases.ts\` by a test; do not edit by hand (\`AIXIN_WRITE_DOCS=1 npx vitest run --project unit tests/unit/voice/recording-script.test.ts\`).

Without a Chinese voice of the system a till speaks through **placeholders of a synthesiser** (espeak-ng): robotic and hard on seniors. ${clipIds.length} recordings of one
person replace them. 没有系统中文语音时，终端用合成的占位语音，生硬难懂；请一个人录下面 ${clipIds.length} 条来替换。

1. One person, one sitting, one microphone, about 20 cm away, in a quiet room without echo. 同一个人、同一次、同一支话筒，安静不回响。
2. Standard Chinese, calm and friendly, 180 to 220 signs a minute, the same loudness throughout. No music, no sound before or after. 普通话，平稳亲切，每分钟 180–220 字，响度一致。
3. Record each line alone. A comma is a short rest. Numbers and units are joined without a pause: say them level, without stretching. 数字和单位要平、短，机器会连起来放。
4. Cut the silence at both ends (leave about 10 ms), bring all to the same loudness (about -20 dB RMS, peaks under -1 dB).
5. Save as WAV, PCM, 16 bit, **one channel**, 16 to 48 kHz, 0.1 to 8 s each, under exactly the names below, into \`DIR/voice/\`, where \`DIR\` is the till's data folder.
6. Start the program again. \`npm run doctor -- --data DIR\` names every file that is missing or not usable, and the till shows how many. A set that is not whole is **not used at all**:
   two voices in one sentence are worse than the placeholder.

The sentences of the notice on faces, read aloud before somebody can choose, are spoken by a voice of the system or by placeholders of their own (face-notice-*.wav, named by
the notice's version); a site does not record them yet, and staff can always read them. 人脸说明书的五句话暂不录音。

Names are not recorded: no set of clips has every name, and a till says all names or none. Only a voice of the system says them.

| file | text 文字 | how 怎么说 | meaning |
|---|---|---|---|
${rows.join('\n')}
`
}
