import { answersOf } from '#core/mapping/answers/column-choices.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { Preparation } from '#core/preparation/preparation.ts'
import { fitsWhole } from '#core/preparation/proposals/shape-answers.ts'
import type { ReadingReceipt } from '#core/tabular/table.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { confirmReading, describeReading } from '#server/intake/journey/describe-reading.ts'
import { readMatching, saveMatching } from '#server/intake/journey/match-columns.ts'
import { readAnew } from '#server/intake/journey/read-anew.ts'
import { findJourney, keepWords, type Journey } from '#server/intake/journey/read-journey.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { settleSent } from './submit-by-itself.ts'

/**
 * Takes a clear file through the steps before its check with what is remembered of its service, and
 * with nothing else: read, prepared and matched as last time, where that fits the file whole. A
 * shape that is proposed in another way, a heading that is new and a word without a meaning are
 * questions: at the first it stops and waits for a person, who is told by mail.
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
  { reference, version }: Journey,
): Promise<boolean> {
  const view = await describeReading(store, actor, reference)
  if (!view.ok || !view.reading.ok) return false
  const { last, receipt, shapes } = view.reading
  const preparation = last?.mapping.preparation
  if (last === undefined || !isReadAs(receipt, last.mapping)) return false
  if (!fitsWhole(shapes, preparation ?? {})) return false
  const read = await confirmReading(store, actor, { reference, version })
  if (!read.ok) return false
  return (
    (await isPrepared(store, actor, reference, preparation)) &&
    matchesAsBefore(store, actor, reference)
  )
}

/** Whether the file was found to be what a person had chosen of how the last one is read. */
function isReadAs(receipt: ReadingReceipt, chosen: Mapping): boolean {
  return (['encoding', 'separator', 'sheet', 'headerRow'] as const).every(
    (choice) => chosen[choice] === undefined || chosen[choice] === receipt[choice],
  )
}

/** Has the file prepared as the last one was; a rule whose column is gone is for a person to leave out. */
async function isPrepared(
  store: PortalStore,
  actor: Actor,
  reference: string,
  preparation: Preparation | undefined,
): Promise<boolean> {
  if (preparation === undefined) return true
  const before = await findJourney(store, actor, reference)
  if (before === undefined) return false
  const prepared = await readAnew(store, actor, before, before, {
    ...{ step: 'shape', event: 'submission.shapes-chosen' },
    choices: { ...before.reading, preparation },
    settled: () => ({ shapedAt: new Date() }),
    detail: { remembered: 'yes' },
  })
  return prepared.ok
}

async function matchesAsBefore(
  store: PortalStore,
  actor: Actor,
  reference: string,
): Promise<boolean> {
  const view = await describeReading(store, actor, reference)
  if (!view.ok || !view.reading.ok) return false
  const { last } = view.reading
  if (last?.isSameHeader !== true || !view.journey.isShaped) return false
  const mapping = withoutReading(last.mapping)
  // With what its words mean, which matching keeps.
  await withTransaction(store.database, async (client) => {
    const now = await findJourney(store, actor, reference, client)
    if (now !== undefined) await keepWords(client, store, now, { mapping: last.mapping })
  })
  const matching = await readMatching(store, actor, reference)
  if (!matching.ok) return false
  const answers = answersOf(mapping, view.journey.header)
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

/** How columns are matched, without how the file is read. */
function withoutReading(mapping: Mapping): Mapping {
  const matched = { ...mapping }
  for (const choice of ['encoding', 'separator', 'sheet', 'headerRow', 'preparation'] as const)
    Reflect.deleteProperty(matched, choice)
  return matched
}
