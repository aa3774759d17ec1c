import { inspect } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { rotateSource } from '#server/keys/rotate-source.ts'
import { openKeys } from '#server/keys/keys.ts'
import { receiveSubmission } from '#server/intake/submissions/receive-submission.ts'
import { poolOf } from '#server/platform/db/database.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { loginVariable, openLogins } from '#server/store/logins.ts'
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
  const logins = await openLogins(programme.store, ['portal', 'exact', 'audit', 'reader'])
  vi.stubEnv('DATABASE_URL', logins.portal)
  for (const part of ['exact', 'audit', 'reader'] as const)
    vi.stubEnv(loginVariable(part), logins[part])
  portal = await openPortal()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await poolOf(portal.accounts.pool).pool.end()
  await programme.close()
})

async function* one(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text))
}

/** The epoch of a file that the running portal takes. */
async function epochOf(text: string): Promise<number> {
  const received = await receiveSubmission(await openActorStore(portal, SENDER), {
    ...{ service: 'stay-and-play', quarter: '2024-Q1', dataset: 'production', actor: 'U-SENDER' },
    ...{ bytes: one(text), limit: 1_000 },
  })
  if (!received.ok) throw new Error(received.code)
  return received.submission.epoch
}

test('the running portal takes files under a source key from its rotation on', async () => {
  expect(await epochOf('before')).toBe(1)
  await rotateSource(programme.store, 'operator', '2024-Q3', () => Promise.resolve({ ok: true }))
  expect(await epochOf('after')).toBe(2)
})

test('[S72] it holds no key of the workers, and opens no file that it took', async () => {
  const store = await openActorStore(portal, SENDER)
  const ring = await openKeys({ dataDir: programme.store.dataDir, live: false })
  const held = inspect([portal, store], { depth: 12, showHidden: true, maxArrayLength: null })
  for (const { key } of [...ring.source, ...ring.platform, ring.remembering]) {
    expect(held).not.toContain(Array.from(key).join(', '))
    expect(held).not.toContain(Buffer.from(key).toString('hex'))
  }
  expect(Object.keys(store.files)).not.toContain('open')
  expect(Object.keys(store.secrets.files)).not.toContain('open')
  expect(store).not.toHaveProperty('keys')
})
