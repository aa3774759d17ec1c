import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Whom processes tell what they did, by OpenTelemetry's protocol over HTTP. */
export interface Collector {
  readonly place: string
  /** What was told, each as its path and body. */
  readonly told: readonly string[]
  readonly close: () => void
}

/** Listens on a free port. */
export async function openCollector(): Promise<Collector> {
  const told: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      told.push(`${request.url ?? ''} ${body}`)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    place: `http://127.0.0.1:${String(port)}/`,
    told,
    close: () => void server.close(),
  }
}
