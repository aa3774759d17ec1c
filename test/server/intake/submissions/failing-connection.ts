import { connect, createServer, type Socket } from 'node:net'

/** A way to the database that can be cut, as a cable or a server room can. */
export interface FailingConnection {
  /** The database's address by this way. */
  readonly url: string
  /**
   * Cuts everything once the client has spoken so many times more; with `stays`, nobody gets
   * through after it.
   */
  cutAfter(times: number, stays: boolean): void
  /**
   * Lets everybody through again; answers how often the client has spoken since it was last asked
   * to count.
   */
  fix(): number
  close(): Promise<void>
}

/** Opens such a way to the database at `url`. */
export async function openFailingConnection(url: string): Promise<FailingConnection> {
  const sockets = new Set<Socket>()
  let left = Infinity
  let spoken = 0
  let staysCut = false
  let isCut = false
  const cut = (): void => {
    left = Infinity
    isCut = staysCut
    for (const socket of sockets) socket.destroy()
  }
  const target = new URL(url)
  const server = createServer((client) => {
    if (isCut) {
      client.destroy()
      return
    }
    const database = connect(Number(target.port), target.hostname)
    for (const [from, to] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
    }
    client.on('data', (bytes) => {
      spoken++
      if (--left < 0) cut()
      else database.write(bytes)
    })
    database.on('data', (bytes) => client.write(bytes))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const through = new URL(url)
  through.port = String(address.port)
  return {
    url: through.href,
    cutAfter(times, stays) {
      left = times
      staysCut = stays
    },
    fix() {
      const count = spoken
      left = Infinity
      isCut = false
      spoken = 0
      return count
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        for (const socket of sockets) socket.destroy()
      }),
  }
}
