import { execFile } from 'node:child_process'
import { chmod, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect, promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { bytesFromHex } from '#core/pseudonym/keys.ts'
import { nameKey } from '#server/keys/key-ring.ts'
import {
  initKeys,
  openKeys,
  rotatePlatformKey,
  rotateSourceKey,
  type Keys,
} from '#server/keys/keys.ts'
import { makeDataFolder } from '../setup/data-folder.ts'

interface Ring {
  demonstration: boolean
  source: { key: string; check: string }[]
  platform: { key: string; check: string }[]
  wrapping: { key: string; check: string }
}

async function made(dataDir: string, demonstration = false): Promise<Keys> {
  const result = await initKeys({ dataDir, demonstration })
  if (!result.ok) throw new Error(result.code)
  return result.keys
}

async function editRing(dataDir: string, edit: (ring: Ring) => void): Promise<void> {
  const path = join(dataDir, 'keys', 'key-ring')
  const ring = JSON.parse(await readFile(path, 'utf8')) as Ring
  edit(ring)
  await writeFile(path, JSON.stringify(ring))
}

function entry(hex: string): { key: string; check: string } {
  return { key: hex, check: nameKey(bytesFromHex(hex)).check }
}

describe('keys', () => {
  test('are kept, and are the same when opened again', async () => {
    const dataDir = await makeDataFolder()
    const first = await made(dataDir)
    const again = await openKeys({ dataDir, live: true })
    expect(again.currentSource).toEqual(first.currentSource)
    expect(again.platform).toEqual(first.platform)
    expect(again.wrapping).toEqual(first.wrapping)
    expect(again.currentSource).toMatchObject({
      epoch: 1,
      check: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    })
  })

  test('lie in a folder and in files that nobody else can read', async () => {
    const dataDir = await makeDataFolder()
    await made(dataDir)
    const folder = join(dataDir, 'keys')
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect((await stat(join(folder, 'key-ring'))).mode & 0o777).toBe(0o600)
    expect((await readdir(folder)).sort()).toEqual(['files', 'key-ring'])
  })

  test('are never made over keys that are there', async () => {
    const dataDir = await makeDataFolder()
    const first = await made(dataDir)
    expect(await initKeys({ dataDir, demonstration: false })).toEqual({
      ok: false,
      code: 'keys-exist',
    })
    expect((await openKeys({ dataDir, live: true })).currentSource).toEqual(first.currentSource)
  })

  test('are made once by ten who try at the same time', async () => {
    const dataDir = await makeDataFolder()
    const tries = await Promise.all(
      Array.from({ length: 10 }, () => initKeys({ dataDir, demonstration: false })),
    )
    const winners = tries.flatMap((result) => (result.ok ? [result.keys.currentSource.check] : []))
    expect(winners).toEqual([(await openKeys({ dataDir, live: true })).currentSource.check])
  })

  test('that are not there stop whoever opens them', async () => {
    const dataDir = await makeDataFolder()
    await expect(openKeys({ dataDir, live: false })).rejects.toMatchObject({ code: 'keys-missing' })
    await expect(rotatePlatformKey({ dataDir })).rejects.toMatchObject({ code: 'keys-missing' })
  })

  test('are added to by a rotation, the old ones before the new', async () => {
    const dataDir = await makeDataFolder()
    const first = await made(dataDir)
    const rotated = await rotatePlatformKey({ dataDir })
    expect(rotated.platform).toHaveLength(2)
    expect(rotated.platform[0]).toEqual(first.platform[0])
    const bridged = await rotateSourceKey({ dataDir })
    expect(bridged.source.map(({ epoch }) => epoch)).toEqual([1, 2])
    expect(bridged.currentSource.epoch).toBe(2)
    const opened = await openKeys({ dataDir, live: true })
    expect(opened.platform).toEqual(rotated.platform)
    expect(opened.source).toEqual(bridged.source)
  })

  test('[S36] of a demonstration are refused to a live programme, and to it alone', async () => {
    const dataDir = await makeDataFolder()
    await made(dataDir, true)
    await expect(openKeys({ dataDir, live: true })).rejects.toMatchObject({
      code: 'keys-demonstration',
    })
    expect((await openKeys({ dataDir, live: false })).demonstration).toBe(true)
  })

  test.each([
    ['short', '0011223344556677889900112233445566778899001122334455667788', 'key-length'],
    [
      'a passphrase',
      Buffer.from('correct horse battery staple 123').toString('hex'),
      'key-printable',
    ],
    ['all zero', '00'.repeat(32), 'key-sequence'],
    [
      'one byte after another',
      Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('hex'),
      'key-sequence',
    ],
    ['sixteen bytes twice', '9f86d081884c7d659a2feaa0c55ad015'.repeat(2), 'key-repeated'],
    [
      'the digest of nothing',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'key-of-nothing',
    ],
  ])('[S36] that are weak are refused in every place: %s', async (_what, hex, reason) => {
    const places: ((ring: Ring) => void)[] = [
      (ring) => (ring.source[0] = entry(hex)),
      (ring) => ring.platform.push(entry(hex)),
      (ring) => (ring.wrapping = entry(hex)),
    ]
    for (const place of places) {
      const dataDir = await makeDataFolder()
      await made(dataDir)
      await editRing(dataDir, place)
      const opening = openKeys({ dataDir, live: false })
      await expect(opening).rejects.toMatchObject({ code: 'keys-weak', detail: { reason } })
      await expect(opening).rejects.not.toThrow(hex)
    }
  })

  test('[S36] that serve two purposes are refused', async () => {
    const dataDir = await makeDataFolder()
    await made(dataDir)
    await editRing(dataDir, (ring) => (ring.platform[0] = ring.source[0] ?? ring.wrapping))
    await expect(openKeys({ dataDir, live: false })).rejects.toMatchObject({ code: 'keys-reused' })
  })

  test('that are not what their check value names are refused', async () => {
    const dataDir = await makeDataFolder()
    await made(dataDir)
    await editRing(dataDir, (ring) => {
      const key = ring.platform[0]
      if (key !== undefined)
        key.key = `${key.key.slice(0, -2)}${key.key.endsWith('00') ? '01' : '00'}`
    })
    await expect(openKeys({ dataDir, live: false })).rejects.toMatchObject({ code: 'keys-damaged' })
  })

  test.each(['', '{', '{"format":"countonce-keys-1"}', '"secret-canary"', '{"secret-canary":1}'])(
    'that cannot be read are refused without a word of them: %s',
    async (content) => {
      const dataDir = await makeDataFolder()
      await made(dataDir)
      await writeFile(join(dataDir, 'keys', 'key-ring'), content)
      const opening = openKeys({ dataDir, live: false })
      await expect(opening).rejects.toMatchObject({ code: 'keys-damaged' })
      const told = inspect(await opening.catch((error: unknown) => error), { depth: null })
      expect(told).not.toContain('canary')
    },
  )

  test('that others can read are refused', async () => {
    const dataDir = await makeDataFolder()
    await made(dataDir)
    await chmod(join(dataDir, 'keys', 'key-ring'), 0o640)
    await expect(openKeys({ dataDir, live: false })).rejects.toMatchObject({ code: 'keys-open' })
  })

  test('survive a full disk during a rotation as they were', async () => {
    const dataDir = await makeDataFolder()
    const first = await made(dataDir)
    // The shell's limit on the size of files is a real one: the write itself fails.
    const script = `import { rotatePlatformKey } from '#server/keys/keys.ts'
      process.on('SIGXFSZ', () => undefined)
      await rotatePlatformKey({ dataDir: process.argv[1] }).catch((error) => console.log(error.code))`
    const { stdout } = await promisify(execFile)(
      '/bin/sh',
      [
        '-c',
        'ulimit -f 0; exec "$0" --input-type=module-typescript -e "$1" "$2"',
        ...[process.execPath, script, dataDir],
      ],
      // What Node would keep of its compiling finds no room either, and that ends it.
      { env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' } },
    )
    expect(stdout).toBe('disk-full\n')
    expect((await openKeys({ dataDir, live: true })).platform).toEqual(first.platform)
    expect((await readdir(join(dataDir, 'keys'))).sort()).toEqual(['files', 'key-ring'])
  })

  test('in a place that is no key vault are not looked for elsewhere', async () => {
    const dataDir = await makeDataFolder()
    const env = { KEYS: 'https://vault.example.org' }
    await expect(openKeys({ dataDir, env, live: true })).rejects.toMatchObject({
      code: 'keys-unreachable',
    })
  })
})

describe('keys of files', () => {
  test('open with the ring that wrapped them, for their own file alone', async () => {
    const dataDir = await makeDataFolder()
    const { files } = await made(dataDir)
    const key = await files.create('0'.repeat(32))
    expect(key).toHaveLength(32)
    const again = (await openKeys({ dataDir, live: true })).files
    expect(await again.open('0'.repeat(32))).toEqual(key)
    const folder = join(dataDir, 'keys', 'files')
    const wrapped = await readFile(join(folder, '0'.repeat(32)))
    expect(wrapped.includes(Buffer.from(key))).toBe(false)
    await writeFile(join(folder, '1'.repeat(32)), wrapped, { mode: 0o600 })
    await expect(again.open('1'.repeat(32))).rejects.toMatchObject({ code: 'keys-damaged' })
  })

  test('are gone once erased, and erasing twice is no error', async () => {
    const { files } = await made(await makeDataFolder())
    await files.create('0'.repeat(32))
    await files.erase('0'.repeat(32))
    await files.erase('0'.repeat(32))
    expect(await files.open('0'.repeat(32))).toBeUndefined()
    const left: string[] = []
    for await (const { name } of files.list()) left.push(name)
    expect(left).toEqual([])
  })
})
