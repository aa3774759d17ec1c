import { scrypt } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAreaFile } from '#core/area-file/area-file.ts'
import { openKeyFile } from '#core/key-file/key-file.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import {
  demonstrationCode,
  makeDemonstrationAccounts,
} from '#demonstration/demonstration-accounts.ts'
import { argonPasswords } from '#server/identity/accounts/passwords.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { approvingAct } from '#server/identity/approvals/approval.ts'
import { approve as giveApproval } from '#server/identity/approvals/approvals.ts'
import { readApproval } from '#server/identity/approvals/read-approvals.ts'
import { openKeys } from '#server/keys/keys.ts'
import { freshFor } from '../server/identity/approvals/fresh-for.ts'
import { openPortalKey } from '#server/keys/portal-key.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { openSmallProgramme } from '../server/intake/submissions/small-programme.ts'
import { countonce, type Ended } from './command-line.ts'

let folder: string
let store: OwnProgrammeStore

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  await chmod(folder, 0o711)
  const dataDir = join(folder, 'data')
  store = await openSmallProgramme({ dataDir, env: {} })
  const portalKey = await openPortalKey({ dataDir, env: {} })
  const made = await makeDemonstrationAccounts({ ...store, portalKey, passwords: argonPasswords() })
  expect(made.ok).toBe(true)
}, 120_000)

afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

async function run(user: string, env: Record<string, string>, ...args: string[]): Promise<Ended> {
  const data = ['--data', join(folder, 'data')]
  // The step of the code before does not matter to whom it is not about.
  await store.pool.query('update portal_user set code_step = 0')
  const portalKey = await openPortalKey(store)
  const shown = await demonstrationCode({ ...store, portalKey }, user, new Date())
  const code = shown.ok ? shown.code : ''
  return countonce([...data, ...args, '--as', user], { COUNTONCE_CODE: code, ...env })
}

/** Approves as the other administrator, which is done in the portal. */
async function approve(reference: string): Promise<void> {
  const { rows } = await store.pool.query<{ actor: Actor }>(
    `select json_build_object('userId', id, 'role', role, 'providerCode', null, 'mayExact', false) as actor
       from portal_user where email like 'administrator2@%'`,
  )
  const [row] = rows
  if (row === undefined) throw new Error('nobody else')
  const context = { pool: store.pool, now: () => new Date() }
  const read = await readApproval(store.pool, row.actor, reference, new Date())
  if (!read.ok) throw new Error(read.code)
  const { boundTo } = read.approval
  const fresh = freshFor(row.actor, approvingAct(reference), new Date())
  const done = await giveApproval(context, row.actor, { reference, boundTo }, fresh)
  expect(done).toMatchObject({ ok: true })
}

const SERVICE = 'stay-and-play'

/** A mapping file with rules that fill gaps, and one without. */
async function mappingFiles(): Promise<{ filling: object; mapping: string; none: string }> {
  const rules = [{ kind: 'default', column: 'Status', value: 'Active' }]
  const filling = { version: 1, rules }
  const [mapping, none] = ['rules.json', 'no-rules.json'].map((name) => join(folder, name))
  if (mapping === undefined || none === undefined) throw new Error('no names')
  await writeFile(mapping, JSON.stringify({ columns: {}, preparation: { filling } }))
  await writeFile(none, JSON.stringify({ columns: {} }))
  return { filling, mapping, none }
}

