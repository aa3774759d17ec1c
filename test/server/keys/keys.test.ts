import { execFile } from 'node:child_process'
import { chmod, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect, promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { normaliseIdentifiers } from '#core/pseudonym/identifiers.ts'
import { bytesFromHex, hexOf } from '#core/pseudonym/keys.ts'
import { MessageBatch } from '#core/pseudonym/message-batch.ts'
import { preparePseudonymKeys, pseudonymiseBatch } from '#core/pseudonym/pseudonymise.ts'
import { typedPersonSchema, waysOf } from '#core/rights/typed-person.ts'
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
  remembering: { key: string; check: string }
}

/** A data folder, and keys of a live programme apart from it. */
interface Place {
  readonly dataDir: string
  readonly env: { readonly KEYS: string; readonly PORTAL_KEYS: string }
}

async function makePlace(): Promise<Place> {
  const apart = await makeDataFolder()
  return {
    dataDir: await makeDataFolder(),
    env: { KEYS: join(apart, 'worker'), PORTAL_KEYS: join(apart, 'portal') },
  }
}

async function made(place: Place, demonstration = false): Promise<Keys> {
  const result = await initKeys({ ...place, demonstration })
  if (!result.ok) throw new Error(result.code)
  return result.keys
}

async function editRing({ env }: Place, edit: (ring: Ring) => void): Promise<void> {
  const path = join(env.KEYS, 'key-ring')
  const ring = JSON.parse(await readFile(path, 'utf8')) as Ring
  edit(ring)
  await writeFile(path, JSON.stringify(ring))
}

function entry(hex: string): { key: string; check: string } {
  return { key: hex, check: nameKey(bytesFromHex(hex)).check }
}

describe('keys of a look-up', () => {
  function stored({ source, platform }: Pick<Keys, 'source' | 'platform'>): string {
    const engine = createHmacEngine()
    try {
      const prepared = preparePseudonymKeys(engine, {
        source: source[0]?.key ?? new Uint8Array(),
        platform: platform.map(({ key }) => key),
      })
      const batch = new MessageBatch({ providerCode: 'none', serviceCode: 'none' })
      const cells = waysOf(typedPersonSchema.parse({ nhsNumbers: '943 476 5919' }))?.[0]
      if (cells === undefined) throw new Error('nothing typed')
      const referenceDay = { year: 2024, month: 6, day: 30 }
      const context = { referenceDay, live: false, date1904: false, givenRole: 'child' as const }
      batch.add(normaliseIdentifiers(cells, context))
      return hexOf(pseudonymiseBatch(prepared, batch.take()).bytes)
    } finally {
      engine.dispose()
    }
  }

  test('share no pseudonym with those of reach, even where the ring itself is a copy', async () => {
    const place = await makePlace()
    const reach = await made(place)
    await editRing(place, (ring) => Object.assign(ring, { purpose: 'look-up' }))
    const lookUp = await openKeys({ ...place, live: true, purpose: 'look-up' })
    const all = [reach, lookUp].flatMap(({ source, platform, remembering }) =>
      [...source, ...platform, remembering].map(({ check }) => check),
    )
    expect(new Set(all).size).toBe(6)
    expect(stored(lookUp)).not.toBe(stored(reach))
    const again = await rotatePlatformKey({ ...place })
    expect(again.platform[0]).toEqual(lookUp.platform[0])
  })

  test.each([
    ['reach', 'look-up'],
    ['look-up', 'reach'],
  ] as const)('a ring of %s opens nothing of %s', async (purpose, other) => {
    const place = await makePlace()
    await initKeys({ ...place, demonstration: false, purpose })
    await expect(openKeys({ ...place, live: true, purpose: other })).rejects.toMatchObject({
      code: 'keys-other-purpose',
    })
    expect((await openKeys({ ...place, live: true, purpose })).purpose).toBe(purpose)
  })
})

