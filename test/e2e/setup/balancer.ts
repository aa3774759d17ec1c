import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What stands between people and several portals: each request to the next that is ready. */
export interface Balancer {
  readonly origin: string
  /** The ports of the portals behind it. */
  readonly portals: number[]
  /** The ports that answered, in order. */
  readonly served: number[]
  close(): Promise<void>
}

/** Opens one with nothing behind it yet. */
export async function openBalancer(): Promise<Balancer> {
  const portals: number[] = []
  const served: number[] = []
  let turn = 0
  const server = createServer((asked, answer) => {
    void next().then((port) => {
      if (port === undefined) answer.writeHead(502).end()
      else carry(port, asked, answer)
    })
  })

  /** The next portal that says that it is ready. */
  async function next(): Promise<number | undefined> {
    for (let tried = 0; tried < portals.length; tried += 1) {
      turn += 1
      const port = portals[turn % portals.length] ?? 0
      const isReady = await fetch(`http://127.0.0.1:${String(port)}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      )
      if (isReady) return port
    }
    return undefined
  }

  function carry(port: number, asked: IncomingMessage, answer: ServerResponse): void {
    served.push(port)
    const { method, url, headers } = asked
    const given = { ...headers, 'x-forwarded-for': '192.0.2.8' }
    const onward = request(
      { host: '127.0.0.1', port, method, path: url, headers: given },
      (answered) => {
        answer.writeHead(answered.statusCode ?? 502, answered.headers)
        answered.pipe(answer)
      },
    )
    onward.on('error', () => answer.destroy())
    asked.pipe(onward)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    portals,
    served,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
