/**
 * Secrets in Azure Key Vault. Tested against the vault's protocol on a server of our own
 * (`server/platform/secrets/vault-secrets`), and never run against Azure. The vault needs soft delete's
 * shortest retention and purge protection off for these secrets: what is erased is purged at once, and a
 * vault that refuses to purge keeps it readable to whoever may recover secrets; erasing then throws.
 */
import { DefaultAzureCredential, type TokenCredential } from '@azure/identity'
import { SecretClient, type SecretClientOptions } from '@azure/keyvault-secrets'
import { Fault } from '#server/platform/faults/fault.ts'
import type { SecretListing, Secrets, SecretShelf } from './secrets.ts'

const PREFIX = 'countonce-'

/** What the name of a secret on a shelf begins with. */
const SHELVES: Readonly<Record<SecretShelf, string>> = {
  files: `${PREFIX}file-`,
  sealing: `${PREFIX}sealing-`,
}

/** How a vault is reached. */
export interface VaultAccess {
  readonly credential: TokenCredential
  readonly client: SecretClientOptions
  /** The longest that one act may take, all its tries together, in milliseconds. */
  readonly longest: number
}

/** As whoever this process runs as in Azure. */
function accessInAzure(): VaultAccess {
  return {
    credential: new DefaultAzureCredential(),
    client: { retryOptions: { maxRetries: 3, retryDelayInMs: 300, maxRetryDelayInMs: 5_000 } },
    longest: 60_000,
  }
}

/** How often it is asked whether a deletion is done, in milliseconds: it must be before the purge. */
const DELETED_YET = 250

/** Secrets in the vault at `address`, `https://NAME.vault.azure.net`. */
export function openVaultSecrets(address: string, access = accessInAzure()): Secrets {
  const client = new SecretClient(address, access.credential, access.client)
  const inTime = (): { readonly abortSignal: AbortSignal } => ({
    abortSignal: AbortSignal.timeout(access.longest),
  })
  const read = async (name: string): Promise<Uint8Array | undefined> => {
    const found = await orUndefined(client.getSecret(vaultName(name), inTime()))
    return found?.value === undefined ? undefined : fromText(found.value)
  }
  const write = async (name: string, secret: Uint8Array): Promise<void> => {
    await client.setSecret(vaultName(name), toText(secret), inTime())
  }
  return {
    read: (name) => reaching(() => read(name)),
    // A vault has no "only when new": keys are made by one operator once, and the names of files
    // are random.
    create: (name, secret) =>
      reaching(async () => {
        if ((await read(name)) !== undefined) return false
        await write(name, secret)
        return true
      }),
    replace: (name, secret) => reaching(() => write(name, secret)),
    erase: (name) =>
      reaching(async () => {
        const deletion = await orUndefined(
          client.beginDeleteSecret(vaultName(name), { intervalInMs: DELETED_YET, ...inTime() }),
        )
        await deletion?.pollUntilDone()
        // With all its versions; also what was deleted before and not purged.
        await orUndefined(client.purgeDeletedSecret(vaultName(name), inTime()))
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
