import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPortalSecrets } from '#server/keys/portal-secrets.ts'
import { readCredential } from '#server/identity/sign-on/sign-on-settings.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { openSmallProgramme, REGISTER } from '../server/intake/submissions/small-programme.ts'
import { countonce, type Ended } from './command-line.ts'

/** countonce sign-on: the groups of a register, and what proves the portal to the organisation. */

let folder: string
let store: OwnProgrammeStore

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  await chmod(folder, 0o711)
  store = await openSmallProgramme({ dataDir: join(folder, 'data'), env: {} })
}, 120_000)

afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

async function run(what: string, option: string, text: string): Promise<Ended> {
  const path = join(folder, 'given')
  await writeFile(path, text)
  return countonce(['--data', store.dataDir, 'sign-on', what, option, path])
}

const groups = (signOn?: object): Promise<Ended> =>
  run('groups', '--programme', JSON.stringify({ ...REGISTER, signOn }))

async function kept(): Promise<readonly unknown[]> {
  const { rows } = await store.pool.query<{ lines: unknown[] }>(
    `select array(select group_name || ' ' || role || ' ' || may_see_exact from sign_on_group order by place)
       || password_roles as lines from programme`,
  )
  return rows[0]?.lines ?? []
}

async function entries(event: string): Promise<readonly unknown[]> {
  const { rows } = await store.pool.query<{ entry: unknown }>(
    `select jsonb_build_object('actor', actor, 'detail', detail) as entry from audit_event where event = $1 order by seq`,
    [event],
  )
  return rows.map(({ entry }) => entry)
}

test('groups of the register take the place of those before, and are an entry of the audit trail', async () => {
  const analysts = { group: 'analysts', role: 'analyst', exact: true }
  expect(await groups({ groups: [analysts], passwordRoles: ['administrator'] })).toMatchObject({
    status: 0,
  })
  expect(await kept()).toEqual(['analysts analyst true', 'administrator'])
  const auditors = { group: 'auditors', role: 'auditor' }
  expect(await groups({ groups: [auditors] })).toMatchObject({ status: 0 })
  expect(await kept()).toEqual(['auditors auditor false'])
  expect(await entries('sign-on.set')).toEqual([
    { actor: 'operator', detail: { groups: 1, passwordRoles: 'administrator' } },
    { actor: 'operator', detail: { groups: 1, passwordRoles: '' } },
  ])
})

test('[S20] a register that makes administrators by a group, or says nothing, changes nothing', async () => {
  const before = await kept()
  const grant = { groups: [{ group: 'it', role: 'administrator' }] }
  for (const given of [grant, undefined]) expect((await groups(given)).status).toBe(2)
  expect(await kept()).toEqual(before)
})

test('[S61] a client secret is kept with the portal’s keys, said by nobody, and an entry', async () => {
  const secret = 'a-secret-of-forty-letters-and-a-few-more'
  const done = await run('secret', '--from', `${secret}\n`)
  expect(done).toMatchObject({ status: 0 })
  expect(done.stdout + done.stderr).not.toContain(secret)
  const opened = await (await openPortalSecrets(store)).signOn()
  expect(readCredential(opened ?? new Uint8Array())).toEqual({ kind: 'secret', secret })
  expect(await entries('sign-on.secret-kept')).toEqual([{ actor: 'operator', detail: {} }])
  for (const name of await readdir(join(store.dataDir, 'keys'), { recursive: true }))
    if (!name.includes('portal'))
      expect(await readFile(join(store.dataDir, 'keys', name)).catch(() => '')).not.toContain(
        secret,
      )
  for (const wrong of ['short', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----']) {
    expect((await run('secret', '--from', wrong)).status).toBe(2)
  }
  const after = await (await openPortalSecrets(store)).signOn()
  expect(after).toEqual(opened)
})
