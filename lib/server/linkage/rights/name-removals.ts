import type pg from 'pg'
import { extractPseudonym, findResearchKey } from '#server/keys/research-key.ts'
import type { KeyPlace } from '#server/keys/key-places.ts'
import { run } from '#server/platform/db/run.ts'
import { Fault } from '#server/platform/faults/fault.ts'

/**
 * Names people who leave to every project that was given them, by its own pseudonyms, in the caller's transaction and before
 * their rows go: afterwards nothing tells in which extracts they are, and their reference is forgotten there.
 * Throws `keys-missing` where the key of a project is not there.
 */
export async function nameRemovals(
  client: pg.ClientBase,
  place: KeyPlace,
  rows: {
    /** The id of the submission. */
    readonly submission: string
    readonly places: readonly { readonly row: number; readonly role: string }[]
  },
): Promise<void> {
  const found = await run(client, 'research/list-members-among', [
    ...([rows.submission, rows.places.map(({ row }) => row)] as const),
    rows.places.map(({ role }) => role),
  ])
  for (const { extract_id: id, extract, project, reference } of found) {
    const key = await findResearchKey(place, project)
    // Under a new key they would be named as nobody who is in it.
    if (key === undefined) throw new Fault('keys-missing', { what: project })
    const pseudonym = extractPseudonym(key, extract, 'person', reference)
    await run(client, 'research/name-removals', [id, [pseudonym], [reference], new Date()])
  }
}
