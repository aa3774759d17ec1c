import { RestError, type ContainerClient } from '@azure/storage-blob'
import { Fault } from '#server/platform/faults/fault.ts'
import { connectBlobService, type CloudPlace } from './cloud-blobs.ts'
import type { OnceWritten, Protection } from './once-written.ts'

const DAY = 86_400_000

/**
 * Files of a container of Azure Blob Storage, each under a locked immutability policy of `days` from
 * the request that writes it: until then nobody changes or deletes it, the owner of the account
 * included. The container needs version-level immutability; one that refuses the policy is
 * `anchors-refused`. An emulator ignores it, which is told by `storage`.
 */
export function openContainerOnce(place: CloudPlace, days: number): OnceWritten {
  const container = connectBlobService(place.address).getContainerClient(place.container)
  return {
    create: (name, bytes) => reaching(() => create(container, name, bytes, days)),
    read: (name) =>
      reaching(() =>
        orElse(async () => container.getBlobClient(name).downloadToBuffer(), undefined),
      ),
    names: () => reaching(() => orElse(() => listNames(container), [])),
  }
}

async function create(
  container: ContainerClient,
  name: string,
  bytes: Uint8Array,
  days: number,
): Promise<Protection | undefined> {
  await container.createIfNotExists()
  const blob = container.getBlockBlobClient(name)
  try {
    await blob.upload(Buffer.from(bytes), bytes.length, {
      conditions: { ifNoneMatch: '*' },
      immutabilityPolicy: { expiriesOn: new Date(Date.now() + days * DAY), policyMode: 'Locked' },
    })
  } catch (error) {
    if (!(error instanceof RestError)) throw error
    if (error.statusCode === 409 && error.code === 'BlobAlreadyExists') return undefined
    if (error.statusCode === 412) return undefined
    if (error.statusCode === 400 || error.statusCode === 409)
      throw new Fault('anchors-refused', { answer: error.code ?? error.statusCode }, error)
    throw error
  }
  const { immutabilityPolicyExpiresOn: until } = await blob.getProperties()
  return until === undefined ? 'storage' : 'immutable-storage'
}

async function listNames(container: ContainerClient): Promise<string[]> {
  const names: string[] = []
  for await (const { name } of container.listBlobsFlat()) names.push(name)
  return names
}

async function orElse<T>(work: () => Promise<T>, missing: T): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof RestError && error.statusCode === 404) return missing
    throw error
  }
}

async function reaching<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof Fault ? error : new Fault('storage-unavailable', {}, error)
  }
}
