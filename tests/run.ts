import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join, relative } from 'node:path'
import { z } from 'zod'

/** Runs the whole suite, project by project, and ends with one line: `N passed, N failed, N skipped`. `long` runs the long tests instead. */

const root = join(import.meta.dirname, '..')
const isLong = process.argv.includes('long')
/** One after another, but for lists that go side by side: the tests of the card service and of drivers wait more than they compute. */
const projects: string[][][] = isLong
  ? [[['property', 'long']]]
  : [[['unit', 'property'], ['card-service'], ['drivers']], [['integration', 'e2e', 'desktop']]]

const allowedSkips = z
  .array(z.strictObject({ test: z.string(), reason: z.string().min(20) }))
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'allowed-skips.json'), 'utf8')))
  .map(({ test, reason }) => ({ pattern: new RegExp(test), reason, used: 0 }))

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
})

type Counts = Record<'passed' | 'failed' | 'skipped', number>
const total: Counts = { passed: 0, failed: 0, skipped: 0 }
/** Said again at the end, where a long output is cut. */
const failures: string[] = []

function run(command: string, args: string[], env: Record<string, string>): Promise<{ code: number; output: string }> {
  return new Promise(resolve => {
    let output = ''
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    child.stdout.on('data', chunk => {
      output += String(chunk)
    })
    child.stderr.on('data', chunk => {
      output += String(chunk)
    })
    child.on('error', error => resolve({ code: 1, output: String(error) }))
    child.on('close', code => resolve({ code: code ?? 1, output }))
  })
}

function isThere(...commands: string[]): boolean {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
  return commands.some(command => folders.some(folder => existsSync(join(folder, command))))
}

function finish(): never {
  for (const { reason, used } of allowedSkips) if (used > 0) console.log(`skipped ${used}: ${reason}`)
  for (const failure of failures) console.log(`failed: ${failure}`)
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  process.exit(total.failed === 0 ? 0 : 1)
}

function fail(counts: Counts, ...lines: string[]): void {
  counts.failed += 1
  for (const line of lines) console.log(line)
}

async function build(): Promise<void> {
  const { code, output } = await run('npm', ['run', '-s', 'build'], { NODE_ENV: 'production' })
  if (code === 0) return
  fail(total, 'the build failed:', output)
  finish()
}

async function runProject(project: string): Promise<void> {
  const reportFile = join('out', 'tests', `${project}.json`)
  rmSync(join(root, reportFile), { force: true })
  const startedAt = performance.now()
  const { code, output } = await run(
    join('node_modules', '.bin', 'vitest'),
    ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`],
    {
      ...{ NO_COLOR: '1', FORCE_COLOR: '0', AIXIN_RUNS: isLong ? '20' : '1' },
      AIXIN_BUILT_PAGES: join(root, 'dist', 'renderer'),
    },
  )
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
  const own = { passed: 0, failed: 0, skipped: 0 }
  const parsed = existsSync(join(root, reportFile))
    ? report.safeParse(JSON.parse(readFileSync(join(root, reportFile), 'utf8')))
    : undefined
  if (parsed?.success) count(parsed.data, own)
  else fail(own, `${project}: no report was written`)
  // An error outside of any test fails the run too.
  if (code !== 0 && own.failed === 0) fail(own, `${project}: the run itself failed`)
  if (own.failed > 0) console.log(output)
  console.log(`${project}: ${own.passed} passed, ${own.failed} failed, ${own.skipped} skipped (${seconds} s)`)
  for (const outcome of ['passed', 'failed', 'skipped'] as const) total[outcome] += own[outcome]
}

function count({ testResults }: z.infer<typeof report>, own: Counts): void {
  for (const file of testResults) {
    const where = relative(root, file.name)
    if (file.assertionResults.length === 0 && file.status === 'failed')
      fail(own, `${where} could not be run`, file.message)
    for (const { fullName, status } of file.assertionResults) {
      if (status === 'passed') own.passed += 1
      else if (status === 'failed') {
        own.failed += 1
        failures.push(`${where}: ${fullName.trim()}`)
      } else countSkip(where, fullName.trim(), own)
    }
  }
}

function countSkip(where: string, name: string, own: Counts): void {
  const allowed = allowedSkips.find(({ pattern }) => pattern.test(name))
  if (allowed === undefined) fail(own, `skipped without leave (tests/allowed-skips.json): ${where}: ${name}`)
  else {
    own.skipped += 1
    allowed.used += 1
  }
}

if (!isThere('chromium', 'chromium-browser', 'google-chrome') || !isThere('pcscd') || !isThere('gcc')) {
  fail(
    total,
    '测试要用 Chromium、pcscd 和 gcc，请先运行 / the tests need Chromium, pcscd and gcc, please run: sudo apt-get install -y chromium fonts-noto-cjk pcscd libpcsclite1 vsmartcard-vpcd gcc libc6-dev',
  )
  finish()
}
mkdirSync(join(root, 'out', 'tests'), { recursive: true })
await build()
for (const lists of projects)
  await Promise.all(
    lists.map(async list => {
      for (const project of list) await runProject(project)
    }),
  )
finish()
