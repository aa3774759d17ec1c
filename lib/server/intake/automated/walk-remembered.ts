import { answersOf } from '#core/mapping/column-choices.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { confirmReading, describeReading } from '#server/intake/journey/describe-reading.ts'
import { readMatching, saveMatching } from '#server/intake/journey/match-columns.ts'
import { findJourney, keepWords, type Journey } from '#server/intake/journey/read-journey.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { settleSent } from './submit-by-itself.ts'

/**
 * Takes a clear file through the steps before its check with what is remembered of its service, and
 * with nothing else: the same headings, matched as last time, without a shape to be chosen or a
 * word to be given a meaning. At the first question it stops and waits for a person, who is told by
 * mail.
 */
export async function walkRemembered(
  store: PortalStore,
  actor: Actor,
  reference: string,
): Promise<void> {
  const journey = await findJourney(store, actor, reference)
  if (journey === undefined) return
  if (!(await reachesCheck(store, actor, journey))) await settleSent(store, journey.id, false)
}

async function reachesCheck(
  store: PortalStore,
  actor: Actor,
  { reference, header, isShaped, receipt, version }: Journey,
): Promise<boolean> {
  const view = await describeReading(store, actor, reference)
  if (!view.ok || !view.reading.ok || !isShaped || receipt === null) return false
  const { last } = view.reading
  if (last?.isSameHeader !== true) return false
  // What was chosen of how the last file is read, or made of its rows, a person chooses again.
  const { encoding, separator, sheet, headerRow, preparation, ...mapping } = last.mapping
  const chosen = [encoding, separator, sheet, headerRow, preparation]
  if (chosen.some((choice) => choice !== undefined)) return false
  const read = await confirmReading(store, actor, { reference, version })
  if (!read.ok) return false
  // With what its words mean, which matching keeps.
  await withTransaction(store.database, async (client) => {
    const now = await findJourney(store, actor, reference, client)
    if (now !== undefined) await keepWords(client, store, now, { mapping: last.mapping })
  })
  const matching = await readMatching(store, actor, reference)
  if (!matching.ok) return false
  const answers = answersOf(mapping, header)
  if (matching.columns.some(({ answer }, index) => answer !== answers[index])) return false
  const { shape, role } = matching
  const saved = await saveMatching(
    store,
    actor,
    { reference, version: matching.journey.version },
    {
      ...{ answers, shape },
      ...{ role: role as 'child' | 'parent' | 'adult' | '', reference: matching.reference },
    },
  )
  return saved.ok && saved.next === 'check'
}
