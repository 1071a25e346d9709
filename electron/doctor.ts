import { existsSync, readdirSync, statfsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { establishPcsc } from './core/devices/card-reader/pcsc-binding.ts'
import { serialPorts } from './core/devices/code-scanner/likely-ports.ts'
import { lookAtRecordings } from './core/own-recordings.ts'
import type { Finding } from './doctor-finding.ts'
import { examinePrinter } from './doctor-printer.ts'

const root = join(import.meta.dirname, '..')
const leastFree = 200 * 1024 * 1024

function isOnPath(...names: string[]): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.some(name => folders.some(folder => existsSync(join(folder, name))))
}

async function cardReaders(): Promise<Finding> {
  try {
    const context = await establishPcsc()
    const readers = await context.listReaders()
    await context.release()
    const names = readers.join(', ')
    return readers.length > 0
      ? { ok: true, zh: `读卡器：${names}`, en: `card readers: ${names}` }
      : {
          ok: false,
          zh: '读卡服务在，没有读卡器：插上后再看',
          en: 'the card service runs, no reader is connected: plug one in',
        }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return {
      ok: false,
      zh: `读卡服务没有应答（${detail}）：请启动 pcscd`,
      en: `no card service (${detail}): start pcscd`,
    }
  }
}

/** No serial port is no fault: most scanners type as a keyboard. */
async function serialScanners(): Promise<Finding> {
  const paths = (await serialPorts()).map(({ path }) => path).join(', ')
  return paths === ''
    ? {
        ok: true,
        zh: '没有串口扫码枪（键盘式的不用装）',
        en: 'no serial port for a scanner (one that types needs none)',
      }
    : { ok: true, zh: `串口：${paths}`, en: `serial ports: ${paths}` }
}

function camera(): Finding {
  const found = existsSync('/dev') ? readdirSync('/dev').filter(name => /^video\d+$/.test(name)) : []
  return found.length > 0
    ? { ok: true, zh: `摄像头：${found.join(', ')}`, en: `cameras: ${found.join(', ')}` }
    : { ok: false, zh: '没有看到摄像头', en: 'no camera is seen' }
}

function disk(folder: string): Finding {
  const { bavail, bsize } = statfsSync(existsSync(folder) ? folder : root)
  const mb = Math.floor((bavail * bsize) / 1048576)
  return {
    ok: bavail * bsize > leastFree,
    zh: `可用磁盘 ${mb} MB，200 MB 以下停止入账`,
    en: `free disk ${mb} MB; sales stop below 200`,
  }
}

/** Only the browser knows the system's voices, so that they are not looked for here. */
function voice(dataDir: string): Finding {
  const recordings = lookAtRecordings(dataDir)
  if (recordings.state === 'whole')
    return { ok: true, zh: '语音：本站录音齐全', en: "voice: the site's recordings are whole" }
  if (recordings.state === 'none')
    return {
      ok: true,
      zh: '语音：没有本站录音。系统没有中文语音时用机器音占位，生硬难懂，建议自录（docs/voice-recording.md）',
      en: 'voice: no recordings of the site; without a Chinese voice of the system the placeholders speak, robotic and hard on seniors: record your own (docs/voice-recording.md)',
    }
  const faults = recordings.faults.map(({ file, why }) => `${file} ${why}`).join(', ')
  return {
    ok: false,
    zh: `语音：本站录音不全，暂不用：${faults}`,
    en: `voice: the site's recordings are not whole and not used: ${faults}`,
  }
}

/** What of this machine a terminal needs, each with what was found and what to do: the checks that only a site itself can make. */
export async function examineMachine(dataDir: string, { printsTest = false } = {}): Promise<readonly Finding[]> {
  const electron = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules', 'electron', 'dist')
  const chromium = isOnPath('chromium', 'chromium-browser', 'google-chrome')
  return [
    { ok: true, zh: `Node ${process.versions.node}`, en: `Node ${process.versions.node}` },
    existsSync(electron)
      ? { ok: true, zh: 'Electron 程序在', en: 'the Electron binary is there' }
      : {
          ok: chromium,
          zh: chromium ? '没有 Electron 程序，用 Chromium' : '没有 Electron 也没有 Chromium',
          en: chromium ? 'no Electron binary: Chromium is used' : 'neither Electron nor Chromium',
        },
    await cardReaders(),
    await serialScanners(),
    camera(),
    await examinePrinter(dataDir, printsTest),
    voice(dataDir),
    disk(dataDir),
  ]
}
