// Makes a machine ready for `npm start` or `npm test`. Runs under the machine's own Node 20 before any package is there, so it uses none.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
/** `packages` installs npm packages only; `start` and `test` also look after the system's packages and the build. */
const purpose = ['test', 'packages'].includes(process.argv[2]) ? process.argv[2] : 'start'

/** The machine's own search path: npm puts node_modules/.bin first, and `npm ci` removes that folder while it runs. */
const ownPath = (process.env.PATH ?? '')
  .split(delimiter)
  .filter(folder => !folder.includes('node_modules'))
  .join(delimiter)

function say(zh, en) {
  console.log(`${zh} / ${en}`)
}

function giveUp(zh, en) {
  console.error(`${zh} / ${en}`)
  process.exit(1)
}

/** Runs a long step: says what it is doing, stays quiet unless it fails, then says how long it took. */
async function step(zh, en, command, args, options = {}) {
  say(`${zh}…`, `${en} …`)
  const startedAt = Date.now()
  const { code, output } = await run(command, args, options)
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  if (code === 0) say(`  完成，${seconds} 秒`, `done in ${seconds} s`)
  return { ok: code === 0, output }
}

function run(command, args, { env = {} } = {}) {
  return new Promise(resolve => {
    let output = ''
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    const collect = chunk => {
      output += chunk
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', error => resolve({ code: 1, output: String(error) }))
    child.on('close', code => resolve({ code: code ?? 1, output }))
  })
}

function has(command) {
  const folders = [...ownPath.split(delimiter), '/usr/sbin', '/sbin']
  return folders.some(folder => existsSync(join(folder, command)))
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19))
    giveUp(
      `Node ${process.versions.node} 太旧，请装 20.19 或更新的版本`,
      `Node ${process.versions.node} is too old: install 20.19 or later`,
    )
}

/** The packages that the lock file names are there, in its versions. Packages for other platforms may be absent. */
function packagesAreCurrent() {
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installed)) return false
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  return Object.entries(wanted).every(([path, { version, optional }]) =>
    path === '' ? true : path in present ? present[path].version === version : optional === true,
  )
}

async function installPackages() {
  if (packagesAreCurrent()) return
  const { ok, output } = await step(
    '正在安装 npm 软件包，约半分钟',
    'Installing npm packages, about half a minute',
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    { env: { PATH: ownPath } },
  )
  if (ok) return
  console.error(output)
  giveUp(
    'npm 软件包没有装上，请检查网络或 npm 镜像设置',
    'npm packages were not installed: check the network or the npm mirror',
  )
}

const isChromiumThere = () => ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].some(has)
const isElectronThere = () =>
  process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined || existsSync(join(root, 'node_modules', 'electron', 'dist'))

function isChineseFontThere() {
  const { status, stdout } = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' })
  return status === 0 && stdout.trim() !== ''
}

function isLibraryThere(name) {
  const folders = ['/lib', '/usr/lib'].filter(existsSync)
  const multiarch = folders.flatMap(folder =>
    readdirSync(folder)
      .filter(entry => entry.endsWith('-linux-gnu'))
      .map(entry => join(folder, entry)),
  )
  return [...folders, ...multiarch].some(folder => existsSync(join(folder, name)))
}

/** Debian's packages, and how each is seen to be there already. Electron brings a browser of its own, but the tests want Chromium. */
const systemPackages = [
  { name: 'chromium', isThere: () => isChromiumThere() || (purpose === 'start' && isElectronThere()) },
  { name: 'fonts-noto-cjk', isThere: isChineseFontThere },
  { name: 'pcscd', isThere: () => has('pcscd') },
  { name: 'libpcsclite1', isThere: () => isLibraryThere('libpcsclite.so.1') },
  ...(purpose === 'test'
    ? [
        { name: 'vsmartcard-vpcd', isThere: () => existsSync('/usr/lib/pcsc/drivers/serial/libifdvpcd.so') },
        { name: 'gcc', isThere: () => has('gcc') },
        { name: 'libc6-dev', isThere: () => existsSync('/usr/include/stdio.h') },
      ]
    : []),
]

async function installSystemPackages() {
  if (process.platform !== 'linux') return
  const missing = systemPackages.filter(({ isThere }) => !isThere()).map(({ name }) => name)
  if (missing.length === 0) return
  if (process.getuid?.() !== 0 || !has('apt-get')) return askForSystemPackages(missing)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const install = () =>
    step(
      `正在安装系统软件包：${missing.join(' ')}`,
      `Installing system packages: ${missing.join(' ')}`,
      'apt-get',
      ['install', '-y', '-q', '--no-install-recommends', ...missing],
      { env },
    )
  const refresh = () =>
    step('正在更新系统软件包目录', 'Refreshing the list of system packages', 'apt-get', ['update', '-q'], { env })
  if (!areKnownToApt(missing)) await refresh()
  let installed = await install()
  if (!installed.ok) {
    // A list of packages that is out of date names files that the mirror no longer has.
    await refresh()
    installed = await install()
  }
  if (installed.ok) return
  console.error(installed.output)
  askForSystemPackages(missing)
}

function areKnownToApt(names) {
  return names.every(name => {
    const { stdout } = spawnSync('apt-cache', ['policy', name], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    })
    return /Candidate: (?!\(none\))/.test(stdout ?? '')
  })
}

function askForSystemPackages(missing) {
  const command = `sudo apt-get install -y ${missing.join(' ')}`
  const sentence = [`还缺系统软件包，请先运行：${command}`, `Some system packages are missing, please run: ${command}`]
  // The demo also runs with simulated devices and with a browser of another make; the tests need the real ones.
  if (purpose === 'test') giveUp(...sentence)
  say(...sentence)
}

/** Time (ms) of the newest file under a path; 0 where there is none. */
function newest(path) {
  if (!existsSync(path)) return 0
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(0, ...readdirSync(path).map(name => newest(join(path, name))))
}

async function build() {
  const sources = [
    'shared',
    'electron',
    'renderer',
    'resources',
    'package.json',
    'package-lock.json',
    'vite.config.ts',
    'voice-clips.config.ts',
    'vite.electron.config.ts',
  ]
  const results = [
    'renderer/cashier.html',
    'renderer/customer.html',
    'electron/main.js',
    'electron/core-process.js',
    'electron/preload.cjs',
    'vendor-helper/read-card-bas.mjs',
  ]
  const oldestResult = Math.min(...results.map(name => newest(join(root, 'dist', name))))
  if (oldestResult > Math.max(...sources.map(name => newest(join(root, name))))) return
  const { ok, output } = await step('正在构建程序', 'Building the program', 'npm', ['run', '-s', 'build'], {
    env: { NODE_ENV: 'production' },
  })
  if (ok) return
  console.error(output)
  giveUp('程序没有构建成功', 'the program could not be built')
}

/** A platform without a pinned Node must bring one that runs TypeScript as it is. */
function checkRunner() {
  const pinned = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  const [major] = process.versions.node.split('.').map(Number)
  if (existsSync(pinned) || major >= 24) return
  giveUp('这个平台没有随附 Node，请自行安装 Node 24', 'no Node comes along for this platform: install Node 24')
}

checkNode()
if (purpose !== 'packages') await installSystemPackages()
await installPackages()
checkRunner()
if (purpose !== 'packages') await build()
