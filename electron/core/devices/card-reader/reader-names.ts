/** Slots that never hold a visitor's card: a reader's own security modules, and cards that exist in software only. */
const noSlot = /\bSAM\b|\bPSAM\b|\bVirtual Smart Card\b|\bWindows Hello\b|\bUICC\b/i
const contactless = /\bPICC\b|\bcontactless\b|\bNFC\b|[- ]CL\b/i

/**
 * How well a PC/SC reader of this name suits for social-security cards, by the words that makers put into names: 0 not at all, a contact
 * slot 20, a contactless one 10. Contact goes first because each generation answers there; a site that wants the other names it.
 */
export function readerPriority(name: string): number {
  if (noSlot.test(name)) return 0
  return contactless.test(name) ? 10 : 20
}

/** True where the parts between the `*` of a pattern occur in a name, in their order, letters of either case: `acs*picc`. */
export function nameFits(name: string, pattern: string): boolean {
  let from = 0
  for (const part of pattern.toLowerCase().split('*')) {
    const at = name.toLowerCase().indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return true
}

/** The readers that a device may use, best first: those that fit the configured pattern, as listed; where none is configured, all that suit. */
export function readersFor(names: readonly string[], pattern: string | undefined): string[] {
  if (pattern !== undefined) return names.filter(name => nameFits(name, pattern))
  return names
    .filter(name => readerPriority(name) > 0)
    .toSorted((one, other) => readerPriority(other) - readerPriority(one))
}
