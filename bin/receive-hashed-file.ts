import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { HASHED_HEADERS } from '#core/hashed-file/hashed-columns.ts'
import { beginsHashed, HASHED_BYTES, storeSentFiles } from '#server/intake/hashed/sent-files.ts'
import { takeHashedFiles } from '#server/intake/hashed/take-hashed.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import {
  checkDestination,
  recordSubmission,
  type Received,
  type SentFile,
} from '#server/intake/submissions/receive-submission.ts'
import { bytesOf } from './read-input.ts'

/** A hashed file named on the command line, with what lies beside it. */

/**
 * Whether a file is to be taken as hashed at source: by its first line, or because a manifest was
 * named.
 */
export async function isHashedFile(path: string, manifest: string | undefined): Promise<boolean> {
  if (manifest !== undefined) return true
  const file = await open(path, 'r')
  try {
    const top = Buffer.alloc(Math.max(...HASHED_HEADERS.map(({ length }) => length + 1)))
    await file.read(top, 0, top.length, 0)
    return beginsHashed(top)
  } finally {
    await file.close()
  }
}

/**
 * Receives a hashed file: NAME.csv with NAME.manifest.json and NAME.manifest.hmac, and the three
 * NAME.bridge files where they lie beside it. What is not there is not sent, and the refusal says
 * what is missing.
 */
export async function receiveHashedFile(
  store: OwnProgrammeStore,
  path: string,
  manifest: string | undefined,
  what: Omit<SentFile, 'bytes' | 'limit'>,
): Promise<Received | Refusal> {
  const destination = await checkDestination(store, what)
  if (!destination.ok) return destination
  const name = path.replace(/\.csv$/i, '')
  const json = manifest ?? `${name}.manifest.json`
  const bridge = `${name}.bridge`
  const beside = [json, json.replace(/\.json$/i, '.hmac')]
  const second = [`${bridge}.csv`, `${bridge}.manifest.json`, `${bridge}.manifest.hmac`]
  const paths = [path, ...[...beside, ...second].filter((file) => existsSync(file))]
  const limits = { clear: HASHED_BYTES, hashed: HASHED_BYTES }
  const sent = await storeSentFiles(store.files, readAll(paths), limits)
  if (!sent.ok) return sent
  const place = { ...destination, kind: what.kind }
  const taken = await takeHashedFiles(store, place, sent, what.actor)
  if (!taken.ok) return taken
  return recordSubmission(store, what, destination, taken.stored)
}

async function* readAll(paths: readonly string[]): AsyncGenerator<AsyncIterable<Uint8Array>> {
  await Promise.resolve()
  for (const path of paths) yield bytesOf(path)
}
