import { hkdfSync, randomBytes } from 'node:crypto'
import { chmod, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { demandKeysApart } from '#server/keys/key-places.ts'
import { initKeys, openKeys, rollWorkersKeys, rotatePlatformKey } from '#server/keys/keys.ts'
import { openPortalSecrets } from '#server/keys/portal-secrets.ts'
import { agreeAgain, agreeWith, makeKeyPair } from '#server/platform/secrets/key-agreement.ts'
import {
  openBlobs,
  openFileStore,
  sealedFilesOver,
  type FileStore,
} from '#server/platform/storage/file-store.ts'
import { makeDataFolder } from '../setup/data-folder.ts'

const HOUR = 60 * 60 * 1000

interface Place {
  readonly dataDir: string
  readonly env: { readonly KEYS: string; readonly PORTAL_KEYS: string }
}

async function makeProgramme(): Promise<Place> {
  const place = await makePlace()
  const made = await initKeys({ ...place, demonstration: true })
  if (!made.ok) throw new Error(made.code)
  return place
}

async function makePlace(): Promise<Place> {
  const apart = await makeDataFolder()
  return {
    dataDir: await makeDataFolder(),
    env: { KEYS: join(apart, 'worker'), PORTAL_KEYS: join(apart, 'portal') },
  }
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes)
}

/** Takes a file as a process does that has the portal's place alone. */
async function takeInPortal({ dataDir, env }: Place, bytes: Uint8Array): Promise<string> {
  const { PORTAL_KEYS } = env
  const { files: keys } = await openPortalSecrets({ dataDir, env: { PORTAL_KEYS } })
  const stored = await sealedFilesOver(await openBlobs({ dataDir }), keys).put(one(bytes), 1e7)
  if (!stored.ok) throw new Error(stored.code)
  return stored.id
}

async function workersFiles(place: Place): Promise<FileStore> {
  const keys = await openKeys({ ...place, live: false })
  return openFileStore({ dataDir: place.dataDir, keys: keys.files })
}

async function contentOf(place: Place, id: string): Promise<Buffer | string> {
  const opened = await (await workersFiles(place)).open(id, 'x')
  return opened.ok ? Buffer.from(await opened.file.read(0, opened.file.size)) : opened.code
}

/** Everything that lies in places at this moment, to be put back later. */
async function copyOf(folder: string): Promise<{ putBack: () => Promise<void> }> {
  const copy = await makeDataFolder()
  await cp(folder, copy, { recursive: true })
  return {
    async putBack() {
      await rm(folder, { recursive: true })
      await cp(copy, folder, { recursive: true })
      await chmod(folder, 0o700)
    },
  }
}

test('two come to one secret, as X25519 has it, and a third does not', () => {
  // RFC 7748, 6.1, and RFC 5869 over its shared secret.
  const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))
  const secret = bytes('4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742')
  const bob = {
    privateKey: bytes('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb'),
    publicKey: bytes('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f'),
  }
  const alice = bytes('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a')
  const salt = Buffer.concat([alice, bob.publicKey])
  const key = new Uint8Array(hkdfSync('sha256', secret, salt, 'a test', 32))
  expect(agreeAgain(bob, alice).keyFor('a test')).toEqual(key)
  const pair = makeKeyPair()
  const sent = agreeWith(pair.publicKey)
  expect(agreeAgain(pair, sent.once).keyFor('x')).toEqual(sent.keyFor('x'))
  expect(sent.keyFor('y')).not.toEqual(sent.keyFor('x'))
  expect(agreeAgain(makeKeyPair(), sent.once).keyFor('x')).not.toEqual(sent.keyFor('x'))
  expect(() => agreeWith(new Uint8Array(32))).toThrow('keys-damaged')
})

describe('[S72] an upload', () => {
  test('is sealed by a process that has the portal’s place alone, and opened by a worker', async () => {
    const place = await makeProgramme()
    const bytes = randomBytes(3_000_000)
    const id = await takeInPortal(place, bytes)
    expect(await contentOf(place, id)).toEqual(bytes)
  })

  test('is opened by nothing that the portal, the data and the blobs hold together', async () => {
    const place = await makeProgramme()
    const id = await takeInPortal(place, Buffer.from('Ada,Marsh,9990000018'))
    // The portal's place in the hands of somebody who makes himself keys of workers beside it.
    const forged = { ...place, env: { ...place.env, KEYS: join(await makeDataFolder(), 'own') } }
    const { PORTAL_KEYS } = place.env
    const card = await readFile(join(PORTAL_KEYS, 'workers-card'))
    expect(await initKeys({ ...forged, demonstration: true })).toMatchObject({ ok: true })
    await writeFile(join(PORTAL_KEYS, 'workers-card'), card, { mode: 0o600 })
    expect(await contentOf(forged, id)).toBe('file-erased')
    expect(Buffer.isBuffer(await contentOf(place, id))).toBe(true)
  })

  test('whose envelope is another file’s, or was changed, is refused', async () => {
    const place = await makeProgramme()
    const [own, other] = [randomBytes(100), randomBytes(100)]
    const [id, otherId] = [await takeInPortal(place, own), await takeInPortal(place, other)]
    const path = join(place.env.PORTAL_KEYS, 'files', id)
    const envelope = await readFile(path)
    await writeFile(path, await readFile(join(place.env.PORTAL_KEYS, 'files', otherId)))
    await expect(contentOf(place, id)).rejects.toMatchObject({ code: 'keys-damaged' })
    for (const at of [20, 50]) {
      const changed = Buffer.from(envelope)
      changed[at] = (changed[at] ?? 0) ^ 1
      await writeFile(path, changed)
      await expect(contentOf(place, id), String(at)).rejects.toMatchObject({ code: 'keys-damaged' })
    }
    await writeFile(path, envelope)
    expect(await contentOf(place, id)).toEqual(own)
  })
})