test('[S20] [S61] two people export the source key, as the ceremony says', async () => {
  const out = join(folder, 'trust.key')
  const asking = ['keys', 'export-source', '--out', out]
  const asked = await run('administrator', {}, ...asking)
  expect(asked.status, asked.stderr).toBe(3)
  const reference = asked.stdout.trim()
  expect(reference).toMatch(/^AP-/)
  expect(asked.stderr).toContain('consent-waits')
  const alone = await run('administrator', {}, ...asking)
  expect(alone).toMatchObject({ status: 3, stdout: `${reference}\n` })
  const listed = await countonce(['--data', join(folder, 'data'), 'approvals'])
  expect(listed.stdout).toContain(reference)
  await approve(reference)

  const weak = await run('administrator', { COUNTONCE_PASSPHRASE: 'password2024' }, ...asking)
  expect(weak).toMatchObject({ status: 2, stderr: expect.stringContaining('too easy') as string })
  const nobody = await run('administrator', {}, ...asking)
  expect(nobody).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('COUNTONCE_PASSPHRASE') as string,
  })

  const { filling, mapping, none } = await mappingFiles()
  for (const [wanted, why] of [
    ['nobody-knows=' + mapping, 'a service of the programme'],
    [SERVICE, 'say SERVICE=FILE'],
    [`${SERVICE}=${none}`, 'no mapping file with rules'],
    [`${SERVICE}=${join(folder, 'missing.json')}`, 'no mapping file with rules'],
  ] as const) {
    const refused = await run('administrator', {}, ...asking, '--rules', wanted)
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining(why) as string })
  }
  const passphrase = 'walnut trombone ferry lichen orbit'
  const withRules = [...asking, '--rules', `${SERVICE}=${mapping}`]
  const done = await run('administrator', { COUNTONCE_PASSPHRASE: passphrase }, ...withRules)
  expect(done.status, done.stderr).toBe(0)
  const { check } = store.keys.currentSource
  expect(done.stdout).toContain(check)
  expect(
    await openKeyFile(await readFile(out, 'utf8'), passphrase, { subtle: crypto.subtle, scrypt }),
  ).toMatchObject({
    ok: true,
    check,
  })
  const engine = createHmacEngine()
  const key = engine.prepareKey(store.keys.currentSource.key)
  const area = readAreaFile(new Uint8Array(await readFile(`${out}.area`)), key)
  engine.dispose()
  expect(area).toMatchObject({ ok: true, rules: { [SERVICE]: filling } })
  const once = await run('administrator', { COUNTONCE_PASSPHRASE: passphrase }, ...asking)
  expect(once).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('consent-waits') as string,
  })
  const provider = await run('provider', {}, ...asking)
  expect(provider).toMatchObject({ status: 3, stdout: '' })
  const { rows } = await store.pool.query<{ refused: string }>(
    `select distinct role || ' ' || (detail ->> 'reason') || ' ' || (detail ->> 'at') as refused
       from audit_event join portal_user on id = actor where event = 'access.refused' order by 1`,
  )
  expect(rows.map(({ refused }) => refused)).toEqual([
    'administrator consent-waits command-line source-key-export',
    'provider not-administrator command-line source-key-export',
  ])
}, 300_000)

test('[S20] no operator alone rotates a key, releases or makes an administrator', async () => {
  const data = ['--data', join(folder, 'data')]
  const before = store.keys.platform.length
  for (const command of [
    ['keys', 'rotate'],
    ['keys', 'rotate-source', '--bridge', '2024-Q3'],
  ]) {
    expect(await countonce([...data, ...command])).toMatchObject({ status: 2, stdout: '' })
    const asked = await run('administrator', {}, ...command)
    expect(asked).toMatchObject({
      status: 3,
      stdout: expect.stringMatching(/^AP-/) as string,
    })
  }
  expect(await countonce([...data, 'release'])).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('two administrators') as string,
  })
  const invited = ['administrators', 'invite', '--email', 'me@example.org', '--name', 'Me']
  expect(
    await countonce([...data, ...invited], { COUNTONCE_ORIGIN: 'https://portal.example' }),
  ).toMatchObject({ status: 3, stderr: expect.stringContaining('set-up-over') as string })

  const { rows: refused } = await store.pool.query(
    `select detail ->> 'reason' as reason, detail ->> 'at' as at from audit_event
      where event = 'access.refused' and actor = 'operator' order by seq`,
  )
  expect(refused).toEqual([
    { reason: 'release-in-portal', at: 'command-line release' },
    { reason: 'set-up-over', at: 'command-line administrator-grant' },
  ])

  const rotation = await run('administrator', {}, 'keys', 'rotate')
  await approve(rotation.stdout.trim())
  const rotated = await run('administrator', {}, 'keys', 'rotate')
  expect(rotated.status, rotated.stderr).toBe(0)
  const { platform } = await openKeys({ dataDir: join(folder, 'data'), live: false })
  expect(platform).toHaveLength(before + 1)
  const { rows } = await store.pool.query(
    `select actor = (select id from portal_user where email like 'administrator@%') as same
       from audit_event where event = 'approval.used' order by seq desc limit 1`,
  )
  expect(rows).toEqual([{ same: true }])
}, 300_000)
