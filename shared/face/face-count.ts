/**
 * Number of enrolled faces from which an operator files with the provincial cyberspace administration (人脸识别技术应用安全管理办法, in force
 * from 2025-06-01, article 15), and from which the screen speaks of it.
 */
export const faceCountLimit = 100_000
const faceCountWarning = 80_000

/** True where the number of enrolled faces comes near the limit. */
export function faceCountIsHigh(enrolled: number): boolean {
  return enrolled >= faceCountWarning
}
