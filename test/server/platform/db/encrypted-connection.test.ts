import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demandEncryption, isOwnMachine } from '#server/platform/db/encrypted-connection.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { initProgramme } from '#server/programme/setting-up/init-programme.ts'
import { demandRegister } from '#server/programme/register/register.ts'
import { openStore, readProgrammeStore } from '#server/store/store.ts'
import leap from '#server/programme/register/leap.json' with { type: 'json' }
import { makeDataFolder } from '../../setup/data-folder.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'

describe('[S71] an address', () => {
  test.each([[undefined], ['127.0.0.1'], ['127.9.9.9'], ['::1'], ['::ffff:127.0.0.1']])(
    'of this machine: %s',
    (address) => {
      expect(isOwnMachine(address)).toBe(true)
    },
  )

  test.each([['10.0.0.4'], ['192.168.1.20'], ['fd00::2'], ['::ffff:10.0.0.4'], ['0.0.0.0'], ['']])(
    'of another: %s',
    (address) => {
      expect(isOwnMachine(address)).toBe(false)
    },
  )
})

const elsewhere = Object.values(networkInterfaces())
  .flat()
  .find((network) => network?.family === 'IPv4' && !network.internal)?.address

describe.skipIf(elsewhere === undefined)('[S71] a database on another machine', () => {
  let database: TestDatabase
  let relay: Server
  let far: string
  beforeAll(async () => {
    database = await createTestDatabase()
    // To the client it is at an address that is not this machine's own.
    const { hostname, port } = new URL(database.url)
    relay = createServer((near) => {
      const server = connect(Number(port), hostname)
      near.pipe(server).pipe(near)
      for (const end of [near, server]) end.on('error', () => end.destroy())
    })
    await new Promise<void>((resolve) => {
      relay.listen(0, elsewhere, resolve)
    })
    const url = new URL(database.url)
    url.host = `${elsewhere ?? ''}:${(relay.address() as AddressInfo).port}`
    far = url.href
  })
  afterAll(async () => {
    relay.close()
    await database.drop()
  })

  test('is not connected to without TLS by a live programme, and by a demonstration is', async () => {
    const { programme, ...parts } = leap
    const text = JSON.stringify({ ...parts, programme: { ...programme, live: true } })
    const register = demandRegister(text)
    const store = await openStore({ dataDir: await makeDataFolder(), env: { DATABASE_URL: far } })
    try {
      expect(await initProgramme(store.pool, 'test', register, [])).toMatchObject({ ok: true })
      await expect(readProgrammeStore(store)).rejects.toThrow('database-unencrypted')
      await store.pool.query('update programme set live = false')
      // It gets as far as its keys.
      await expect(readProgrammeStore(store)).rejects.toThrow('keys-missing')
    } finally {
      await store.close()
    }
  })

  test('that is near is connected to', async () => {
    const near = openPool(database.url)
    try {
      await expect(demandEncryption(near)).resolves.toBeUndefined()
    } finally {
      await near.end()
    }
  })
})
