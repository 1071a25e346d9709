import { z } from 'zod'
import {
  type CodeKey,
  type CodeKeyList,
  codeKeyList,
  type SignedCodeKeyList,
  signedCodeKeyList,
} from '../../../shared/code-keys.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import type { Documents } from './documents.ts'

/** The keys that sign elder codes, as the newest list of the province has them. */
export interface CodeKeys {
  current(): readonly CodeKey[]
  /** Takes a signed list, or refuses it whole and keeps the one before. `genuine` checks the root key's signature. */
  accept(
    signed: SignedCodeKeyList,
    genuine: (text: string, signature: string) => Promise<boolean>,
  ): Promise<Notice | null>
  /** Why the last list that came was not taken; null where it was. Over restarts too. */
  refused(): Notice | null
}

const name = 'code-key-list'
const refusal = 'code-key-list-refused'

export function createCodeKeys(documents: Documents): CodeKeys {
  let cache: CodeKeyList | null = null

  function held(): CodeKeyList | null {
    const stored = cache === null ? documents.read(name, signedCodeKeyList) : null
    if (stored !== null) cache = listIn(stored.text)
    return cache
  }

  function refused(): Notice | null {
    const detail = documents.read(refusal, z.string().nullable()) ?? null
    return detail === null ? null : { code: 'CODE_KEYS_BAD', values: { detail } }
  }

  function note(detail: string | null): Notice | null {
    if (detail !== null || refused() !== null) documents.write(refusal, detail)
    return refused()
  }

  return {
    current: () => held()?.keys ?? [],
    async accept(signed, genuine) {
      if (!(await genuine(signed.text, signed.signature))) return note('签名不符 / signature')
      const list = listIn(signed.text)
      if (list === null) return note('读不懂 / not a key list')
      const before = held()
      if (before !== null && list.number < before.number)
        return note(`编号 ${list.number} 比 ${before.number} 旧 / number ${list.number} is before ${before.number}`)
      if (list.number === before?.number && signed.text !== documents.read(name, signedCodeKeyList)?.text)
        return note(`编号 ${list.number} 有两份 / two lists have number ${list.number}`)
      documents.write(name, signed)
      cache = list
      return note(null)
    },
    refused,
  }
}

function listIn(text: string): CodeKeyList | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // A signed text that is no JSON is no key list, like any other text that does not fit.
    return null
  }
  const parsed = codeKeyList.safeParse(json)
  return parsed.success ? parsed.data : null
}
