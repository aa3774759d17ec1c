import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { hashAtSource } from '../server/intake/hashed/hash-at-source.ts'
import { children, csv } from '../server/intake/submissions/small-files.ts'
import { openSmallProgramme } from '../server/intake/submissions/small-programme.ts'
import { countonce, type Ended } from './command-line.ts'

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

function ingest(...options: string[]): Promise<Ended> {
  const place = ['--service', 'health-visiting', '--quarter', '2024-Q1', '--json']
  return countonce(['--data', join(folder, 'data'), 'ingest', ...options, ...place])
}

test('a hashed file is taken with the manifest beside it, and refused without', async () => {
  const made = await hashAtSource(store, csv(children(0, 12)))
  const path = join(folder, 'trust.csv')
  await writeFile(path, made.csv)
  const refused = await ingest(path)
  expect(refused.status, refused.stderr).toBe(3)
  expect(JSON.parse(refused.stdout)).toMatchObject({
    submission: null,
    refused: { code: 'hashed-incomplete' },
  })
  expect(await readdir(join(folder, 'data', 'blobs'))).toEqual([])

  await writeFile(join(folder, 'other.json'), made.manifest)
  await writeFile(join(folder, 'other.hmac'), made.hmac)
  await writeFile(join(folder, 'trust.manifest.json'), made.manifest)
  await writeFile(join(folder, 'trust.manifest.hmac'), made.hmac)
  const taken = await ingest(path)
  expect(taken.status, taken.stderr).toBe(0)
  expect(JSON.parse(taken.stdout)).toMatchObject({
    rows: { read: 12, accepted: 12, rejected: 0, blank: 0, leftOut: 0 },
    records: 12,
    linkability: { strong: 12, weak: 0, none: 0 },
  })
  const again = await ingest(path, '--manifest', join(folder, 'other.json'))
  expect(again).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('sent before') as string,
  })
}, 120_000)
