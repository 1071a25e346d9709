import { type RefObject, useEffect, useRef } from 'react'
import { cameraPicture } from '../../state/cashier-camera.ts'

/** Where the live picture itself stands, not a copy: it plays on when the place is gone. `scale` is its CSS transform. */
export function useLivePicture(scale: string): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const video = cameraPicture()
    if (video === null) return
    place.current?.append(video)
    // A video that is taken out of the page pauses.
    void video.play()
    return () => {
      video.remove()
      void video.play()
    }
  }, [])
  useEffect(() => {
    const video = cameraPicture()
    if (video) video.style.transform = scale
  }, [scale])
  return place
}
