/** Plays a sound file once; `onEnd(false)` where it cannot be played here. Returns how to stop. */
export function playFile(address: string, onEnd: (played: boolean) => void): () => void {
  const audio = new Audio(address)
  let over = false
  const end = (played: boolean) => {
    if (over) return
    over = true
    onEnd(played)
  }
  audio.addEventListener('ended', () => end(true))
  audio.addEventListener('error', () => end(false))
  // Refused where nobody has touched the page yet.
  audio.play().catch(() => end(false))
  return () => {
    over = true
    audio.pause()
  }
}