describe('[S39] the workers’ key that uploads are sealed for', () => {
  test('is another every day, and goes when no held file needs it', async () => {
    const place = await makeProgramme()
    const roll = (hours: number): Promise<number> =>
      rollWorkersKeys(place, new Date(Date.now() + hours * HOUR))
    const held = await takeInPortal(place, Buffer.from('of the first day'))
    expect(await roll(23)).toBe(0)
    await roll(25)
    const next = await takeInPortal(place, Buffer.from('of the second day'))
    // Just made: a portal may still be sealing for the one before.
    expect(await roll(25.5)).toBe(0)
    expect(await roll(27)).toBe(0)
    expect(String(await contentOf(place, held))).toBe('of the first day')
    await (await workersFiles(place)).erase(held)
    expect(await roll(28)).toBe(1)
    expect(await roll(29)).toBe(0)
    expect(String(await contentOf(place, next))).toBe('of the second day')
  })

  test('once destroyed opens no copy of data and envelopes that was made before', async () => {
    const place = await makeProgramme()
    const id = await takeInPortal(place, Buffer.from('Ada,Marsh,9990000018'))
    const copies = [await copyOf(place.dataDir), await copyOf(place.env.PORTAL_KEYS)]
    await (await workersFiles(place)).erase(id)
    await rollWorkersKeys(place, new Date(Date.now() + 25 * HOUR))
    await rollWorkersKeys(place, new Date(Date.now() + 27 * HOUR))
    for (const copy of copies) await copy.putBack()
    expect(await contentOf(place, id)).toBe('file-erased')
  })

  test('is told to the portal with the check values of the ring, and none of its keys', async () => {
    const place = await makeProgramme()
    const ring = await rotatePlatformKey(place)
    const { PORTAL_KEYS } = place.env
    const secrets = await openPortalSecrets({ dataDir: place.dataDir, env: { PORTAL_KEYS } })
    const card = await secrets.card()
    expect(card.checks.map(({ check }) => check)).toEqual(
      [...ring.source, ...ring.platform, ring.remembering].map(({ check }) => check),
    )
    const text = await readFile(join(PORTAL_KEYS, 'workers-card'), 'utf8')
    for (const { key } of [...ring.source, ...ring.platform, ring.remembering])
      expect(text).not.toContain(Buffer.from(key).toString('hex'))
  })
})

describe('[S36] the portal’s key', () => {
  test.each([
    ['of zeros', Buffer.alloc(32)],
    ['of words', Buffer.from('correct horse battery staple 123')],
    ['of a repetition', Buffer.from('9f86d081884c7d659a2feaa0c55ad015'.repeat(2), 'hex')],
    ['that is short', randomBytes(31)],
  ])('%s is refused', async (_what, key) => {
    const place = await makeProgramme()
    await writeFile(join(place.env.PORTAL_KEYS, 'portal-key'), key)
    await expect(openPortalSecrets(place)).rejects.toMatchObject({ code: 'keys-weak' })
    await expect(openKeys({ ...place, live: false })).rejects.toMatchObject({ code: 'keys-weak' })
  })

  test('that is a key of the ring as well is refused', async () => {
    const place = await makeProgramme()
    const [source] = (await openKeys({ ...place, live: false })).source
    await writeFile(join(place.env.PORTAL_KEYS, 'portal-key'), source?.key ?? '')
    await expect(openKeys({ ...place, live: false })).rejects.toMatchObject({ code: 'keys-reused' })
  })

  test('that is missing stops whoever wants it, and is not made anew', async () => {
    const place = await makeProgramme()
    await rm(join(place.env.PORTAL_KEYS, 'portal-key'))
    await expect(openPortalSecrets(place)).rejects.toMatchObject({ code: 'portal-key-missing' })
    await expect(openKeys({ ...place, live: false })).rejects.toMatchObject({
      code: 'portal-key-missing',
    })
    await expect(readFile(join(place.env.PORTAL_KEYS, 'portal-key'))).rejects.toThrow('ENOENT')
  })
})

describe('[S36] keys of a live programme', () => {
  test('that lie with the data, by name or by link, are refused', async () => {
    const apart = await makePlace()
    const { dataDir } = apart
    expect(await initKeys({ ...apart, demonstration: false })).toMatchObject({ ok: true })
    expect((await openKeys({ ...apart, live: true })).demonstration).toBe(false)
    const link = join(await makeDataFolder(), 'elsewhere')
    await mkdir(join(dataDir, 'hidden'))
    await symlink(join(dataDir, 'hidden'), link)
    for (const env of [
      {},
      { ...apart.env, KEYS: join(dataDir, 'keys') },
      { ...apart.env, PORTAL_KEYS: join(dataDir, 'keys') },
      { ...apart.env, KEYS: dataDir },
      { ...apart.env, KEYS: join(dataDir, '..') },
      { ...apart.env, KEYS: join(link, 'keys') },
      { ...apart.env, PORTAL_KEYS: join(link, 'not', 'made', 'yet') },
    ]) {
      const opening = openKeys({ dataDir, env, live: true })
      await expect(opening, JSON.stringify(env)).rejects.toMatchObject({ code: 'keys-beside-data' })
      const making = initKeys({ dataDir, env, demonstration: false })
      await expect(making).rejects.toMatchObject({ code: 'keys-beside-data' })
    }
  })

  test('are not looked for under a path that hangs on where the program was started', async () => {
    const { dataDir } = await makePlace()
    await expect(
      demandKeysApart({ dataDir, env: { KEYS: 'keys' } }, 'worker'),
    ).rejects.toMatchObject({ code: 'keys-unreachable' })
  })
})
