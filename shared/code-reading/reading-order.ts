interface Corner {
  readonly x: number
  readonly y: number
}

interface Placed {
  readonly position: {
    readonly topLeft: Corner
    readonly topRight: Corner
    readonly bottomLeft: Corner
    readonly bottomRight: Corner
  }
}

/** Several codes of one picture from top to bottom, and from left to right where the one's middle lies within the other's height. */
export function readingOrder<Code extends Placed>(codes: readonly Code[]): Code[] {
  const boxed = codes.map(code => {
    const { topLeft, topRight, bottomLeft, bottomRight } = code.position
    const corners = [topLeft, topRight, bottomLeft, bottomRight]
    const top = Math.min(...corners.map(({ y }) => y))
    const bottom = Math.max(...corners.map(({ y }) => y))
    return { code, top, bottom, left: Math.min(...corners.map(({ x }) => x)) }
  })
  const lines: (typeof boxed)[] = []
  for (const one of boxed.sort((a, b) => a.top - b.top)) {
    const middle = (one.top + one.bottom) / 2
    const line = lines.find(([first]) => first !== undefined && middle <= first.bottom)
    if (line) line.push(one)
    else lines.push([one])
  }
  return lines.flatMap(line => line.sort((a, b) => a.left - b.left).map(({ code }) => code))
}
