import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openKeyFile } from '#core/key-file/key-file.ts'
import { makeDemonstrationAccounts } from '#demonstration/demonstration-accounts.ts'
import { argonPasswords } from '#server/identity/accounts/passwords.ts'
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
  const code = await countonce([...data, 'demo', 'code', user])
  return countonce([...data, ...args, '--as', user], { COUNTONCE_CODE: code.stdout.trim(), ...env })
}

test('[S20] two people export the source key from the command line, as the ceremony says', async () => {
  const out = join(folder, 'trust.key')
  const asking = ['keys', 'export-source', '--out', out]
  const asked = await run('administrator', {}, ...asking)
  expect(asked.status, asked.stderr).toBe(3)
  const reference = asked.stdout.trim()
  expect(reference).toMatch(/^KE-/)
  expect(asked.stderr).toContain('export-waits')

  const alone = await run('administrator', {}, 'keys', 'approve', reference)
  expect(alone).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('second-person') as string,
  })
  const agreed = await run('administrator2', {}, 'keys', 'approve', reference)
  expect(agreed).toMatchObject({ status: 0, stderr: '' })

  const weak = await run('administrator', { COUNTONCE_PASSPHRASE: 'password2024' }, ...asking)
  expect(weak).toMatchObject({ status: 2, stderr: expect.stringContaining('too easy') as string })
  const nobody = await run('administrator', {}, ...asking)
  expect(nobody).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('COUNTONCE_PASSPHRASE') as string,
  })

  const passphrase = 'walnut trombone ferry lichen orbit'
  const done = await run('administrator', { COUNTONCE_PASSPHRASE: passphrase }, ...asking)
  expect(done.status, done.stderr).toBe(0)
  const { check } = store.keys.currentSource
  expect(done.stdout).toContain(check)
  expect(await openKeyFile(await readFile(out, 'utf8'), passphrase, crypto.subtle)).toMatchObject({
    ok: true,
    check,
  })
  const once = await run('administrator', { COUNTONCE_PASSPHRASE: passphrase }, ...asking)
  expect(once).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('export-waits') as string,
  })
  const provider = await run('provider', {}, ...asking)
  expect(provider).toMatchObject({ status: 3, stdout: '' })
}, 300_000)
