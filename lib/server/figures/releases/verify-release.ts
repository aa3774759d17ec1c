import { createHash, verify } from 'node:crypto'
import { releaseText } from '#core/disclosure/release-text.ts'
import type { VerifySignature } from '#core/disclosure/signed-release.ts'
import { readPublicKey } from '#server/keys/public-key.ts'
import type { Release, ReleaseReader } from './list-releases.ts'
import { readEveryCell } from './cell-table.ts'

/** The text of a release, which its digest covers: what an outsider verifies. */
export async function readReleaseText(client: ReleaseReader, release: Release): Promise<string> {
  return releaseText(release, await readEveryCell(client, release))
}

/** Whether a release is still what its digest says. */
export async function verifyRelease(client: ReleaseReader, release: Release): Promise<boolean> {
  const text = await readReleaseText(client, release)
  return createHash('sha256').update(text).digest('hex') === release.digest
}

/** Checks a signature of Ed25519 with Node's own cryptography. */
export const verifySignature: VerifySignature = ({ key, signature }, bytes) => {
  const known = readPublicKey(key)
  return known !== undefined && verify(null, bytes, known, Buffer.from(signature, 'base64url'))
}
