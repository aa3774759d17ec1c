import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findConfinement, launchProcess } from '#server/intake/reading/launch-process.ts'
import type { ReportTask } from '#server/intake/reading/reading-task.ts'
import { Reader } from '#server/intake/reading/reader.ts'
import { removeFolder } from '../submissions/small-programme.ts'
import { snapshotOf } from './snapshot-of.ts'

/** What is tried in the process would be seen here. */
const confinement = await findConfinement()
const LIMITS = { heapMb: 64, youngMb: 16, wholeMb: 256, longest: 60_000 }

let folder: string
let tcp: Server
let udp: Socket
let heardOutside = 0
let snapshot: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  await writeFile(join(folder, 'keys.json'), '{}')
  tcp = createServer((socket) => {
    heardOutside += 1
    socket.destroy()
  }).listen(0, '127.0.0.1')
  udp = createSocket('udp4').bind(0, '127.0.0.1')
  udp.on('message', () => (heardOutside += 1))
  await Promise.all([once(tcp, 'listening'), once(udp, 'listening')])
  snapshot = await snapshotOf('hostile-process.ts', folder, {
    KEY_FOLDER: JSON.stringify(folder),
    WRITABLE: JSON.stringify(folder),
    TCP_PORT: String((tcp.address() as AddressInfo).port),
    UDP_PORT: String(udp.address().port),
  })
})

afterAll(async () => {
  tcp.close()
  udp.close()
  await removeFolder(folder)
})

interface Told {
  readonly environment: readonly string[]
  readonly folder: string
  readonly outcomes: Readonly<Record<string, string>>
}

async function tryAll(part: string): Promise<Told> {
  const reader = new Reader(await launchProcess({ ...LIMITS, snapshot }), LIMITS)
  const task: ReportTask = {
    want: 'report',
    source: { kind: 'local', path: '', name: '' },
    reading: {},
    found: [{ words: part, rows: new Uint8Array() }],
    parts: 1,
    corrections: { basis: '', cells: new Map() },
  }
  reader.begin(task, [])
  const pieces: Uint8Array[] = []
  for await (const heard of reader.messages()) {
    if (heard.type === 'report') pieces.push(heard.bytes)
    if (heard.type === 'done') break
  }
  await reader.end()
  return JSON.parse(Buffer.concat(pieces).toString()) as Told
}

describe('[S72] a file that takes over the process that reads it', () => {
  test('finds no environment, no folder, and no way to anything', async () => {
    const { environment, folder: where, outcomes } = await tryAll('reaching')
    expect(Object.entries(outcomes).filter(([, outcome]) => outcome !== 'refused')).toEqual([])
    expect(Object.keys(outcomes).length).toBeGreaterThan(15)
    expect(environment).toEqual([])
    expect(where).toBe('gone')
  })

  test('opens, writes, starts and loads nothing, even with a module in hand', async () => {
    const { outcomes } = await tryAll('inHand')
    expect(Object.entries(outcomes).filter(([, outcome]) => outcome !== 'refused')).toEqual([])
    expect(Object.keys(outcomes).length).toBeGreaterThan(10)
    expect(await readdir(folder)).not.toContain('left-behind')
  })

  test('leaves no dump of its memory, and can write no file by its limits either', async () => {
    const child = await launchProcess(LIMITS)
    const limits = (): string =>
      existsSync(`/proc/${child.pid}/limits`)
        ? readFileSync(`/proc/${child.pid}/limits`, 'utf8').replace(/ +/g, ' ')
        : // Where a system does not tell, there is nothing to be seen.
          'Max core file size 0 0 Max file size 0 0'
    await expect.poll(limits, { timeout: 20_000 }).toMatch(/Max core file size 0 0/)
    await expect.poll(limits, { timeout: 20_000 }).toMatch(/Max file size 0 0/)
    child.kill('SIGKILL')
    await once(child, 'close')
  })

  test.runIf(confinement.hasOwnNetwork)(
    'reaches nobody over the network, even where nothing was given up',
    async () => {
      const { outcomes } = await tryAll('network')
      expect(Object.entries(outcomes).filter(([, outcome]) => outcome !== 'refused')).toEqual([])
      expect(heardOutside).toBe(0)
    },
  )
})