describe('keys', () => {
  test('are kept, and are the same when opened again', async () => {
    const place = await makePlace()
    const first = await made(place)
    const again = await openKeys({ ...place, live: true })
    expect(again.currentSource).toEqual(first.currentSource)
    expect(again.platform).toEqual(first.platform)
    expect(again.remembering).toEqual(first.remembering)
    expect(again.currentSource).toMatchObject({
      epoch: 1,
      check: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    })
  })

  test('lie in a folder and in files that nobody else can read', async () => {
    const place = await makePlace()
    await made(place)
    const folder = place.env.KEYS
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect((await stat(join(folder, 'key-ring'))).mode & 0o777).toBe(0o600)
    expect((await readdir(folder)).sort()).toEqual(['key-ring', 'sealing'])
    expect((await readdir(place.env.PORTAL_KEYS)).sort()).toEqual(['portal-key', 'workers-card'])
  })

  test('are never made over keys that are there', async () => {
    const place = await makePlace()
    const first = await made(place)
    expect(await initKeys({ ...place, demonstration: false })).toEqual({
      ok: false,
      code: 'keys-exist',
    })
    expect((await openKeys({ ...place, live: true })).currentSource).toEqual(first.currentSource)
  })

  test('are made once by ten who try at the same time', async () => {
    const place = await makePlace()
    const tries = await Promise.all(
      Array.from({ length: 10 }, () => initKeys({ ...place, demonstration: false })),
    )
    const winners = tries.flatMap((result) => (result.ok ? [result.keys.currentSource.check] : []))
    expect(winners).toEqual([(await openKeys({ ...place, live: true })).currentSource.check])
  })

  test('that are not there stop whoever opens them', async () => {
    const place = await makePlace()
    await expect(openKeys({ ...place, live: false })).rejects.toMatchObject({
      code: 'keys-missing',
    })
    await expect(rotatePlatformKey(place)).rejects.toMatchObject({ code: 'keys-missing' })
  })

  test('are added to by a rotation, the old ones before the new', async () => {
    const place = await makePlace()
    const first = await made(place)
    const rotated = await rotatePlatformKey(place)
    expect(rotated.platform).toHaveLength(2)
    expect(rotated.platform[0]).toEqual(first.platform[0])
    const bridged = await rotateSourceKey(place)
    expect(bridged.source.map(({ epoch }) => epoch)).toEqual([1, 2])
    expect(bridged.currentSource.epoch).toBe(2)
    const opened = await openKeys({ ...place, live: true })
    expect(opened.platform).toEqual(rotated.platform)
    expect(opened.source).toEqual(bridged.source)
  })

  test('[S36] of a demonstration are refused to a live programme, and to it alone', async () => {
    const place = await makePlace()
    await made(place, true)
    await expect(openKeys({ ...place, live: true })).rejects.toMatchObject({
      code: 'keys-demonstration',
    })
    expect((await openKeys({ ...place, live: false })).demonstration).toBe(true)
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
      (ring) => (ring.remembering = entry(hex)),
    ]
    for (const putIn of places) {
      const place = await makePlace()
      await made(place)
      await editRing(place, putIn)
      const opening = openKeys({ ...place, live: false })
      await expect(opening).rejects.toMatchObject({ code: 'keys-weak', detail: { reason } })
      await expect(opening).rejects.not.toThrow(hex)
    }
  })

  test('[S36] that serve two purposes are refused', async () => {
    const place = await makePlace()
    await made(place)
    await editRing(place, (ring) => (ring.platform[0] = ring.source[0] ?? ring.remembering))
    await expect(openKeys({ ...place, live: false })).rejects.toMatchObject({ code: 'keys-reused' })
  })

  test('that are not what their check value names are refused', async () => {
    const place = await makePlace()
    await made(place)
    await editRing(place, (ring) => {
      const key = ring.platform[0]
      if (key !== undefined)
        key.key = `${key.key.slice(0, -2)}${key.key.endsWith('00') ? '01' : '00'}`
    })
    await expect(openKeys({ ...place, live: false })).rejects.toMatchObject({
      code: 'keys-damaged',
    })
  })

  test.each(['', '{', '{"format":"countonce-keys-1"}', '"secret-canary"', '{"secret-canary":1}'])(
    'that cannot be read are refused without a word of them: %s',
    async (content) => {
      const place = await makePlace()
      await made(place)
      await writeFile(join(place.env.KEYS, 'key-ring'), content)
      const opening = openKeys({ ...place, live: false })
      await expect(opening).rejects.toMatchObject({ code: 'keys-damaged' })
      const told = inspect(await opening.catch((error: unknown) => error), { depth: null })
      expect(told).not.toContain('canary')
    },
  )

  test('that others can read are refused', async () => {
    const place = await makePlace()
    await made(place)
    await chmod(join(place.env.KEYS, 'key-ring'), 0o640)
    await expect(openKeys({ ...place, live: false })).rejects.toMatchObject({ code: 'keys-open' })
  })

  test('survive a full disk during a rotation as they were', async () => {
    const place = await makePlace()
    const first = await made(place)
    // The shell's limit on the size of files is a real one: the write itself fails.
    const script = `import { rotatePlatformKey } from '#server/keys/keys.ts'
      process.on('SIGXFSZ', () => undefined)
      await rotatePlatformKey(JSON.parse(process.argv[1])).catch((error) => console.log(error.code))`
    const { stdout } = await promisify(execFile)(
      '/bin/sh',
      [
        '-c',
        'ulimit -f 0; exec "$0" --input-type=module-typescript -e "$1" "$2"',
        ...[process.execPath, script, JSON.stringify(place)],
      ],
      // What Node would keep of its compiling finds no room either, and that ends it.
      { env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' } },
    )
    expect(stdout).toBe('disk-full\n')
    expect((await openKeys({ ...place, live: true })).platform).toEqual(first.platform)
    expect((await readdir(place.env.KEYS)).sort()).toEqual(['key-ring', 'sealing'])
  })

  test('in a place that is no key vault are not looked for elsewhere', async () => {
    const place = await makePlace()
    const env = { KEYS: 'https://vault.example.org' }
    await expect(openKeys({ ...place, env, live: false })).rejects.toMatchObject({
      code: 'keys-unreachable',
    })
  })
})

describe('keys of files', () => {
  test('open with the key of the workers that they were sealed for, for their own file alone', async () => {
    const place = await makePlace()
    const { files } = await made(place)
    const key = await files.create('0'.repeat(32))
    expect(key).toHaveLength(32)
    const again = (await openKeys({ ...place, live: true })).files
    expect(await again.open('0'.repeat(32))).toEqual(key)
    const folder = join(place.env.PORTAL_KEYS, 'files')
    const envelope = await readFile(join(folder, '0'.repeat(32)))
    expect(envelope.includes(Buffer.from(key))).toBe(false)
    await writeFile(join(folder, '1'.repeat(32)), envelope, { mode: 0o600 })
    await expect(again.open('1'.repeat(32))).rejects.toMatchObject({ code: 'keys-damaged' })
  })

  test('are gone once erased, and erasing twice is no error', async () => {
    const { files } = await made(await makePlace())
    await files.create('0'.repeat(32))
    await files.erase('0'.repeat(32))
    await files.erase('0'.repeat(32))
    expect(await files.open('0'.repeat(32))).toBeUndefined()
    const left: string[] = []
    for await (const { name } of files.list()) left.push(name)
    expect(left).toEqual([])
  })
})
