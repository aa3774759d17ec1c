import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, readdir, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { BlobServiceClient } from '@azure/storage-blob'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { initKeys, type Keys } from '#server/keys/keys.ts'
import type { Blobs } from '#server/platform/storage/blobs.ts'
import { openCloudBlobs } from '#server/platform/storage/cloud-blobs.ts'
import { CHUNK } from '#server/platform/storage/file-encryption.ts'
import {
  fileStoreOver,
  LONGEST_HELD,
  openFileStore,
  type FileStore,
  type OpenFile,
} from '#server/platform/storage/file-store.ts'
import { openFolderBlobs } from '#server/platform/storage/folder-blobs.ts'
import { startAzurite, type Azurite } from '../../setup/azurite.ts'
import { makeDataFolder } from '../../setup/data-folder.ts'
import { refersToRequest } from '../../setup/still-refers.ts'

let azurite: Azurite

beforeAll(async () => {
  azurite = await startAzurite()
})

afterAll(() => azurite.stop())

interface Opened {
  readonly store: FileStore
  readonly blobs: Blobs
  readonly keys: Keys
}

const places: [string, (dataDir: string) => Promise<Blobs>][] = [
  ['a folder', (dataDir) => openFolderBlobs(join(dataDir, 'blobs'))],
  [
    'the cloud',
    () =>
      openCloudBlobs({
        address: azurite.connectionString,
        container: `test-${randomBytes(6).toString('hex')}`,
      }),
  ],
]

async function makeKeys(dataDir: string): Promise<Keys> {
  const made = await initKeys({ dataDir, demonstration: true })
  if (!made.ok) throw new Error(made.code)
  return made.keys
}

/** The bytes in pieces of uneven sizes, as a request brings them. */
function inPieces(bytes: Uint8Array, piece: number): AsyncIterable<Uint8Array> {
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += piece) pieces.push(bytes.subarray(at, at + piece))
  return Readable.from(pieces, { objectMode: true }) as AsyncIterable<Uint8Array>
}

async function put(store: FileStore, bytes: Uint8Array, piece = 70_001): Promise<string> {
  const stored = await store.put(inPieces(bytes, piece), 64 * CHUNK)
  if (!stored.ok) throw new Error(stored.code)
  return stored.id
}

async function open(store: FileStore, id: string): Promise<OpenFile> {
  const opened = await store.open(id, 'clients.csv')
  if (!opened.ok) throw new Error(opened.code)
  return opened.file
}

async function everything(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}

async function ids(store: FileStore): Promise<string[]> {
  const found: string[] = []
  for await (const { id } of store.list()) found.push(id)
  return found
}

