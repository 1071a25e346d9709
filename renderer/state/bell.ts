/** Two soft strokes of a bell, low enough for old ears; nothing where the machine has no sound. */
export function ringBell(): void {
  if (typeof AudioContext === 'undefined') return
  const sound = new AudioContext()
  for (const [hertz, from] of [
    [784, 0],
    [659, 0.28],
  ] as const) {
    const tone = sound.createOscillator()
    const volume = sound.createGain()
    const at = sound.currentTime + from
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(0.0001, at)
    volume.gain.exponentialRampToValueAtTime(0.5, at + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.9)
    tone.connect(volume).connect(sound.destination)
    tone.start(at)
    tone.stop(at + 1)
    if (from > 0) tone.addEventListener('ended', () => void sound.close())
  }
}

/** Rings now and then while somebody waits; returns how to stop. */
export function ringWhileWaiting(): () => void {
  ringBell()
  const again = setInterval(ringBell, 12_000)
  return () => clearInterval(again)
}
