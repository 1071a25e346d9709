/**
 * Remembers the text field that has the focus; the function given back makes it what it was before a gun typed into it,
 * and tells whether that changed anything.
 */
export function rememberField(): () => boolean {
  const field = document.activeElement
  if (!(field instanceof HTMLInputElement)) return () => false
  const { value } = field
  return () => {
    if (field.value === value) return false
    // By the prototype's setter, so that React takes the event for a change.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, value)
    field.dispatchEvent(new Event('input', { bubbles: true }))
    return true
  }
}
