/** What a video shows now; null between two streams, where it says that it has a picture and has none. */
export function frameOf(video: HTMLVideoElement): VideoFrame | null {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null
  try {
    return new VideoFrame(video)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'InvalidStateError') return null
    throw error
  }
}
