import { parseArgs } from 'node:util'
import { type Command, complain } from './command.ts'
import { runFaceCalibrate } from './core/face/calibrate.ts'

/** `aixin face ...`, from the sources: the packaged app carries the networks for its pages only. */
export const face: Command = {
  help: 'face calibrate DIR [--json]   用 DIR/成员/*.jpg 校准人脸阈值 / calibrate face thresholds by DIR/member/*.jpg',
  run: async words => {
    const { values, positionals } = parseArgs({
      args: words,
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const [verb, folder, ...more] = positionals
    if (verb !== 'calibrate' || folder === undefined || more.length > 0)
      return complain(`用法：aixin ${face.help}`, 'write calibrate and one folder')
    const { lines, exitCode } = await runFaceCalibrate({ folder, json: values.json })
    for (const line of lines) console.log(line)
    return exitCode
  },
}
