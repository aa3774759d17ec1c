import { connect } from 'node:net'

/** A request to the byte, and what came back; nothing between tidies it. */
export interface RawAnswer {
  /** 0 where the connection ended without an answer. */
  readonly status: number
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** A connection that says nothing for so long is given up. */
const PATIENCE = 15_000

/**
 * Sends bytes as they are and reads until the other end closes. This end stays open: who has gone is answered nothing.
 */
export function sendRaw(origin: string, bytes: Uint8Array): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve) => {
    const pieces: Buffer[] = []
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    socket.setTimeout(PATIENCE, () => socket.destroy())
    socket.on('data', (piece) => pieces.push(piece))
    // A server that has refused need not read on: what it said before counts.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      resolve(readAnswer(Buffer.concat(pieces).toString('latin1')))
    })
  })
}

/** What a request consists of; nothing of it is checked or encoded. */
export interface RawRequest {
  readonly method: string
  readonly path: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
}

/** The bytes of a request, one for its connection. */
export function writeRequest({ method, path, headers, body }: RawRequest): Uint8Array {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body])
}

function readAnswer(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, Math.max(0, end)).split('\r\n')
  const headers = new Map(
    lines.map((line) => {
      const at = line.indexOf(':')
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()] as const
    }),
  )
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: text.slice(end + 4) }
}
