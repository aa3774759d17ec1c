import { Readable } from 'node:stream'
import { DefaultAzureCredential } from '@azure/identity'
import { BlobServiceClient, RestError, type ContainerClient } from '@azure/storage-blob'
import { Fault } from '#server/platform/faults/fault.ts'
import { asItself } from '#server/platform/machine/own-context.ts'
import type { BlobListing, Blobs } from './blobs.ts'

/** How a cloud store is reached. */
export interface CloudPlace {
  /**
   * A connection string, or `https://NAME.blob.core.windows.net` to sign in as whoever this process
   * runs as in Azure.
   */
  readonly address: string
  readonly container: string
}

const BLOCK = 4 * 1024 * 1024

/** Blobs in a container of Azure Blob Storage, which is made when it is not there. */
export async function openCloudBlobs(place: CloudPlace): Promise<Blobs> {
  const container = await reaching(async () => {
    const client = connectBlobService(place.address).getContainerClient(place.container)
    await client.createIfNotExists()
    return client
  })
  return {
    async write(id, chunks) {
      // Nothing is visible until the last block is committed, and blocks that never are vanish by
      // themselves.
      const source = Readable.from(buffersOf(chunks), { objectMode: true, highWaterMark: 1 })
      let broken: { readonly cause: unknown } | undefined
      source.once('error', (cause) => (broken = { cause }))
      const abort = new AbortController()
      source.once('error', () => {
        abort.abort()
      })
      try {
        await asItself(() =>
          container.getBlockBlobClient(id).uploadStream(source, BLOCK, 2, {
            abortSignal: abort.signal,
            conditions: { ifNoneMatch: '*' },
          }),
        )
      } catch (error) {
        throw broken === undefined ? asFault(error) : broken.cause
      }
    },
    size: (id) =>
      reaching(async () => {
        const found = await orUndefined(container.getBlobClient(id).getProperties())
        return found?.contentLength
      }),
    read: (id, offset, length) =>
      reaching(() => orUndefined(container.getBlobClient(id).downloadToBuffer(offset, length))),
    erase: (id) => reaching(() => eraseAll(container, id)),
    list: () => listContainer(container),
  }
}

/**
 * The service's own stream takes Buffers alone, and throws past every handler at another array of
 * bytes.
 */
async function* buffersOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks)
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}

/** The service at an address, as whoever this process runs as in Azure or by connection string. */
export function connectBlobService(address: string): BlobServiceClient {
  const options = {
    retryOptions: { maxTries: 3, tryTimeoutInMs: 60_000, retryDelayInMs: 500 },
  }
  return address.startsWith('https://')
    ? new BlobServiceClient(address, new DefaultAzureCredential(), options)
    : BlobServiceClient.fromConnectionString(address, options)
}

/**
 * The blob with its snapshots, then what versioning kept of it: deleting a blob makes its last
 * content a version.
 */
async function eraseAll(container: ContainerClient, id: string): Promise<void> {
  const blob = container.getBlobClient(id)
  await blob.deleteIfExists({ deleteSnapshots: 'include' })
  for await (const left of container.listBlobsFlat({ prefix: id, includeVersions: true })) {
    if (left.name === id && left.versionId !== undefined) {
      await orUndefined(blob.withVersion(left.versionId).delete())
    }
  }
}

async function* listContainer(container: ContainerClient): AsyncGenerator<BlobListing> {
  const blobs = container.listBlobsFlat({ includeVersions: true })[Symbol.asyncIterator]()
  for (;;) {
    const next = await reaching(() => blobs.next())
    if (next.done === true) return
    const { createdOn, lastModified } = next.value.properties
    yield { id: next.value.name, madeAt: createdOn ?? lastModified }
  }
}

async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof RestError && error.statusCode === 404) return undefined
    throw error
  }
}

/** Asks the service for the process itself: a connection that is kept would refer to the request that it was opened for. */
async function reaching<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await asItself(work)
  } catch (error) {
    throw asFault(error)
  }
}

function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  return new Fault('storage-unavailable', {}, error)
}
