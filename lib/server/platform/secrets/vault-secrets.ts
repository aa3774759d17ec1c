/**
 * Secrets in Azure Key Vault. Not run in this repository's tests: no vault and no emulator of one
 * can be reached from them; it follows the interface that the folder's tests hold. The vault needs
 * soft delete's shortest retention and purge protection off for this portal's secrets: an erased
 * file key is purged at once, and a vault that refuses to purge would keep it readable to whoever
 * may recover secrets.
 */
import { DefaultAzureCredential } from '@azure/identity'
import { SecretClient } from '@azure/keyvault-secrets'
import { Fault } from '#server/platform/faults/fault.ts'
import type { SecretListing, Secrets, SecretShelf } from './secrets.ts'

const PREFIX = 'countonce-'

/** What the name of a secret on a shelf begins with. */
const SHELVES: Readonly<Record<SecretShelf, string>> = {
  files: `${PREFIX}file-`,
  sealing: `${PREFIX}sealing-`,
}

/**
 * Secrets in the vault at `address`, `https://NAME.vault.azure.net`, as whoever this process runs
 * as in Azure.
 */
export function openVaultSecrets(address: string): Secrets {
  const client = new SecretClient(address, new DefaultAzureCredential())
  return {
    read: (name) =>
      reaching(async () => {
        const found = await orUndefined(client.getSecret(vaultName(name)))
        return found?.value === undefined ? undefined : fromText(found.value)
      }),
    // A vault has no "only when new": keys are made by one operator once, and the names of files
    // are random.
    create: (name, secret) =>
      reaching(async () => {
        if ((await orUndefined(client.getSecret(vaultName(name)))) !== undefined) return false
        await client.setSecret(vaultName(name), toText(secret))
        return true
      }),
    replace: (name, secret) =>
      reaching(async () => {
        await client.setSecret(vaultName(name), toText(secret))
      }),
    erase: (name) =>
      reaching(async () => {
        const deletion = await orUndefined(client.beginDeleteSecret(vaultName(name)))
        await deletion?.pollUntilDone()
        await orUndefined(client.purgeDeletedSecret(vaultName(name)))
      }),
    list: (shelf) => listVault(client, SHELVES[shelf]),
  }
}

async function* listVault(client: SecretClient, prefix: string): AsyncGenerator<SecretListing> {
  const secrets = client.listPropertiesOfSecrets()[Symbol.asyncIterator]()
  for (;;) {
    const next = await reaching(() => secrets.next())
    if (next.done === true) return
    const { name, createdOn } = next.value
    if (!name.startsWith(prefix)) continue
    yield { name: name.slice(prefix.length), madeAt: createdOn ?? new Date(0) }
  }
}

function vaultName(name: string): string {
  return PREFIX + name.replace(/^files\//, 'file-').replace('/', '-')
}

function toText(secret: Uint8Array): string {
  return Buffer.from(secret).toString('base64')
}

function fromText(value: string): Uint8Array {
  return new Uint8Array(Buffer.from(value, 'base64'))
}

async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error && error.statusCode === 404)
      return undefined
    throw error
  }
}

async function reaching<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof Fault ? error : new Fault('keys-unreachable', {}, error)
  }
}
