import { parseArgs } from 'node:util'
import { type Command, complain, dataFolder, wrongUse } from './command.ts'
import { runPolicyCheck } from './core/bureau/check-pack.ts'
import { runEvidence } from './core/bureau/evidence.ts'
import { runPolicyExplain } from './core/bureau/explain-pack.ts'
import { runPolicySchema } from './core/bureau/pack-schema.ts'
import { runQuote } from './core/bureau/quote-cases.ts'
import { runPolicyReplay } from './core/bureau/replay.ts'
import { noticeLines } from './core/notice-lines.ts'
import { readSettings } from './terminal-settings.ts'

/** The commands of `aixin` for the bureau that writes, checks and audits policies. */

type Outcome = { readonly lines: readonly string[]; readonly exitCode: number }

function print({ lines, exitCode }: Outcome): number {
  for (const line of lines) console.log(line)
  return exitCode
}

export const quote: Command = {
  help: 'quote --cases FILE [--packs DIR] [--scheme NAME] [--json]   按用例核算政策 / evaluate policy cases',
  run: async words => {
    const { values } = parseArgs({
      args: words,
      options: {
        cases: { type: 'string' },
        packs: { type: 'string' },
        scheme: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    if (values.cases === undefined) return complain('缺 --cases FILE', '--cases FILE is missing')
    const { cases, packs, scheme, json } = values
    return print(runQuote({ casesFile: cases, packsDir: packs, scheme, json }))
  },
}

type Verb = (words: string[]) => Promise<number>

const verbs: Readonly<Record<string, Verb>> = {
  check: async words => {
    const { values, positionals } = parseArgs({
      args: words,
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const pack = onlyPack(positionals)
    return pack === null ? missingPack() : print(runPolicyCheck({ pack, json: values.json }))
  },
  explain: async words => {
    const { values, positionals } = parseArgs({
      args: words,
      options: { english: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const pack = onlyPack(positionals)
    return pack === null ? missingPack() : print(runPolicyExplain({ pack, language: values.english ? 'en' : 'zh' }))
  },
  replay: async words => {
    const { values, positionals } = parseArgs({
      args: words,
      options: {
        data: { type: 'string' },
        evidence: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        csv: { type: 'string' },
        'as-of-version': { type: 'string' },
      },
      allowPositionals: true,
    })
    const pack = onlyPack(positionals)
    if (pack === null) return missingPack()
    const { evidence, from, to, csv, 'as-of-version': asOfVersion } = values
    if (evidence !== undefined && values.data !== undefined)
      return complain('--data 和 --evidence 只能写一个', 'give either --data or --evidence')
    const wanted = { pack, from, to, csvDir: csv, asOfVersion }
    if (evidence !== undefined) return print(await runPolicyReplay({ ...wanted, evidenceFile: evidence }))
    const dataDir = dataFolder(values.data)
    if (dataDir === undefined)
      return complain('缺 --data DIR 或 --evidence FILE', '--data DIR or --evidence FILE is missing')
    const settings = readSettings(dataDir)
    if (!settings.ok) return print({ lines: noticeLines(settings.notice), exitCode: wrongUse })
    return print(await runPolicyReplay({ ...wanted, settings: settings.config }))
  },
  schema: async words => {
    parseArgs({ args: words, options: {} })
    return print(runPolicySchema())
  },
}

export const policy: Command = {
  help: `policy check PACK [--json]   检查政策包 / look for faults in a pack
  aixin policy explain PACK [--english]   把政策包读成文字 / say a pack in words
  aixin policy replay PACK --data DIR|--evidence FILE [--from DATE] [--to DATE] [--as-of-version ID] [--csv DIR]   用旧记录试算新政策 / price old records under a draft
  aixin policy schema   政策包的 JSON Schema / the JSON Schema of packs`,
  run: async ([name = '', ...rest]) => {
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
    if (verb === undefined) return complain(`用法：aixin ${policy.help}`, 'name one of check, explain, replay, schema')
    return await verb(rest)
  },
}

export const evidence: Command = {
  help: 'evidence --data DIR --out FILE [--from DATE] [--to DATE]   导出记录和核算依据 / export records with their inputs',
  run: async words => {
    const { values } = parseArgs({
      args: words,
      options: { data: { type: 'string' }, out: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
    })
    const dataDir = dataFolder(values.data)
    if (dataDir === undefined) return complain('缺 --data DIR', '--data DIR is missing')
    const { out, from, to } = values
    if (out === undefined) return complain('缺 --out FILE', '--out FILE is missing')
    const settings = readSettings(dataDir)
    if (!settings.ok) return print({ lines: noticeLines(settings.notice), exitCode: wrongUse })
    return print(runEvidence({ settings: settings.config, outFile: out, from, to }))
  },
}

function onlyPack(positionals: readonly string[]): string | null {
  return positionals.length === 1 ? (positionals[0] ?? null) : null
}

function missingPack(): number {
  return complain('请写一个政策包：文件路径或编号', 'name one pack, by its file or its id')
}
