import { request } from 'node:http'
import { connect } from 'node:tls'
import type { TerminalId } from '../../../shared/ids.ts'
import { laneTls } from './lane-key.ts'
import { type LaneAnswer, type LaneKind, type LaneQuestion, laneMessages, longestMessage } from './lane-messages.ts'

/** The way to the first till: where it listens, and by what both know each other. */
export interface LaneLine {
  readonly host: string
  readonly port: number
  readonly identity: TerminalId
  readonly key: Buffer
}

/** Asks the first till one question, on a connection of its own. Null: no answer came in `patience` (ms), or none that can be read. */
export async function askFirst<K extends LaneKind>(
  line: LaneLine,
  kind: K,
  question: LaneQuestion<K>,
  patience: number,
): Promise<LaneAnswer<K> | null> {
  const text = await send(line, `/lane/${kind}`, JSON.stringify(question), patience)
  if (text === null) return null
  try {
    const answer = laneMessages[kind].answer.safeParse(JSON.parse(text))
    return answer.success ? (answer.data as LaneAnswer<K>) : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function send(line: LaneLine, path: string, body: string, patience: number): Promise<string | null> {
  return new Promise(resolve => {
    const socket = connect({
      ...laneTls,
      host: line.host,
      port: line.port,
      pskCallback: () => ({ psk: line.key, identity: line.identity }),
      // There is no certificate: who does not have the key does not finish the handshake.
      checkServerIdentity: () => undefined,
    })
    const timer = setTimeout(() => end(null), patience)
    function end(text: string | null): void {
      clearTimeout(timer)
      socket.destroy()
      resolve(text)
    }
    const asked = request(
      { method: 'POST', path, host: line.host, createConnection: () => socket, headers: { connection: 'close' } },
      reply => {
        const pieces: Buffer[] = []
        let length = 0
        reply.on('data', (piece: Buffer) => {
          length += piece.length
          if (length > longestMessage) end(null)
          pieces.push(piece)
        })
        reply.on('end', () =>
          end(reply.complete && reply.statusCode === 200 ? Buffer.concat(pieces).toString('utf8') : null),
        )
        reply.on('error', () => end(null))
      },
    )
    asked.on('error', () => end(null))
    asked.end(body)
  })
}
