import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PolicyPack } from '../../shared/policy/language.ts'
import { type PackProblem, parsePack } from '../../shared/policy/parse-pack.ts'

/** Folder of the packs that are shipped with the terminal. */
export const shippedPacks = join(import.meta.dirname, '../../resources/policies')

/** A thing read from outside, or the lines that say what is wrong, Chinese and English. */
export type Loaded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly lines: readonly string[] }

/** One pack, by the path of its file or by the id of a shipped one, with its exact JSON. */
export function loadPack(name: string): Loaded<{ file: string; json: unknown; pack: PolicyPack }> {
  const shipped = join(shippedPacks, `${name}.json`)
  const file = !existsSync(name) && /^[\w.+-]+$/.test(name) && existsSync(shipped) ? shipped : name
  const json = readJson(file)
  if (!json.ok) return json
  const parsed = parsePack(json.value)
  if (!parsed.ok) return { ok: false, lines: linesOf(file, parsed.problems) }
  return { ok: true, value: { file, json: json.value, pack: parsed.pack } }
}

function linesOf(file: string, problems: readonly PackProblem[]): string[] {
  return problems.flatMap(({ path, zh, en }) => [`${file} ${path}：${zh}`, `${file} ${path}: ${en}`])
}

/** Reads and checks every `*.json` of a folder; one bad pack refuses the whole folder, with its file and place. */
export function loadPacks(folder: string): Loaded<PolicyPack[]> {
  let names: string[]
  try {
    names = readdirSync(folder)
      .filter(name => name.endsWith('.json'))
      .sort()
  } catch (error) {
    return refused(
      `读不了政策文件夹 ${folder}，请核对路径`,
      `cannot read the folder of packs ${folder}; check the path`,
      error,
    )
  }
  if (names.length === 0)
    return refused(`文件夹 ${folder} 里没有政策文件 (*.json)`, `there is no pack (*.json) in ${folder}`)
  const packs: PolicyPack[] = []
  for (const name of names) {
    const file = join(folder, name)
    const json = readJson(file)
    if (!json.ok) return json
    const parsed = parsePack(json.value)
    if (!parsed.ok) return { ok: false, lines: linesOf(file, parsed.problems) }
    packs.push(parsed.pack)
  }
  const ids = packs.flatMap(pack => [...new Set([pack.id, ...pack.versions.map(({ id }) => id)])])
  const twice = ids.find((id, index) => ids.indexOf(id) < index)
  if (twice !== undefined)
    return refused(`两份政策文件都用了 “${twice}”，请删去一份`, `two packs use the id "${twice}"; remove one of them`)
  return { ok: true, value: packs }
}

/** Parses a JSON file, or says in words why it could not. */
export function readJson(file: string): Loaded<unknown> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return refused(`读不了文件 ${file}，请核对路径`, `cannot read the file ${file}; check the path`, error)
  }
  try {
    const value: unknown = JSON.parse(text)
    return { ok: true, value }
  } catch (error) {
    return refused(`文件 ${file} 不是 JSON，请改正后再试`, `the file ${file} is not JSON; mend it and try again`, error)
  }
}

/** One refusal in both languages, with the system's own words where there are any. */
export function refused(
  zh: string,
  en: string,
  cause?: unknown,
): { readonly ok: false; readonly lines: readonly string[] } {
  return { ok: false, lines: [zh, cause instanceof Error ? `${en} (${cause.message})` : en] }
}
