import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFolderSecrets } from '#server/platform/secrets/folder-secrets.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

test('a folder opens while others write and erase in it', async () => {
  const place = join(folder, 'busy')
  const secrets = await openFolderSecrets(place)
  const secret = new Uint8Array(32).fill(7)
  const writing = Array.from({ length: 4 }, async (_, writer) => {
    for (let round = 0; round < 60; round++) {
      await secrets.create(`secret-${writer}`, secret)
      await secrets.erase(`secret-${writer}`)
    }
  })
  const opening = Array.from({ length: 4 }, async () => {
    for (let round = 0; round < 60; round++) await openFolderSecrets(place)
  })
  await Promise.all([...writing, ...opening])
  expect(await readdir(place)).toEqual([])
})

test('a secret that another process is at erasing is gone', async () => {
  const place = join(folder, 'erasing')
  const secrets = await openFolderSecrets(place)
  await secrets.create('files/one', new Uint8Array([7, 0, 7]))
  expect(await secrets.read('files/one')).toEqual(new Uint8Array([7, 0, 7]))
  await writeFile(join(place, 'files/one'), new Uint8Array(3))
  expect(await secrets.read('files/one')).toBeUndefined()
})