describe.each(places)('a store of files in %s', (_name, openBlobs) => {
  async function openStore(): Promise<Opened> {
    const dataDir = await makeDataFolder()
    const keys = await makeKeys(dataDir)
    const blobs = await openBlobs(dataDir)
    return { store: fileStoreOver(blobs, keys.files), blobs, keys }
  }

  /** Puts other bytes in place of a stored form, as somebody with access to the store could. */
  async function overwrite(blobs: Blobs, id: string, stored: Uint8Array): Promise<void> {
    await blobs.erase(id)
    await blobs.write(id, inPieces(stored, stored.length))
  }

  async function storedForm(blobs: Blobs, id: string): Promise<Buffer> {
    const size = (await blobs.size(id)) ?? 0
    return Buffer.from((await blobs.read(id, 0, size)) ?? [])
  }

  test.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17])(
    'gives back a file of %d bytes as it came',
    async (size) => {
      const { store } = await openStore()
      const bytes = randomBytes(size)
      const stored = await store.put(inPieces(bytes, 300_007), size)
      expect(stored).toMatchObject({
        ok: true,
        size,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      })
      const file = await open(store, stored.ok ? stored.id : '')
      expect(file).toMatchObject({ size, name: 'clients.csv' })
      expect((await everything(file.stream())).equals(bytes)).toBe(true)
      expect(Buffer.from(await file.read(0, size)).equals(bytes)).toBe(true)
    },
  )

  test('reads any part as the part of the whole, and stops at the end', async () => {
    const { store } = await openStore()
    const bytes = randomBytes(2 * CHUNK + 1000)
    const file = await open(store, await put(store, bytes))
    const near = fc.oneof(
      fc.nat(bytes.length + 5),
      fc.integer({ min: CHUNK - 3, max: CHUNK + 3 }),
      fc.integer({ min: 2 * CHUNK - 3, max: 2 * CHUNK + 3 }),
    )
    await fc.assert(
      fc.asyncProperty(near, fc.oneof(fc.nat(20), fc.nat(bytes.length)), async (offset, length) => {
        const part = await file.read(offset, length)
        expect(Buffer.from(part).equals(bytes.subarray(offset, offset + length))).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('[S38] holds nothing of a file in the clear', async () => {
    const { store, blobs } = await openStore()
    const canary = 'Canary-Ffion-Llewelyn,9434765919,SE11 6BD'
    const id = await put(store, Buffer.from(`${canary}\n`.repeat(40_000)))
    const stored = await storedForm(blobs, id)
    expect(stored.includes('Ffion')).toBe(false)
    expect(stored.includes('9434765919')).toBe(false)
  })

  test('[S29] names a file at random and never by what the person called it', async () => {
    const { store } = await openStore()
    const first = await put(store, Buffer.from('same'))
    const second = await put(store, Buffer.from('same'))
    expect(first).toMatch(/^[0-9a-f]{32}$/)
    expect(second).not.toBe(first)
    expect((await ids(store)).sort()).toEqual([first, second].sort())
    for (const id of ['../keys/key-ring', '', 'clients.csv', `${first}/..`, '0'.repeat(32)]) {
      expect(await store.open(id, 'x')).toEqual({ ok: false, code: 'file-erased' })
      await store.erase(id)
    }
    expect((await open(store, first)).size).toBe(4)
  })

  test('tells every change, cut and exchange of the stored bytes', async () => {
    const { store, blobs } = await openStore()
    const id = await put(store, randomBytes(3 * CHUNK + 500))
    const other = await put(store, randomBytes(3 * CHUNK + 500))
    const whole = await storedForm(blobs, id)
    const header = 17
    const step = CHUNK + 16
    const chunk = (index: number): Buffer =>
      whole.subarray(header + index * step, header + (index + 1) * step)
    const flipped = Buffer.from(whole)
    flipped[header + step + 5] = (flipped[header + step + 5] ?? 0) ^ 1
    const forgeries: [string, Buffer][] = [
      ['a flipped bit', flipped],
      ['a cut at the end of a chunk', whole.subarray(0, header + 3 * step)],
      ['a cut inside a chunk', whole.subarray(0, whole.length - 1)],
      [
        'a chunk left out',
        Buffer.concat([whole.subarray(0, header + step), whole.subarray(header + 2 * step)]),
      ],
      [
        'chunks that changed places',
        Buffer.concat([whole.subarray(0, header), chunk(1), chunk(0), chunk(2), chunk(3)]),
      ],
      [
        'a chunk twice',
        Buffer.concat([whole.subarray(0, header), chunk(0), chunk(0), chunk(2), chunk(3)]),
      ],
      ['another file', await storedForm(blobs, other)],
      ['nothing but a header', whole.subarray(0, header)],
      ['less than a header', whole.subarray(0, 5)],
      ['more behind the end', Buffer.concat([whole, randomBytes(40)])],
    ]
    for (const [what, forgery] of forgeries) {
      await overwrite(blobs, id, forgery)
      const reading = store.open(id, 'x').then((opened) => {
        if (!opened.ok) throw new Error(opened.code)
        return everything(opened.file.stream())
      })
      await expect(reading, what).rejects.toMatchObject({ code: 'file-damaged' })
    }
    await overwrite(blobs, id, whole)
    expect((await everything((await open(store, id)).stream())).length).toBe(3 * CHUNK + 500)
  })

  test('tells a file cut at the end of a chunk before its first byte is read', async () => {
    const { store, blobs } = await openStore()
    const id = await put(store, randomBytes(2 * CHUNK))
    await overwrite(blobs, id, (await storedForm(blobs, id)).subarray(0, 17 + CHUNK + 16))
    await expect(store.open(id, 'x')).rejects.toMatchObject({ code: 'file-damaged' })
  })

  test('[S22] stops a file that is too large while it comes in, and keeps nothing of it', async () => {
    const { store, keys } = await openStore()
    let given = 0
    function* endless(): Generator<Uint8Array> {
      for (;;) {
        given += 65_536
        yield new Uint8Array(65_536)
      }
    }
    const source = Readable.from(endless(), { objectMode: true }) as AsyncIterable<Uint8Array>
    expect(await store.put(source, 3 * CHUNK)).toEqual({
      ok: false,
      code: 'file-too-large',
      detail: { limit: 3 * CHUNK },
    })
    expect(given).toBeLessThan(6 * CHUNK)
    expect(await ids(store)).toEqual([])
    for await (const left of keys.files.list()) expect(left).toBeUndefined()
  })

  test('takes a file of exactly the limit', async () => {
    const { store } = await openStore()
    expect(await store.put(inPieces(randomBytes(CHUNK), 1000), CHUNK)).toMatchObject({ ok: true })
  })

  test('keeps nothing of a file whose sender breaks off, and says what broke', async () => {
    const { store, keys } = await openStore()
    function* breaking(): Generator<Uint8Array> {
      yield randomBytes(2 * CHUNK)
      throw new Error('the sender went away')
    }
    const source = Readable.from(breaking(), { objectMode: true }) as AsyncIterable<Uint8Array>
    await expect(store.put(source, 64 * CHUNK)).rejects.toThrow('the sender went away')
    expect(await ids(store)).toEqual([])
    for await (const left of keys.files.list()) expect(left).toBeUndefined()
  })

  test('[S39] an erased file is unreadable by its id, by who had it open, and by its key', async () => {
    const { store, blobs, keys } = await openStore()
    const id = await put(store, randomBytes(2 * CHUNK))
    const openBefore = await open(store, id)
    const copy = await storedForm(blobs, id)
    await store.erase(id)
    await store.erase(id)
    expect(await store.open(id, 'x')).toEqual({ ok: false, code: 'file-erased' })
    await expect(openBefore.read(0, 10)).rejects.toMatchObject({ code: 'file-erased' })
    expect(await ids(store)).toEqual([])
    expect(await keys.files.open(id)).toBeUndefined()
    // A backup of the stored bytes opens nothing: the key was in no backup.
    await blobs.write(id, inPieces(copy, copy.length))
    expect(await store.open(id, 'x')).toEqual({ ok: false, code: 'file-erased' })
  })

  test('[S39] erases what is older than a day, and nothing younger', async () => {
    const { store } = await openStore()
    const id = await put(store, randomBytes(100))
    const hours = (count: number): Date => new Date(Date.now() + count * 60 * 60 * 1000)
    expect(await store.eraseOlderThan(LONGEST_HELD, hours(23))).toEqual([])
    expect((await open(store, id)).size).toBe(100)
    expect(await store.eraseOlderThan(LONGEST_HELD, hours(25))).toEqual([id])
    expect(await store.open(id, 'x')).toEqual({ ok: false, code: 'file-erased' })
    expect(await ids(store)).toEqual([])
  })

  test('[S39] erases by age the key of a file that never came to be', async () => {
    const { store, keys } = await openStore()
    const id = randomBytes(16).toString('hex')
    await keys.files.create(id)
    expect(
      await store.eraseOlderThan(LONGEST_HELD, new Date(Date.now() + 2 * LONGEST_HELD)),
    ).toEqual([id])
    expect(await keys.files.open(id)).toBeUndefined()
  })

  test('takes ten files at once', async () => {
    const { store } = await openStore()
    const files = Array.from({ length: 10 }, () => randomBytes(CHUNK + 1000))
    const stored = await Promise.all(files.map((bytes) => put(store, bytes)))
    for (const [index, id] of stored.entries()) {
      const back = await everything((await open(store, id)).stream())
      expect(back.equals(files[index] ?? Buffer.alloc(0))).toBe(true)
    }
  })
})

describe('a store of files in a folder', () => {
  test('keeps its files where nobody else can read them', async () => {
    const dataDir = await makeDataFolder()
    const store = await openFileStore({ dataDir, keys: (await makeKeys(dataDir)).files })
    const id = await put(store, randomBytes(10))
    expect((await stat(join(dataDir, 'blobs'))).mode & 0o777).toBe(0o700)
    expect((await stat(join(dataDir, 'blobs', id))).mode & 0o777).toBe(0o600)
  })

  test('erases by age what a killed process left half written', async () => {
    const dataDir = await makeDataFolder()
    const store = await openFileStore({ dataDir, keys: (await makeKeys(dataDir)).files })
    const half = join(dataDir, 'blobs', `${'a'.repeat(32)}.part`)
    await writeFile(half, 'half')
    await utimes(half, new Date(0), new Date(0))
    expect(await store.eraseOlderThan(LONGEST_HELD, new Date())).toEqual(['a'.repeat(32)])
    expect(await readdir(join(dataDir, 'blobs'))).toEqual([])
  })

  test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
    '[S50] says that the disk is full, keeps nothing, and takes files again once there is room',
    async () => {
      const dataDir = await makeDataFolder()
      const blobFolder = join(dataDir, 'blobs')
      await mkdir(blobFolder)
      const run = promisify(execFile)
      await run('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', blobFolder])
      onTestFinished(async () => {
        await run('umount', ['-l', blobFolder])
      })
      const store = await openFileStore({ dataDir, keys: (await makeKeys(dataDir)).files })
      const putting = store.put(inPieces(randomBytes(5 * CHUNK), 100_000), 64 * CHUNK)
      await expect(putting).rejects.toMatchObject({ code: 'disk-full' })
      expect(await readdir(blobFolder)).toEqual([])
      expect(await readdir(join(dataDir, 'keys', 'portal', 'files'))).toEqual([])
      expect((await open(store, await put(store, randomBytes(CHUNK)))).size).toBe(CHUNK)
    },
  )

  test('[S50] says that the disk is full when the limit on the size of files says so', async () => {
    const dataDir = await makeDataFolder()
    await makeKeys(dataDir)
    const script = `import { Readable } from 'node:stream'
      import { openKeys } from '#server/keys/keys.ts'
      import { openFileStore } from '#server/platform/storage/file-store.ts'
      process.on('SIGXFSZ', () => undefined)
      const dataDir = process.argv[1]
      const store = await openFileStore({ dataDir, keys: (await openKeys({ dataDir, live: false })).files })
      await store.put(Readable.from([Buffer.alloc(5e6)]), 1e7).catch((error) => console.log(error.code))`
    const { stdout } = await promisify(execFile)('/bin/sh', [
      '-c',
      'ulimit -f 2048; exec "$0" --input-type=module-typescript -e "$1" "$2"',
      ...[process.execPath, script, dataDir],
    ])
    expect(stdout).toBe('disk-full\n')
    expect(await readdir(join(dataDir, 'blobs'))).toEqual([])
  })

  test('tells a stored file that the disk cut short', async () => {
    const dataDir = await makeDataFolder()
    const store = await openFileStore({ dataDir, keys: (await makeKeys(dataDir)).files })
    const id = await put(store, randomBytes(2 * CHUNK))
    await truncate(join(dataDir, 'blobs', id), CHUNK)
    await expect(store.open(id, 'x')).rejects.toMatchObject({ code: 'file-damaged' })
    expect((await readFile(join(dataDir, 'blobs', id))).length).toBe(CHUNK)
  })
})

describe('a store of files in the cloud', () => {
  test('[S39] an erased file is unreadable by a snapshot that somebody took', async () => {
    const dataDir = await makeDataFolder()
    const container = `test-${randomBytes(6).toString('hex')}`
    const env = { BLOB_STORAGE: azurite.connectionString, BLOB_CONTAINER: container }
    const keys = await makeKeys(dataDir)
    const store = await openFileStore({ dataDir, env, keys: keys.files })
    const id = await put(store, randomBytes(CHUNK))
    const client = BlobServiceClient.fromConnectionString(azurite.connectionString)
    const blob = client.getContainerClient(container).getBlobClient(id)
    const { snapshot } = await blob.createSnapshot()
    if (snapshot === undefined) throw new Error('no snapshot')
    expect(await blob.withSnapshot(snapshot).exists()).toBe(true)
    await store.erase(id)
    expect(await blob.exists()).toBe(false)
    expect(await blob.withSnapshot(snapshot).exists()).toBe(false)
    expect(await keys.files.open(id)).toBeUndefined()
  })

  test('[S73] seals words with the file’s key: nobody reads them without it, nor once the file is erased', async () => {
    const dataDir = await makeDataFolder()
    const store = await openFileStore({ dataDir, keys: (await makeKeys(dataDir)).files })
    const [one, other] = [await put(store, randomBytes(10)), await put(store, randomBytes(10))]
    const words = new TextEncoder().encode('Heading “Zebrowskian”')
    const sealed = (await store.sealWords(one, words)) ?? expect.fail('not sealed')
    expect(Buffer.from(sealed).includes('Zebrowskian')).toBe(false)
    expect(await store.sealWords(one, words)).not.toEqual(sealed)
    expect(await store.openWords(one, sealed)).toEqual(words)
    await expect(store.openWords(other, sealed)).rejects.toMatchObject({ code: 'file-damaged' })
    for (const at of [0, 40, sealed.length - 1]) {
      const changed = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ 1 : byte))
      await expect(store.openWords(one, changed)).rejects.toMatchObject({ code: 'file-damaged' })
    }
    await store.erase(one)
    expect(await store.openWords(one, sealed)).toBeUndefined()
    expect(await store.sealWords(one, words)).toBeUndefined()
  })

  test('[S38] keeps no connection that refers to the request it was opened for', async () => {
    const container = `test-${randomBytes(6).toString('hex')}`
    const blobs = await openCloudBlobs({ address: azurite.connectionString, container })
    const refers = await refersToRequest(async () => {
      await blobs.write('sent', inPieces(Buffer.alloc(200_000, 7), 70_001))
      expect(await blobs.size('sent')).toBe(200_000)
      await blobs.read('sent', 0, 100_000)
      await blobs.erase('sent')
    })
    expect(refers).toBe(false)
  })

  test('takes what is kept beside a file, whose first piece is no Buffer', async () => {
    const dataDir = await makeDataFolder()
    const container = `test-${randomBytes(6).toString('hex')}`
    const env = { BLOB_STORAGE: azurite.connectionString, BLOB_CONTAINER: container }
    const store = await openFileStore({ dataDir, env, keys: (await makeKeys(dataDir)).files })
    const id = await put(store, randomBytes(CHUNK))
    const kept = new Uint8Array(randomBytes(CHUNK + 1))
    await store.keepBeside(id, 'profile', inPieces(kept, 70_001))
    const beside = await store.openBeside(id, 'profile')
    expect(Buffer.from((await beside?.read(0, kept.length)) ?? []).equals(kept)).toBe(true)
  })

  test('[S66] shows nothing to somebody without its key, and with the cloud’s key alone no word of a file', async () => {
    const dataDir = await makeDataFolder()
    const container = `test-${randomBytes(6).toString('hex')}`
    const env = { BLOB_STORAGE: azurite.connectionString, BLOB_CONTAINER: container }
    const store = await openFileStore({ dataDir, env, keys: (await makeKeys(dataDir)).files })
    const id = await put(store, Buffer.from('Zebrowskian '.repeat(5_000)))
    const endpoint = /BlobEndpoint=([^;]+)/.exec(azurite.connectionString)?.[1] ?? ''
    const account = BlobServiceClient.fromConnectionString(azurite.connectionString)
    for (const [path, method] of [
      [`${container}?restype=container&comp=list`, 'GET'],
      [`${container}/${id}`, 'GET'],
      [`${container}/${id}`, 'DELETE'],
    ] as const) {
      const { status } = await fetch(`${endpoint}/${path}`, { method })
      expect([method, path, status >= 400 && status < 500]).toEqual([method, path, true])
    }
    const kept = await account.getContainerClient(container).getBlobClient(id).downloadToBuffer()
    expect(kept.length).toBeGreaterThan(60_000)
    expect(kept.includes('Zebrowskian')).toBe(false)
    // Where a container is open to anybody, the emulator shows it: what refuses above is how ours are made.
    const open = account.getContainerClient(`${container}-open`)
    await open.create({ access: 'container' })
    const shown = await fetch(`${endpoint}/${container}-open?restype=container&comp=list`)
    expect(shown.status).toBe(200)
  })

  test('[S50] says that the store is gone, in a file that was open and in a new one', async () => {
    const dying = await startAzurite()
    onTestFinished(() => dying.stop())
    const dataDir = await makeDataFolder()
    const keys = await makeKeys(dataDir)
    const env = { BLOB_STORAGE: dying.connectionString }
    const store = await openFileStore({ dataDir, env, keys: keys.files })
    const file = await open(store, await put(store, randomBytes(3 * CHUNK)))
    await dying.stop()
    const unavailable = { code: 'storage-unavailable' }
    await expect(file.read(0, 10)).rejects.toMatchObject(unavailable)
    await expect(store.put(inPieces(randomBytes(100), 10), 100)).rejects.toMatchObject(unavailable)
    expect(await readdir(join(dataDir, 'keys', 'portal', 'files'))).toHaveLength(1)
  })
})
