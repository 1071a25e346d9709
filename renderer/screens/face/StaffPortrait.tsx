import { useEffect, useState } from 'react'
import { Portrait } from '../../design/Portrait.tsx'
import { useSpeech } from '../../i18n/use-words.ts'
import { portraitFor } from '../../state/face-actions.ts'
import { jpegAddress } from '../../state/face-portrait.ts'
import styles from './staff-portrait.module.css'

/** The picture that the person agreed to keep, by which staff compare; the drawing where there is none, or no need to look. */
export function StaffPortrait({
  checkIn,
  wanted,
  sex,
}: {
  checkIn: string
  wanted: boolean
  sex: 'female' | 'male' | null
}) {
  const { words } = useSpeech()
  const [jpeg, setJpeg] = useState<string | null>(null)
  useEffect(() => {
    let here = true
    setJpeg(null)
    if (wanted) void portraitFor(checkIn).then(found => here && setJpeg(found))
    return () => {
      here = false
    }
  }, [checkIn, wanted])
  if (jpeg === null) return <Portrait sex={sex} />
  return <img src={jpegAddress(jpeg)} alt={words.facePortrait} className={styles.picture} data-portrait />
}
