/** The published vectors, as the tests read them. */
import { readFileSync } from 'node:fs'
import type { PublishedVectors } from '#core/pseudonym/self-test.ts'

export const publishedVectors = JSON.parse(
  readFileSync(new URL('../../vectors/vectors-v2.json', import.meta.url), 'utf8'),
) as PublishedVectors
