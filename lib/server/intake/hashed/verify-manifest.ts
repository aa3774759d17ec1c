import type { HashedCode } from '#core/messages/hasher/hashed-refusals.ts'
import {
  kindOfManifest,
  readManifest,
  type Manifest,
  type ManifestRefusal,
} from '#core/hashed-file/manifest.ts'
import type { FileKind } from '#core/standard/further-fields.ts'
import { publishedVectors } from '#core/pseudonym/generated/published-vectors.ts'
import { TABLE_DIGESTS } from '#core/pseudonym/generated/table-digests.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { areEqual, bytesFromHex, manifestHmac } from '#core/pseudonym/keys.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { SourceKey } from '#server/keys/key-ring.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import type { Destination } from '#server/intake/submissions/receive-submission.ts'

/** A manifest that verifies and agrees with the portal, with the key its file was made under. */
export interface VerifiedManifest {
  readonly ok: true
  readonly manifest: Manifest
  readonly key: SourceKey
}

export type ManifestCode = HashedCode | ManifestRefusal

/** What hashed files are sent for: of the kind that their manifest says, where none is said here. */
export interface HashedDestination extends Pick<Destination, 'service' | 'quarter'> {
  readonly kind?: FileKind | undefined
}

/** A file of 64 hexadecimal digits and LF: what a manifest is signed with. */
export const HMAC_FILE = /^[0-9a-f]{64}\n$/

/**
 * Verifies a manifest under the key that it names, with one of the signatures that came along, and
 * compares it with the programme and with what it is sent for. Refused at the first thing that is
 * not so.
 */
export function verifyManifest(
  { programme, keys }: Pick<ProgrammeStore, 'programme' | 'keys'>,
  { service, quarter, kind }: HashedDestination,
  bytes: Uint8Array,
  signatures: readonly string[],
): VerifiedManifest | Refusal<ManifestCode> {
  const read = readManifest(bytes)
  if (!read.ok) return refuse(read.code)
  const { manifest } = read
  const key = keys.source.find(({ check }) => check === manifest.source_key_check)
  if (key === undefined) return refuse('manifest-other-key')
  if (!isSigned(key, bytes, signatures)) return refuse('manifest-changed')
  if (manifest.live !== programme.live) return refuse('manifest-live')
  if (manifest.provider !== service.providerCode || manifest.service !== service.code) {
    return refuse('manifest-service')
  }
  if (manifest.quarter !== quarter) return refuse('manifest-quarter')
  if (kind !== undefined && kindOfManifest(manifest) !== kind) return refuse('manifest-kind')
  const { fold, names, vectors } = manifest.tables
  const { fold: ourFold, names: ourNames, vectors: ourVectors } = TABLE_DIGESTS
  if (fold !== ourFold || names !== ourNames || vectors !== ourVectors) {
    return refuse('manifest-tables')
  }
  const { passed, failed } = manifest.self_test
  const all = publishedVectors().vectors.length
  if (failed !== 0 || passed !== all) return refuse('manifest-self-test')
  return { ok: true, manifest, key }
}

function isSigned(key: SourceKey, bytes: Uint8Array, signatures: readonly string[]): boolean {
  const engine = createHmacEngine()
  try {
    const right = bytesFromHex(manifestHmac(engine.prepareKey(key.key), bytes))
    return signatures.some(
      (line) => HMAC_FILE.test(line) && areEqual(right, bytesFromHex(line.slice(0, 64))),
    )
  } finally {
    engine.dispose()
  }
}
