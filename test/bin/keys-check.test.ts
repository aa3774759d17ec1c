import { scrypt } from 'node:crypto'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeKeyFile } from '#core/key-file/key-file.ts'
import { wordsOf, type Code } from '#core/messages/words-of.ts'
import { rotateSourceKey } from '#server/keys/keys.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { openSmallProgramme } from '../server/intake/submissions/small-programme.ts'
import { countonce, type Ended } from './command-line.ts'

const PASSPHRASE = 'walnut trombone ferry lichen orbit'

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

/** Writes a key file and has it checked. */
async function check(key: Uint8Array, live: boolean, passphrase = PASSPHRASE): Promise<Ended> {
  const salt = Uint8Array.from({ length: 16 }, (_, index) => index * 5)
  const nonce = Uint8Array.from({ length: 12 }, (_, index) => index * 3)
  const file = join(folder, 'trust.key')
  await writeFile(
    file,
    await writeKeyFile(
      { key, live, passphrase: PASSPHRASE, salt, nonce },
      { subtle: crypto.subtle, scrypt },
    ),
  )
  return run(file, passphrase)
}

function run(file: string, passphrase: string): Promise<Ended> {
  const words = ['--data', join(folder, 'data'), 'keys', 'check', file]
  return countonce(words, { COUNTONCE_PASSPHRASE: passphrase })
}

test('names the key of a key file, whether it is live, and which epoch it is', async () => {
  const { live } = store.programme
  const { key, check: value } = store.keys.currentSource
  const current = await check(key, live)
  expect(current.stdout).toBe(
    `key check value ${value}\n${live ? 'of a live programme' : 'of a programme that is not live'}\nthe current source key, epoch 1\n`,
  )
  expect(current.status).toBe(0)
  await rotateSourceKey({ dataDir: store.dataDir, env: {} })
  const earlier = await check(key, live)
  expect(earlier.status).toBe(0)
  expect(earlier.stdout).toContain('an earlier source key, epoch 1 of 2')
}, 120_000)

test('says in one line why a key file is of no use', async () => {
  const { live } = store.programme
  const { key } = store.keys.currentSource
  const other = Uint8Array.from(key, (byte, index) => byte ^ (index * 31 + 1))
  expectRefused(await check(key, live, 'walnut trombone ferry'), 'key-file-passphrase')
  expectRefused(await check(other, live), 'key-file-of-another')
  expectRefused(await check(key, !live), 'key-file-live')
  const text = join(folder, 'text')
  await writeFile(text, 'nothing of the kind\n')
  expectRefused(await run(text, PASSPHRASE), 'key-file-unreadable')
}, 120_000)

function expectRefused(ended: Ended, code: Code): void {
  const { title, fix } = wordsOf(code)
  expect(ended).toMatchObject({ status: 3, stderr: `countonce: ${title} ${fix}\n` })
}
