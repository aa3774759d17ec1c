import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Secrets } from '#server/platform/secrets/secrets.ts'
import { openVaultSecrets } from '#server/platform/secrets/vault-secrets.ts'
import { openOwnVault, TOKEN, type OwnVault } from './own-vault.ts'

/** Against the vault's protocol on a server of our own; never against Azure. */

let vault: OwnVault
let secrets: Secrets
/** Who was asked for a token, and for what. */
let scopes: string[]

beforeEach(async () => {
  vault = await openOwnVault()
  scopes = []
  secrets = open(2_000)
})
afterEach(() => vault.close())

function open(longest: number): Secrets {
  return openVaultSecrets(vault.address, {
    credential: {
      getToken(scope) {
        scopes.push(...[scope].flat())
        return Promise.resolve({ token: TOKEN, expiresOnTimestamp: Date.now() + 3_600_000 })
      },
    },
    client: {
      disableChallengeResourceVerification: true,
      allowInsecureConnection: true,
      retryOptions: { maxRetries: 2, retryDelayInMs: 1, maxRetryDelayInMs: 5 },
    },
    longest,
  })
}

const bytes = (): Uint8Array => new Uint8Array(randomBytes(100))

test('a token is asked for as the vault’s challenge says, once', async () => {
  const secret = bytes()
  await secrets.replace('key-ring', secret)
  expect(await secrets.read('key-ring')).toEqual(secret)
  expect(new Set(scopes)).toEqual(new Set(['https://vault.example/.default']))
  expect(vault.asked.challenged).toBe(1)
})

test('the newest version of a secret counts, and one that is there is not made anew', async () => {
  const [first, second] = [bytes(), bytes()]
  expect(await secrets.create('key-ring', first)).toBe(true)
  expect(await secrets.create('key-ring', second)).toBe(false)
  expect(await secrets.read('key-ring')).toEqual(first)
  await secrets.replace('key-ring', second)
  expect(await secrets.read('key-ring')).toEqual(second)
  expect(vault.secrets.get('countonce-key-ring')).toHaveLength(2)
  expect(await secrets.read('portal-key')).toBeUndefined()
})

test('[S39] what is erased is purged with all its versions, also what was only deleted before', async () => {
  const id = 'f'.repeat(32)
  await secrets.create(`files/${id}`, bytes())
  await secrets.replace(`files/${id}`, bytes())
  await secrets.erase(`files/${id}`)
  expect([...vault.secrets, ...vault.deleted]).toEqual([])
  await secrets.erase(`files/${id}`)
  // Whoever deleted it was killed before the purge.
  vault.deleted.set(`countonce-file-${id}`, [{ value: 'AAAA', created: 0 }])
  await secrets.erase(`files/${id}`)
  expect([...vault.deleted]).toEqual([])
})

test('[S39] a vault that refuses to purge is not taken for one that erased', async () => {
  await secrets.create('sealing/1', bytes())
  vault.purgeIsRefused = true
  await expect(secrets.erase('sealing/1')).rejects.toMatchObject({ code: 'keys-unreachable' })
})

test('each shelf is listed whole, over as many pages as it has, and nothing else', async () => {
  for (let each = 0; each < 4; each += 1) {
    await secrets.create(`files/f${String(each)}`, bytes())
    await secrets.create(`sealing/s${String(each)}`, bytes())
  }
  await secrets.create('key-ring', bytes())
  for (const shelf of ['files', 'sealing'] as const) {
    const names: string[] = []
    for await (const { name, madeAt } of secrets.list(shelf)) {
      names.push(name)
      expect(Date.now() - madeAt.getTime()).toBeLessThan(60_000)
    }
    expect(names.sort()).toEqual([0, 1, 2, 3].map((each) => `${shelf.slice(0, 1)}${String(each)}`))
  }
})

test('a vault that is busy or failing for a moment is asked again', async () => {
  const secret = bytes()
  await secrets.create('key-ring', secret)
  for (const status of [429, 500, 503]) {
    vault.answers.push(status)
    expect(await secrets.read('key-ring'), String(status)).toEqual(secret)
  }
})

test.each([403, 429, 500, 503])(
  'one that goes on answering %i is unreachable, and no word of its is told',
  async (status) => {
    await secrets.create('key-ring', bytes())
    vault.answers.push(...Array.from({ length: 10 }, () => status))
    const reading = secrets.read('key-ring')
    await expect(reading).rejects.toMatchObject({ code: 'keys-unreachable', detail: {} })
    const error = (await reading.catch((thrown: unknown) => thrown)) as Error
    expect(error.message).not.toContain('a-value')
    expect(inspect(error.message)).not.toContain(TOKEN)
  },
)

test('one that does not answer is given up in time', async () => {
  await secrets.create('key-ring', bytes())
  const hasty = open(150)
  await hasty.read('key-ring')
  vault.answers.push('hang', 'hang', 'hang', 'hang')
  await expect(hasty.read('key-ring')).rejects.toMatchObject({ code: 'keys-unreachable' })
})
