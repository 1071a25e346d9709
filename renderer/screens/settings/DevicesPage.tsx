import { type DeviceTest, deviceTests } from '../../../shared/device-tests.ts'
import type { TestResult } from '../../../shared/settings-api.ts'
import { classes } from '../../design/classes.ts'
import { Icon, type IconName } from '../../design/Icon.tsx'
import { Key } from '../../design/Key.tsx'
import { clockText } from '../../i18n/dates.ts'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import { tryAll, tryDevice } from '../../state/device-test-actions.ts'
import { useSettings } from '../../state/settings-store.ts'
import styles from './devices.module.css'
import { Frame } from './Frame.tsx'

const icons: Record<DeviceTest, IconName> = {
  'card-reader': 'card',
  'code-scanner': 'code',
  camera: 'camera',
  'customer-screen': 'screen',
  printer: 'printer',
  speaker: 'speaker',
  network: 'wave',
  clock: 'clock',
  storage: 'disk',
  key: 'key',
}
const pillIcons: Record<TestResult['health'], IconName> = {
  good: 'check',
  attention: 'info',
  fault: 'triangle',
  absent: 'info',
}
const order: readonly TestResult['health'][] = ['fault', 'absent', 'attention']

/** What hinders most comes first. */
function firstToFix(tests: ReturnType<typeof useSettings.getState>['tests']): TestResult | null {
  const found = Object.values(tests).flatMap(one => (one === 'running' ? [] : [one]))
  return order.flatMap(health => found.filter(one => one.health === health))[0] ?? null
}

function foundText({ test, found, values }: TestResult, { words }: Speech): string {
  const texts: Readonly<Record<string, string>> = words.found[test]
  const more = (['seconds', 'ms', 'gb'] as const).flatMap(name => {
    const value = values[name]
    return typeof value === 'number' ? [words.foundMore[name](value)] : []
  })
  return [texts[found] ?? texts.other ?? '', ...more].join(words.comma)
}

function Device({ test, place }: { test: DeviceTest; place: number }) {
  const speech = useSpeech()
  const { words } = speech
  const result = useSettings(state => state.tests[test])
  const done = result === undefined || result === 'running' ? null : result
  const hand =
    test === 'card-reader' ? words.testWait.card : test === 'code-scanner' ? words.testWait.code : words.testWait.other
  return (
    <section
      className={styles.device}
      data-test={test}
      data-health={result === 'running' ? 'running' : (done?.health ?? 'untested')}
    >
      <Icon name={icons[test]} size={40} />
      <div>
        <h2>
          {words.testNames[test]}
          <span className={classes(styles.pill, done && styles[done.health])}>
            {done && <Icon name={pillIcons[done.health]} size={22} />}
            {words.testPills[done?.health ?? 'untested']}
          </span>
        </h2>
        <p role="status">
          {result === 'running'
            ? hand
            : done
              ? [foundText(done, speech), clockText(done.at)].join(words.comma)
              : words.testNotYet}
        </p>
      </div>
      <Key onPress={() => void tryDevice(test)} cap={String((place + 1) % 10)} disabled={result === 'running'}>
        {done && done.health !== 'good' ? words.testAgain : words.testVerbs[test]}
      </Key>
    </section>
  )
}

/** What to fix first, in three steps, and what works all the same. */
function Fix({ result }: { result: TestResult }) {
  const { words } = useSpeech()
  const { what, steps } = words.fix[result.test]
  return (
    <section className={classes(styles.fix, result.health !== 'fault' && styles.mild)} data-fix={result.test}>
      <Icon name={icons[result.test]} size={44} />
      <div>
        <h2>{what}</h2>
        <ol>
          {steps.map((step, at) => (
            <li key={step}>
              <b>{String(at + 1)}</b>
              {step}
            </li>
          ))}
        </ol>
      </div>
      <Key onPress={() => void tryDevice(result.test)} tone="primary">
        {words.testAgain}
      </Key>
    </section>
  )
}

export function AllTests() {
  const tests = useSettings(state => state.tests)
  const { words } = useSpeech()
  const fix = firstToFix(tests)
  const tried = deviceTests.every(test => tests[test] !== undefined && tests[test] !== 'running')
  return (
    <div className={styles.all}>
      {fix && <Fix result={fix} />}
      {!fix && tried && (
        <section className={styles.well}>
          <Icon name="check" size={40} />
          {words.allWell}
        </section>
      )}
      <div className={styles.devices}>
        {deviceTests.map((test, place) => (
          <Device key={test} test={test} place={place} />
        ))}
      </div>
    </div>
  )
}

export function TryAllKey() {
  const { words } = useSpeech()
  return (
    <Key onPress={() => void tryAll()} cap="F5" tone="primary">
      <Icon name="sync" size={26} />
      {words.testAll}
    </Key>
  )
}

/** All devices, each with a word and a key to try it. */
export function DevicesPage() {
  const { words } = useSpeech()
  return (
    <Frame name="devices" title={words.devicesTitle} lead={words.devicesLead} keys={<TryAllKey />}>
      <AllTests />
    </Frame>
  )
}
