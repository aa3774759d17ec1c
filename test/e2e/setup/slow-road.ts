import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { Transform } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * A way from the browser to the portal that can be slow, and that can break off: a proxy of the
 * browser's.
 */
export interface SlowRoad {
  /** What the browser is told to go through. */
  readonly server: string
  /**
   * What is asked for takes so long to be heard, in milliseconds, and bodies go no faster than so
   * many bytes a second.
   */
  slow(latency: number, bytesPerSecond: number): void
  /** Breaks every connection, and takes none until it is fixed. */
  cut(): void
  /** Answers whatever is posted as a load balancer does whose portal is gone, until it is fixed. */
  losePortal(): void
  fix(): void
  /** What was posted so far: the path of each. */
  readonly posted: readonly string[]
  close(): Promise<void>
}

export async function openSlowRoad(): Promise<SlowRoad> {
  let latency = 0
  let speed = Infinity
  let isCut = false
  let isPortalLost = false
  const posted: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((asked, answer) => {
    carry(asked, answer).catch(() => asked.socket.destroy())
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    if (isCut) socket.destroy()
  })

  async function carry(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const url = new URL(asked.url ?? '')
    if (asked.method === 'POST') posted.push(url.pathname)
    await wait(latency)
    if (isPortalLost && asked.method === 'POST') {
      asked.resume()
      answer.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502 Bad Gateway</h1>')
      return
    }
    const onward = request(url, { method: asked.method, headers: asked.headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers)
      answered.pipe(answer)
    })
    onward.on('error', () => asked.socket.destroy())
    answer.once('close', () => onward.destroy())
    asked.pipe(throttle()).pipe(onward)
  }

  function throttle(): Transform {
    return new Transform({
      transform(chunk: Buffer, _encoding, done) {
        setTimeout(done, speed === Infinity ? 0 : (chunk.length / speed) * 1000, null, chunk)
      },
    })
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    server: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    posted,
    slow(delay, bytesPerSecond) {
      latency = delay
      speed = bytesPerSecond
    },
    cut() {
      isCut = true
      for (const socket of sockets) socket.destroy()
    },
    losePortal() {
      isPortalLost = true
    },
    fix() {
      isCut = false
      isPortalLost = false
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
