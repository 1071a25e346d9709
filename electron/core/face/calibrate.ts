import { readdirSync } from 'node:fs'
import { type AtThreshold, type CalibrationReport, calibrate } from '../../../shared/face/calibration.ts'
import type { Interval } from '../../../shared/face/intervals.ts'
import { startNodeFaceEngine } from './node-engine.ts'
import { type DescribedPeople, describePeople } from './people-folder.ts'

/** `aixin face calibrate DIR`: the site's own members' photos say which threshold fits and for how many members 1:N may be used. */
export async function runFaceCalibrate(asked: {
  folder: string
  json: boolean
}): Promise<{ lines: string[]; exitCode: number }> {
  if (!isReadable(asked.folder))
    return { lines: [`没有这个文件夹：${asked.folder} / there is no such folder: ${asked.folder}`], exitCode: 2 }
  const started = await startNodeFaceEngine()
  if (!started.ok) return { lines: [`${started.problem}: ${started.detail}`], exitCode: 1 }
  const { engine } = started
  try {
    const described = await describePeople(asked.folder, engine)
    const report = calibrate(described.people, engine.model)
    const { withoutFace, unreadable } = described
    const lines = asked.json
      ? [JSON.stringify({ ...report, photosGiven: described.photos, withoutFace, unreadable })]
      : [...photoLines(described), ...reportLines(report)]
    return { lines, exitCode: report.enough ? 0 : 1 }
  } finally {
    engine.stop()
  }
}

function isReadable(folder: string): boolean {
  try {
    return readdirSync(folder).length >= 0
  } catch {
    return false
  }
}

function photoLines({ withoutFace, unreadable }: DescribedPeople): string[] {
  return [
    ...unreadable.map(file => `读不了这张照片：${file} / not a picture that can be read: ${file}`),
    ...withoutFace.map(file => `照片里没找到脸：${file} / no face found: ${file}`),
  ]
}

const two = (distance: number) => distance.toFixed(2)
const percent = (rate: number) => `${(100 * rate).toPrecision(3)} %`
const between = ({ low, high }: Interval) => `${percent(low)} - ${percent(high)}`

/** The report in Chinese and English, one fact a line. */
export function reportLines(report: CalibrationReport): string[] {
  const counted = `${report.people} 人，${report.photos} 张照片 / ${report.people} people, ${report.photos} photos`
  if (!report.enough)
    return [
      counted,
      '不够校准：至少两人、每人三张照片 / not enough to calibrate: two people or more, with three photos each',
      '在校准之前，1:N 保持关闭 / until then 1:N stays off',
    ]
  const { genuine, impostor, oneToOne, suggested, allowsAll } = report
  return [
    counted,
    `同一人 ${genuine.count} 次：中位 ${two(genuine.median)}，最大 ${two(genuine.greatest)} / same person, ${genuine.count} comparisons: median ${two(genuine.median)}, greatest ${two(genuine.greatest)}`,
    `不同人 ${impostor.count} 次：中位 ${two(impostor.median)}，最小 ${two(impostor.least)} / different people, ${impostor.count} comparisons: median ${two(impostor.median)}, least ${two(impostor.least)}`,
    `等错误率 ${percent(report.equalErrorRate)} / equal error rate ${percent(report.equalErrorRate)}`,
    ...thresholdLines('1:1', oneToOne),
    ...thresholdLines('1:N', suggested),
    `1:N 最多 ${suggested.members.safe} 人 / 1:N for at most ${suggested.members.safe} members`,
    ...(allowsAll
      ? []
      : [
          `1:N 不能用于全部 ${report.people} 人：照片还不够多，证明不了更多 / 1:N not for all ${report.people}: so few photos prove no more`,
        ]),
    '没有哪次比对会自己确认；总要有人确认 / no comparison confirms by itself: a person always does',
  ]
}

function thresholdLines(use: '1:1' | '1:N', { distance, known, falseAcceptance }: AtThreshold): string[] {
  const { hits, trials, atMost } = falseAcceptance
  return [
    `${use} 阈值 ${two(distance)}：认出 ${percent(known.rate)}（95 % 区间 ${between(known.interval)}） / ${use} threshold ${two(distance)}: known ${percent(known.rate)} (95 % interval ${between(known.interval)})`,
    `  误认 ${hits}/${trials}，有 95 % 把握不超过 ${percent(atMost)} / false acceptances ${hits} of ${trials}: with 95 % confidence at most ${percent(atMost)}`,
  ]
}
