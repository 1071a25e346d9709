import { z } from 'zod'

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** From when on, by the clock of the day, the till is how loud: 0 silent, 100 as loud as its clips are. */
const volumeFrom = z.strictObject({ from: clock, volume: z.int().min(0).max(100) })

export const volumes = z.array(volumeFrom).min(1).max(24)
export type Volumes = z.infer<typeof volumes>

/** A till's voice and sounds. What is on is on for everybody who stands there, what is off is off for everybody. */
export const voiceSettings = z.strictObject({
  /** Sentences. */
  on: z.boolean().default(true),
  /** The short sounds of a state. */
  sounds: z.boolean().default(true),
  /** The surname, where the voice can say every name; clips cannot. */
  names: z.boolean().default(true),
  amounts: z.boolean().default(false),
  volumes: volumes.default([
    { from: '06:00', volume: 100 },
    { from: '20:00', volume: 60 },
  ]),
})
export type VoiceSettings = z.infer<typeof voiceSettings>

/** What a page knows of the voice. `speaks`: of all pages of the till, this one; `own`: the site's own recordings are whole. */
export const voiceView = voiceSettings.extend({ speaks: z.boolean(), own: z.boolean() })
export type VoiceView = z.infer<typeof voiceView>
