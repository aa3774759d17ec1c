import { publishedVectors } from '#core/pseudonym/generated/published-vectors.ts'
import { selfTest, type PublishedVectors } from '#core/pseudonym/self-test.ts'
import { Fault } from '#server/platform/faults/fault.ts'

/**
 * Runs the published vectors as a process starts, before it touches a file: a machine, a build or a
 * table on which they do not come out would match nobody to anybody. Throws `self-test-failed`;
 * answers how many passed.
 */
export function demandSelfTest(published: PublishedVectors = publishedVectors()): number {
  const { passed, failed, failures } = selfTest(published)
  if (failed === 0 && passed > 0) return passed
  throw new Fault('self-test-failed', { failed, first: failures[0] ?? 'none was run' })
}
