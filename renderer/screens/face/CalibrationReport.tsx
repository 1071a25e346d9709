import { useId } from 'react'
import type { FaceReport } from '../../../shared/face-api.ts'
import { Key } from '../../design/Key.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { useFaceReport } from '../../state/face-report.ts'
import styles from './calibration-report.module.css'

type Bins = FaceReport['genuine']

/** Bins of a hundredth, drawn four to a bar, from 0 to 1.20; what is farther stands in the last bar. */
const perBar = 4
const bars = 30
const width = 600
const height = 110
const barWidth = width / bars
const placeOf = (distance: number) => Math.min(width, (distance * 100 * barWidth) / perBar)

const hundredths = (distance: number) => distance.toFixed(2)
const counted = (count: number) => count.toLocaleString('en-US')
/** A share as people read it: 0.0003 is "0.03%". */
const percent = (part: number) => `${Number((100 * part).toPrecision(2))}%`

/** The share of all distances in each bar. */
function shares(bins: Bins): number[] {
  const all = bins.reduce((sum, { count }) => sum + count, 0)
  const sums = Array.from({ length: bars }, () => 0)
  for (const { bin, count } of bins) {
    const bar = Math.min(bars - 1, Math.floor(bin / perBar))
    sums[bar] = (sums[bar] ?? 0) + count
  }
  return sums.map(sum => (all === 0 ? 0 : sum / all))
}

/** One histogram; the two differ by hatching as well as by colour. */
function Histogram(props: { name: string; bins: Bins; hatched: boolean; line: number | null }) {
  const hatch = useId()
  const parts = shares(props.bins)
  const most = Math.max(...parts, Number.MIN_VALUE)
  return (
    <figure className={styles.histogram} data-histogram={props.hatched ? 'impostor' : 'genuine'}>
      <figcaption>{props.name}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <pattern id={hatch} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="8" height="8" className={styles.pale} />
          <rect width="3" height="8" className={styles.stripe} />
        </pattern>
        {parts.map((part, bar) => {
          const tall = part === 0 ? 0 : Math.max(2, (part / most) * (height - 4))
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place on the axis
              key={bar}
              {...{ x: bar * barWidth + 1, y: height - tall, width: barWidth - 2, height: tall }}
              {...(props.hatched ? { fill: `url(#${hatch})` } : {})}
              className={props.hatched ? styles.hatched : styles.plain}
            />
          )
        })}
        {props.line !== null && (
          <line x1={placeOf(props.line)} x2={placeOf(props.line)} y1={0} y2={height} className={styles.line} />
        )}
      </svg>
    </figure>
  )
}

function Values({ report }: { report: FaceReport }) {
  const { words } = useSpeech()
  const { looks, comparisons, looksNeeded, comparisonsNeeded, measured } = report
  const rows: [string, string][] = [
    [words.calibrationLooks, words.calibrationOf(counted(looks), counted(looksNeeded))],
    [words.calibrationComparisons, words.calibrationOf(counted(comparisons), counted(comparisonsNeeded))],
  ]
  if (measured) {
    const { known, falseAcceptance, members } = measured.suggested
    const { low, high } = known.interval
    rows.push(
      [words.calibrationKnown, `${percent(known.rate)} (${words.calibrationBetween(percent(low), percent(high))})`],
      [
        words.calibrationWrong,
        `${counted(falseAcceptance.hits)} (${words.calibrationAtMost(percent(falseAcceptance.atMost))})`,
      ],
      [words.calibrationMembers, words.calibrationPeople(counted(members.safe))],
    )
  }
  return (
    <table className={styles.values}>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function useSentence(report: FaceReport): string {
  const { words } = useSpeech()
  if (report.measured === null) return words.calibrationNothing
  if (!report.enough) return words.calibrationTooFew
  const { distance, members } = report.measured.suggested
  if (members.safe < 2) return words.calibrationSuggestsNone
  return words.calibrationSuggests(hundredths(distance), counted(members.safe))
}

function Report({ report, adopted, adopt }: { report: FaceReport; adopted: boolean; adopt: () => void }) {
  const { words } = useSpeech()
  const sentence = useSentence(report)
  const line = report.enough && report.measured ? report.measured.suggested.distance : null
  return (
    <>
      <div className={styles.body}>
        <div className={styles.charts}>
          <Histogram name={words.calibrationGenuine} bins={report.genuine} hatched={false} line={line} />
          <Histogram name={words.calibrationImpostor} bins={report.impostor} hatched line={line} />
          <p className={styles.axis}>
            <span>0</span>
            {line === null ? (
              <span>{words.calibrationDistance}</span>
            ) : (
              <span className={styles.mark} style={{ left: `${(placeOf(line) / width) * 100}%` }}>
                {words.calibrationLine(hundredths(line))}
              </span>
            )}
            <span>1.2</span>
          </p>
        </div>
        <Values report={report} />
      </div>
      <div className={styles.foot}>
        <p data-suggestion={report.enough}>
          <strong>{sentence}</strong>
          <small>{adopted ? words.calibrationAdopted : words.calibrationLimits}</small>
        </p>
        <Key onPress={adopt} tone="primary" disabled={report.adopt === null || adopted}>
          {words.calibrationAdopt}
        </Key>
      </div>
    </>
  )
}

/** What the looks of the daily work say about faces at this site, and the key that takes it over. */
export function CalibrationReport() {
  const { words } = useSpeech()
  const { report, adopted, again, adopt } = useFaceReport()
  return (
    <section className={styles.report} data-calibration-report>
      <header className={styles.head}>
        <h2>{words.calibrationTitle}</h2>
        <Key onPress={again}>{words.calibrationAgain}</Key>
      </header>
      {report === null ? <p>{words.calibrationLoading}</p> : <Report report={report} adopted={adopted} adopt={adopt} />}
    </section>
  )
}
