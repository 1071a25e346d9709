import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** `npm run screens`: a picture of every screen in every state, and `index.html` with all of them beside each other, in out/screens. */

const root = join(import.meta.dirname, '..')
const folder = join(root, 'out', 'screens')

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const { status } = spawnSync(
  join('node_modules', '.bin', 'vitest'),
  ['run', '--project', 'long', 'tests/long/screens', '--reporter=dot'],
  { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' },
)

/** By screen: what stands before the last size in its name. */
const screens = new Map<string, string[]>()
for (const file of readdirSync(folder).sort()) {
  if (!file.endsWith('.png')) continue
  const screen = file.replace(/(-\d+x\d+)?\.png$/, '')
  screens.set(screen, [...(screens.get(screen) ?? []), file])
}
const sections = [...screens].map(
  ([screen, files]) =>
    `<section><h2>${screen}</h2>${files.map(file => `<a href="${file}"><img src="${file}" alt="${file}" loading="lazy"></a>`).join('')}</section>`,
)
writeFileSync(
  join(folder, 'index.html'),
  `<!doctype html><meta charset="utf-8"><title>爱心终端 · 全部画面</title>
<style>body{font:16px sans-serif;background:#f4eee2;color:#211e19;margin:28px}h2{font-size:18px;margin:28px 0 10px}img{width:31%;margin-right:1%;border:1px solid #857a66;vertical-align:top}</style>
<h1>爱心终端 · 全部画面</h1><p>${screens.size} states. People, places and rules are fictional.</p>
${sections.join('\n')}
`,
)
console.log(`${screens.size} states: ${join('out', 'screens', 'index.html')}`)
process.exit(status ?? 1)
