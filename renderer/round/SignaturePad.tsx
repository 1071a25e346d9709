import { type PointerEvent, useEffect, useRef } from 'react'
import type { Stroke } from '../../shared/round/signature.ts'

type Point = [number, number]

/** A field to sign on with a finger. What was drawn is given as strokes from 0 to 99; no picture of it is kept. */
export function SignaturePad({
  label,
  strokes,
  onStrokes,
}: {
  label: string
  strokes: readonly Stroke[]
  onStrokes: (strokes: readonly Stroke[]) => void
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawing = useRef<Point[] | null>(null)

  useEffect(() => {
    const place = canvas.current
    const pen = place?.getContext('2d')
    if (!place || !pen) return
    const { clientWidth: width, clientHeight: height } = place
    place.width = width * devicePixelRatio
    place.height = height * devicePixelRatio
    pen.scale((width * devicePixelRatio) / 100, (height * devicePixelRatio) / 100)
    pen.lineWidth = 1.2
    pen.lineCap = 'round'
    for (const stroke of strokes) {
      pen.beginPath()
      for (const [x, y] of stroke) pen.lineTo(x, y)
      pen.stroke()
    }
  }, [strokes])

  const pointOf = (event: PointerEvent<HTMLCanvasElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect()
    return [((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100]
  }
  const show = (stroke: Point[]) => onStrokes([...strokes.filter(one => one !== drawing.current), stroke])

  return (
    <canvas
      ref={canvas}
      className="pad"
      aria-label={label}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        drawing.current = [pointOf(event)]
        onStrokes([...strokes, drawing.current])
      }}
      onPointerMove={event => {
        if (drawing.current === null) return
        const stroke = [...drawing.current, pointOf(event)]
        show(stroke)
        drawing.current = stroke
      }}
      onPointerUp={() => {
        drawing.current = null
      }}
      onPointerCancel={() => {
        drawing.current = null
      }}
    />
  )
}
