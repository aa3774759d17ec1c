import { createServer, type Server, type Socket } from 'node:net'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  answersScanner,
  readScannerPlace,
  scanBytes,
  type ScannerPlace,
} from '#server/platform/scanning/clamd.ts'
import { Fault } from '#server/platform/faults/fault.ts'

/** The client of clamd, against a daemon that does what real ones do only now and then. */

async function daemon(onCall: (socket: Socket, heard: () => Buffer) => void): Promise<{
  place: ScannerPlace
  server: Server
}> {
  const server = createServer((socket) => {
    const pieces: Buffer[] = []
    socket.on('error', () => undefined)
    socket.on('data', (piece) => {
      pieces.push(piece)
      onCall(socket, () => Buffer.concat(pieces))
    })
  })
  const path = join(await mkdtemp(join(tmpdir(), 'countonce-test-')), 'clamd')
  await new Promise<void>((resolve) => {
    server.listen(path, resolve)
  })
  onTestFinished(() => void server.close())
  return { place: { path }, server }
}

function opens(bytes: AsyncIterable<Uint8Array>): () => Promise<AsyncIterable<Uint8Array>> {
  return () => Promise.resolve(bytes)
}

async function* file(size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; at += 100_000) {
    yield await Promise.resolve(Buffer.alloc(Math.min(100_000, size - at), 'a,b\n'))
  }
}

function ends(heard: Buffer): boolean {
  return heard.subarray(-4).equals(Buffer.alloc(4))
}

describe('a file that is scanned', () => {
  test('comes whole, in pieces with their lengths', async () => {
    let whole = Buffer.alloc(0)
    const { place } = await daemon((socket, heard) => {
      if (!ends(heard())) return
      const stream = heard().subarray('zINSTREAM\0'.length)
      const parts: Buffer[] = []
      for (let at = 0; at < stream.length;) {
        const length = stream.readUInt32BE(at)
        parts.push(stream.subarray(at + 4, at + 4 + length))
        at += 4 + length
      }
      whole = Buffer.concat(parts)
      expect(heard().toString('latin1', 0, 10)).toBe('zINSTREAM\0')
      socket.end('stream: OK\0')
    })
    expect(await scanBytes(place, opens(file(250_001)))).toBe('clean')
    expect(whole.length).toBe(250_001)
  })

  test.each([
    ['stream: Win.Test FOUND\0', 'infected'],
    ['stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0', 'too-large'],
    ['INSTREAM size limit exceeded. ERROR\0', 'too-large'],
  ])('with the answer %j is %s', async (answer, verdict) => {
    const { place } = await daemon((socket, heard) => {
      if (ends(heard())) socket.end(answer)
    })
    expect(await scanBytes(place, opens(file(10)))).toBe(verdict)
  })

  test.each([
    ['an answer that is cut', 'stream: OK'],
    ['an answer of something else', 'stream: OKAY\0'],
    ['a complaint', 'Can’t allocate memory ERROR\0'],
    ['no word', ''],
  ])('is never clean with %s', async (_, answer) => {
    const { place } = await daemon((socket, heard) => {
      if (ends(heard())) socket.end(answer)
    })
    await expect(scanBytes(place, opens(file(10)))).rejects.toMatchObject({ code: 'scanner-away' })
  })

  test('is never clean when the daemon hangs up in the middle, and is read no further', async () => {
    const { place } = await daemon((socket, heard) => {
      if (heard().length > 100_000) socket.destroy()
    })
    let given = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given += 1
        yield await Promise.resolve(Buffer.alloc(65_536))
      }
    }
    await expect(scanBytes(place, () => Promise.resolve(endless()))).rejects.toMatchObject({
      code: 'scanner-away',
    })
    expect(given).toBeLessThan(1_000)
  })

  test('is too large although what was said meanwhile made the answer be lost', async () => {
    const callers = new Set<Socket>()
    const { place } = await daemon((socket, heard) => {
      callers.add(socket)
      if (ends(heard())) socket.end('stream: OK\0')
      // The length of the second piece: more than that is on its way, and the answer is lost.
      if (heard().length < 10 + 4 + 65_536 + 4) return
      if (heard().length > 10 + 4 + 65_536 + 4) socket.destroy()
      else setTimeout(() => socket.end('INSTREAM size limit exceeded. ERROR\0'), 5)
    })
    expect(await scanBytes(place, () => Promise.resolve(file(400_000)))).toBe('too-large')
    expect(callers.size).toBeGreaterThan(1)
  })

  test('whose source fails is told so', async () => {
    const { place } = await daemon(() => undefined)
    async function* damaged(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.alloc(10))
      throw new Fault('file-damaged')
    }
    await expect(scanBytes(place, opens(damaged()))).rejects.toMatchObject({ code: 'file-damaged' })
  })

  test('waits where nobody listens', async () => {
    const nobody = { path: join(tmpdir(), 'countonce-no-clamd') }
    await expect(scanBytes(nobody, opens(file(10)))).rejects.toMatchObject({ code: 'scanner-away' })
    expect(await answersScanner(nobody)).toBe(false)
  })
})

describe('where the scanner is', () => {
  test.each([
    ['', undefined],
    ['clamd.internal:3310', { host: 'clamd.internal', port: 3310 }],
    ['[::1]:3310', { host: '::1', port: 3310 }],
    ['/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
  ])('is read from %j', (given, place) => {
    expect(readScannerPlace({ COUNTONCE_CLAMD: given })).toEqual(place)
  })

  test.each(['clamd.internal', ':3310', 'host:0', 'host:99999', 'http://host:3310', 'a b:1'])(
    'is refused as %j, so that nobody takes it for set up',
    (given) => {
      expect(() => readScannerPlace({ COUNTONCE_CLAMD: given })).toThrow('scanner-setting')
    },
  )
})
