import { explainPack } from '../../shared/policy/explain/explain-pack.ts'
import { packJson, soundPack } from './policy-kit.ts'

/** The pack of the kit with other keys in its version and in itself. */
function packWith(benefits: readonly object[], inVersion: object = {}, inPack: object = {}) {
  const json = packJson(benefits)
  return soundPack({ ...json, ...inPack, versions: json.versions.map(version => ({ ...version, ...inVersion })) })
}

/** Its explanation in both languages, each line without its indent. */
export function saidOf(...parameters: Parameters<typeof packWith>) {
  const pack = packWith(...parameters)
  return { zh: trimmed(explainPack(pack, 'zh')), en: trimmed(explainPack(pack, 'en')) }
}

export const trimmed = (lines: readonly string[]): string[] => lines.map(line => line.trim())
