import { bytesToUtf8, fromBase64Url, toBase64Url, utf8ToBytes } from '../bytes.ts'

/** What a carer's phone holds of one terminal. */
export interface CarerKey {
  readonly terminal: string
  readonly carer: string
  /** 32 bytes as base64url. */
  readonly key: string
  /** As its carer reads them on the phone. */
  readonly siteName: string
  readonly carerName: string
}

/** The link that gives a phone its key. All of it stands in the fragment, which reaches no server and no log. @param page like `https://HOST/carer/` */
export function carerLink(page: string, { terminal, carer, key, siteName, carerName }: CarerKey): string {
  const [site, name] = [siteName, carerName].map(text => toBase64Url(utf8ToBytes(text)))
  return `${page}#${[terminal, carer, key, site, name].join('/')}`
}

/** What the fragment of such a link holds; null where it is none, or not whole. */
export function carerKeyIn(hash: string): CarerKey | null {
  const form = /^#([\w.-]{1,64})\/([\w.-]{1,64})\/([\w-]{43})\/([\w-]{1,350})\/([\w-]{1,350})$/
  const [, terminal, carer, key, site, name] = form.exec(hash) ?? []
  if (terminal === undefined || carer === undefined || key === undefined) return null
  if (site === undefined || name === undefined) return null
  try {
    if (fromBase64Url(key).length !== 32) return null
    const [siteName, carerName] = [site, name].map(text => bytesToUtf8(fromBase64Url(text)))
    return siteName && carerName ? { terminal, carer, key, siteName, carerName } : null
  } catch {
    // base64url and UTF-8 tell of a cut text by throwing.
    return null
  }
}
