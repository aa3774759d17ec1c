import { connect } from 'node:net'

/** Addresses whose pages show cells of files or tell of people who asked; how far a file has come is asked for all the time. */
const SHOWING = /^\/(?:files|rights|look-up)\/(?!.*\/progress\b)/

/** Whether a request may carry what identifies people, as any form may, or its answer may show it. */
export function mayIdentify(method: string, url: string): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method) || SHOWING.test(url)
}

/** Where Node reads what comes over the connections of a process's servers, one after the other, in bytes. */
const PLACE = 64 * 1024
/** So long it is waited for, in milliseconds. */
const PATIENCE = 1_000

/**
 * Writes over what came last over a connection, a form that somebody typed into say: Node reads all of them into one place
 * and does not wipe it. The process asks its own server how it is, which tells of nobody, with a body of blanks that is
 * larger. Source: `parser_buffer` in Node's src/node_http_parser.cc.
 */
export async function overwriteReceived(at: {
  readonly host: string
  readonly port: number
}): Promise<void> {
  const socket = connect(at)
  socket.on('error', () => undefined)
  const body = Buffer.alloc(4 * PLACE, ' ')
  socket.write(request(`Content-Length: ${String(body.length)}`))
  socket.write(body)
  // Answered when the body was read.
  socket.end(request('Connection: close'))
  socket.resume()
  socket.setTimeout(PATIENCE, () => {
    socket.destroy()
  })
  await new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve()
    })
  })
}

function request(header: string): string {
  return `GET /health/live HTTP/1.1\r\nHost: localhost\r\n${header}\r\n\r\n`
}
