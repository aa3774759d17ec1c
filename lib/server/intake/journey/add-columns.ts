import { fieldOfKind } from '#core/standard/further-fields.ts'
import { addColumn, areTooMany, findAdded } from '#core/preparation/added-columns.ts'
import type { MatchAnswers } from '#core/mapping/answers/matched-columns.ts'
import { NOT_USED } from '#core/mapping/answers/column-choices.ts'
import type { FileProfile } from '#core/mapping/overview/file-profile.ts'
import type { ReadingChoices } from '#core/tabular/table.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { openProfile, type HeldReading } from './held-profile.ts'
import type { Journey } from './read-journey.ts'

/** Answers about columns, and fields for which the file gets a column that it has not. */
export interface MatchGiven extends MatchAnswers {
  readonly add?: readonly string[]
}

/** How a file is read once columns were added to it, with what is answered of each heading then. */
export interface Added {
  readonly reading: ReadingChoices
  readonly header: readonly string[]
  readonly answers: readonly string[]
}

/**
 * The columns of a file with those that are added behind them, as they are answered; undefined where they would be more than a
 * file may have. Where the new ones stand once the file is prepared is told by reading it so.
 */
export function withAdded(
  { reading, header, kind }: Pick<Journey, 'reading' | 'header' | 'kind'>,
  profile: Pick<FileProfile, 'asItStands'>,
  { answers, add = [] }: MatchGiven,
): Added | undefined {
  const own = profile.asItStands?.header ?? header
  const answered = header.map((_, at) => answers[at] ?? '')
  const headings = [...header]
  let { preparation = {} } = reading
  for (const { name, label, for: subject } of add.flatMap((one) => fieldOfKind(kind, one) ?? [])) {
    const column = { label, isOfEach: subject === 'all' || subject === 'child' }
    const isFree = (at: number): boolean => ['', NOT_USED].includes(answered[at] ?? '')
    const before = findAdded(preparation, header, column, isFree)
    if (before < 0) {
      const added = addColumn(preparation, { own, prepared: headings }, column)
      if (areTooMany(own, added.preparation)) return undefined
      headings.push(added.heading)
      preparation = added.preparation
    }
    answered[before < 0 ? headings.length - 1 : before] = `field:${name}`
  }
  const isAdded = headings.length > header.length
  return {
    reading: isAdded ? { ...reading, preparation } : reading,
    header: headings,
    answers: answered,
  }
}

/** Reads a file with the columns that are added, and puts the answers in the order of its headings. */
export async function readAdded(
  store: PortalStore,
  journey: Journey,
  { reading, header, answers }: Added,
): Promise<{ readonly profile: HeldReading; readonly added: Added }> {
  const profile = await openProfile(store, journey, reading, journey.mapping)
  if (!profile.ok) return { profile, added: { reading, header, answers } }
  const answerOf = new Map(header.map((heading, at) => [heading, answers[at] ?? NOT_USED]))
  const inOrder = profile.header.map((heading) => answerOf.get(heading) ?? NOT_USED)
  return { profile, added: { reading, header: profile.header, answers: inOrder } }
}
