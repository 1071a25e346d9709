import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runEvidence } from '../../../electron/core/bureau/evidence.ts'
import { runExport } from '../../../electron/core/bureau/export-csv.ts'
import { parseRecord } from '../../../shared/countable.ts'
import { evidenceLine } from '../../../shared/evidence.ts'
import { pageOf, restoredTill } from '../../support/restored-till.ts'
import { tempFolder } from '../store/store-kit.ts'

/** A stopped till of which 1/3 and 1/4, two sales, and 1/5, a void, came back from the province. */
async function refilled() {
  const { till, history, lost } = await restoredTill()
  expect(history.take(pageOf(lost))).toBe(true)
  till.stop()
  return { dataDir: till.dataDir }
}

test('the table of a till that was restored has what came back from the province, in its place', async () => {
  const [settings, file] = [await refilled(), join(tempFolder(), 'records.csv')]
  expect((await runExport({ settings, file, from: undefined, to: undefined })).exitCode).toBe(0)
  const rows = readFileSync(file, 'utf8').trimEnd().split('\r\n').slice(1)
  expect(rows.map(row => row.split(',').slice(2, 4).join('/'))).toEqual(['1/2', '1/3', '1/4', '1/5'])
})

test('its evidence has it too, without inputs where those were lost', async () => {
  const [settings, outFile] = [await refilled(), join(tempFolder(), 'evidence.jsonl')]
  expect(runEvidence({ settings, outFile }).exitCode).toBe(0)
  const lines = readFileSync(outFile, 'utf8').trimEnd().split('\n')
  const told = lines.map(line => {
    const { record: text, opened } = evidenceLine.parse(JSON.parse(line))
    const record = parseRecord(text)
    return [`${record?.generation}/${record?.seq}`, record?.kind, opened !== null]
  })
  expect(told).toEqual([
    ['1/1', 'key-change', false],
    ['1/2', 'sale', true],
    ['1/3', 'sale', false],
    ['1/4', 'sale', false],
    ['1/5', 'void', false],
    ['2/1', 'key-change', false],
  ])
})
