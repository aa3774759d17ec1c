import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { listHasherFiles, openHasherFile } from '#server/portal/screens/hasher-files.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { openAccountSetting, type AccountSetting } from '../../identity/accounts/account-setting.ts'

const actor = (role: Actor['role']): Actor => ({
  userId: '1',
  role,
  providerCode: role === 'provider' ? 'acorn' : null,
  mayExact: true,
})

let setting: AccountSetting
let folder: string
beforeAll(async () => {
  setting = await openAccountSetting()
})
afterAll(() => setting.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countonce-hasher-files-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

test('offers what was built, each with the digest of its bytes, and nothing else of the folder', async () => {
  await writeFile(join(folder, 'count-once-hasher.html'), 'a page')
  await writeFile(join(folder, 'countonce-hash-linux-x64'), 'a program')
  await writeFile(join(folder, 'SHA256SUMS'), 'sums')
  const listed = await listHasherFiles(setting.context.pool, actor('provider'), folder)
  expect(listed).toMatchObject({
    files: [
      { name: 'count-once-hasher.html', bytes: 6, sha256: sha256('a page') },
      { name: 'countonce-hash-linux-x64', bytes: 9, sha256: sha256('a program') },
    ],
  })
  for (const name of ['SHA256SUMS', '../count-once-hasher.html', 'countonce-hash-macos-arm64'])
    expect(
      await openHasherFile(setting.context.pool, actor('provider'), folder, name),
    ).toMatchObject({ ok: false })
})

test('tells the digest of a file that was built again', async () => {
  await writeFile(join(folder, 'count-once-hasher.html'), 'a page')
  await listHasherFiles(setting.context.pool, actor('administrator'), folder)
  await writeFile(join(folder, 'count-once-hasher.html'), 'another page')
  expect(await listHasherFiles(setting.context.pool, actor('administrator'), folder)).toMatchObject(
    {
      files: [{ sha256: sha256('another page') }],
    },
  )
})

test('offers nothing where nothing was built, and nothing to an analyst', async () => {
  const nowhere = join(folder, 'nowhere')
  expect(await listHasherFiles(setting.context.pool, actor('provider'), nowhere)).toEqual({
    ok: true,
    files: [],
  })
  expect(await listHasherFiles(setting.context.pool, actor('analyst'), folder)).toMatchObject({
    code: 'not-found',
  })
})
