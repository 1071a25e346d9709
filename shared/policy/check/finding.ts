/** Place in a pack's JSON: keys and positions from the root. */
export type Path = readonly (string | number)[]

/**
 * Something a clerk should mend (`error`: the pack is refused or a rule of it can never work) or look at again (`warning`). `path` as
 * `versions[0].benefits[2].when`, empty for the whole file. `line` and `column` count from 1, where the text of the file is known.
 */
export type Finding = {
  readonly severity: 'error' | 'warning'
  readonly code: string
  readonly path: string
  readonly line?: number
  readonly column?: number
  readonly zh: string
  readonly en: string
}

export function error(code: string, path: Path, zh: string, en: string): Finding {
  return { severity: 'error', code, path: pathText(path), zh, en }
}

export function warning(code: string, path: Path, zh: string, en: string): Finding {
  return { severity: 'warning', code, path: pathText(path), zh, en }
}

export function pathText(path: Path): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('')
}

/** What stands at a place of parsed JSON; undefined where nothing does. */
export function valueAt(json: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? Object.entries(value).find(([key]) => key === String(part))?.[1]
        : undefined,
    json,
  )
}

/** Fen as a clerk reads them: `1550` is `15.5`, `300` is `3`. */
export function yuan(fen: number): string {
  return String(fen / 100)
}
