/** The two signs of each key that is no letter and no digit, on the US layout: plain and with Shift. */
const symbols: Readonly<Record<string, string>> = {
  Backquote: '`~',
  Minus: '-_',
  Equal: '=+',
  BracketLeft: '[{',
  BracketRight: ']}',
  Backslash: '\\|',
  Semicolon: ';:',
  Quote: '\'"',
  Comma: ',<',
  Period: '.>',
  Slash: '/?',
  Space: '  ',
  NumpadDecimal: '..',
  NumpadAdd: '++',
  NumpadSubtract: '--',
  NumpadMultiply: '**',
  NumpadDivide: '//',
}
const digitsWithShift = ')!@#$%^&*('

/**
 * The sign that a gun set to the US layout means by a key (KeyboardEvent.code), whatever CapsLock, the layout or an input method make of it;
 * null for keys that type nothing.
 */
export function typedCharacter(code: string, shift: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter !== undefined) return shift ? letter : letter.toLowerCase()
  const digit = /^(Digit|Numpad)(\d)$/.exec(code)
  if (digit) return shift && digit[1] === 'Digit' ? digitsWithShift.charAt(Number(digit[2])) : (digit[2] ?? null)
  return symbols[code]?.charAt(shift ? 1 : 0) ?? null
}
