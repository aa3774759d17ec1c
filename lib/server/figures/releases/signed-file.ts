import { writeSignedRelease } from '#core/disclosure/signed-release.ts'
import type { Release, ReleaseReader } from './list-releases.ts'
import { readReleaseText } from './verify-release.ts'

/** A release as the file that an outsider checks; undefined while it is not signed. */
export async function readSignedFile(
  client: ReleaseReader,
  release: Release,
): Promise<string | undefined> {
  if (release.signed === undefined) return undefined
  return writeSignedRelease({ ...release.signed, text: await readReleaseText(client, release) })
}
