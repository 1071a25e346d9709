/** Points of one stroke, each coordinate 0 to 99 of the field that was signed on. */
export type Stroke = readonly (readonly [number, number])[]

const mostPoints = 300

/** Strokes as a small text: two digits a coordinate, a stroke a word. Beyond 300 points every second, third … one is left out. */
export function strokesText(strokes: readonly Stroke[]): string {
  const points = strokes.reduce((sum, stroke) => sum + stroke.length, 0)
  const every = Math.max(1, Math.ceil(points / mostPoints))
  const two = (value: number) => String(Math.min(99, Math.max(0, Math.round(value)))).padStart(2, '0')
  return strokes
    .filter(stroke => stroke.length > 0)
    .map(stroke =>
      stroke
        .filter((_, at) => at % every === 0)
        .map(([x, y]) => two(x) + two(y))
        .join(''),
    )
    .join(' ')
}
