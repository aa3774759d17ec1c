import { createHash, verify } from 'node:crypto'
import { releaseText } from '#core/disclosure/release-text.ts'
import {
  readToldRelease,
  readSignedRelease,
  type ToldRelease,
} from '#core/disclosure/signed-release.ts'
import { readPublicKey } from '#server/keys/public-key.ts'
import { run } from '#server/platform/db/run.ts'
import type { Release, ReleaseReader } from './list-releases.ts'
import { releasedCells } from './cell-table.ts'

/** The text of a release, which its digest covers: what an outsider verifies. */
export async function readReleaseText(client: ReleaseReader, release: Release): Promise<string> {
  const rows = await run(client, 'releases/read-cells', [release.id, null])
  return releaseText(release, releasedCells(rows))
}

/** Whether a release is still what its digest says. */
export async function verifyRelease(client: ReleaseReader, release: Release): Promise<boolean> {
  const text = await readReleaseText(client, release)
  return createHash('sha256').update(text).digest('hex') === release.digest
}

/** What checking the file of a signed release came to. */
export interface CheckedFile {
  /** `not-signed`: no file of a release; `changed`: the signature is not of this text. */
  readonly outcome: 'genuine' | 'changed' | 'other-key' | 'not-signed'
  /** The key that the file names, to be compared with the one that the programme publishes. */
  readonly key?: string
  readonly told?: ToldRelease
  /** SHA-256 of the text, hex. */
  readonly digest?: string
}

/**
 * Checks the file of a signed release, as anybody can who has it; with the key that they noted, that
 * it is the one which signed. Without it a file that somebody else signed is genuine too.
 */
export function checkSignedFile(file: string, noted?: string): CheckedFile {
  const signed = readSignedRelease(file)
  const key = signed === undefined ? undefined : readPublicKey(signed.key)
  if (signed === undefined || key === undefined) return { outcome: 'not-signed' }
  const bytes = Buffer.from(signed.text)
  const isOfText = verify(null, bytes, key, Buffer.from(signed.signature, 'base64url'))
  const isNoted = noted === undefined || readPublicKey(noted)?.equals(key) === true
  return {
    outcome: !isOfText ? 'changed' : isNoted ? 'genuine' : 'other-key',
    key: signed.key,
    told: readToldRelease(signed.text),
    digest: createHash('sha256').update(bytes).digest('hex'),
  }
}
