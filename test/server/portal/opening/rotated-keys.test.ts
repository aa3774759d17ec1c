import { openRoleSecret } from '#server/keys/portal-key.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { rotateSource } from '#server/keys/rotate-source.ts'
import { rotatePlatformKey } from '#server/keys/keys.ts'
import { rekeyRecords } from '#server/linkage/links/rekey-records.ts'
import { poolOf } from '#server/platform/db/database.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { openPortalRole } from '#server/identity/actors/portal-role.ts'
import { openPortal, type Portal } from '#server/portal/opening/portal.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'

const SENDER: Actor = {
  userId: 'U-SENDER',
  role: 'provider',
  providerCode: 'acorn',
  mayExact: false,
}

let programme: TestProgramme
let portal: Portal
beforeAll(async () => {
  programme = await openTestProgramme()
  vi.stubEnv('COUNTONCE_ORIGIN', 'https://portal.example')
  vi.stubEnv('COUNTONCE_DATA', programme.store.dataDir)
  vi.stubEnv(
    'DATABASE_URL',
    await openPortalRole(programme.databaseUrl, await openRoleSecret(programme.store)),
  )
  portal = await openPortal()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await poolOf(portal.accounts.pool).pool.end()
  await programme.close()
})

test('the running portal takes files under a source key from its rotation on', async () => {
  expect((await openActorStore(portal, SENDER)).keys.currentSource.epoch).toBe(1)
  const { check } = await rotateSource(programme.store, 'operator', '2024-Q3')
  const { keys } = await openActorStore(portal, SENDER)
  expect(keys.currentSource).toMatchObject({ epoch: 2, check })
  expect(keys.source.map(({ epoch }) => epoch)).toEqual([1, 2])
})

test('it knows a rotated platform key once what is stored is under it', async () => {
  const place = { dataDir: programme.store.dataDir }
  const { platform } = await rotatePlatformKey(place)
  await rekeyRecords(programme.store.pool, platform, 'operator')
  expect((await portal.keys()).platform.map(({ check }) => check)).toEqual(
    platform.map(({ check }) => check),
  )
})

test('keys that were not rotated are not read again', async () => {
  expect(await portal.keys()).toBe(await portal.keys())
})
