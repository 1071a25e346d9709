import jsqr from 'jsqr'
import { useEffect, useRef, useState } from 'react'

/** Looks this often (ms): a phone in a hand moves slowly, and its battery has a whole round to last. */
const lookEvery = 250
const mostPixels = 640

/** Reads codes with the phone's camera for as long as it is shown. No picture is kept. */
export function CodeEye({ onCode, missing }: { onCode: (text: string) => void; missing: string }) {
  const video = useRef<HTMLVideoElement>(null)
  const [isMissing, setMissing] = useState(false)
  const heard = useRef(onCode)
  heard.current = onCode

  useEffect(() => {
    let stream: MediaStream | null = null
    let stopped = false
    const canvas = document.createElement('canvas')
    const pen = canvas.getContext('2d', { willReadFrequently: true })
    async function open() {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
        if (stopped) return close()
        if (video.current === null) return
        video.current.srcObject = stream
        await video.current.play()
      } catch (error) {
        console.info('no camera:', error instanceof Error ? error.message : String(error))
        if (!stopped) setMissing(true)
      }
    }
    function close() {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    function look() {
      const { current } = video
      if (current === null || pen === null || current.videoWidth === 0) return
      const scale = Math.min(1, mostPixels / Math.max(current.videoWidth, current.videoHeight))
      canvas.width = Math.round(current.videoWidth * scale)
      canvas.height = Math.round(current.videoHeight * scale)
      pen.drawImage(current, 0, 0, canvas.width, canvas.height)
      const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height)
      const found = jsqr(data, width, height)
      if (found) heard.current(found.data)
    }
    void open()
    const timer = setInterval(look, lookEvery)
    return () => {
      stopped = true
      clearInterval(timer)
      close()
    }
  }, [])

  return isMissing ? <p className="hint">{missing}</p> : <video ref={video} className="eye" muted playsInline />
}
