import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../support/source-files.ts'
import { recordingPage } from './recording-page.ts'

const page = join(root, 'docs/voice-recording.md')

test('docs/voice-recording.md has every clip that the voice speaks by', () => {
  if (process.env.AIXIN_WRITE_DOCS === '1') writeFileSync(page, recordingPage())
  expect(readFileSync(page, 'utf8')).toBe(recordingPage())
})
