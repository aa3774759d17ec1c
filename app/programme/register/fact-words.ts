import {
  REGISTER_FACTS,
  VALUE_LISTS,
  type RegisterFact,
} from '#core/messages/register/register-words.ts'
import { FEED_KIND_WORDS, isFeedKind } from '#core/standard/feeds/feed-kinds.ts'
import { isQuarter, quarterWords } from '#core/standard/quarter.ts'
import type { Difference } from '#server/programme/register/entries.ts'
import { dayWords } from '../../components/moment.tsx'

/** Names by codes, for facts that are codes. */
export type NamesOf = (fact: RegisterFact, code: string) => string | undefined

/** What a fact says, as a person reads it. */
export function factWords(
  fact: RegisterFact,
  value: string,
  names: NamesOf = () => undefined,
): string {
  if (value === '') return EMPTY[fact] ?? 'Nothing'
  if (isQuarter(value)) return quarterWords(value)
  if (fact === 'deadline' || fact === 'begins' || fact === 'ends') return dayWords(value)
  if (fact === 'closed' || fact === 'acceptsClear') return 'Yes'
  if (fact === 'reachedBy') {
    return value === 'contacts' ? 'Attended contacts' : 'Active enrolment in the quarter'
  }
  if (fact === 'sourceKind' && isFeedKind(value)) return FEED_KIND_WORDS[value]
  if (fact === 'list') return VALUE_LISTS[value as keyof typeof VALUE_LISTS]
  return names(fact, value) ?? value.replaceAll('\n', ', ')
}

const EMPTY: Readonly<Partial<Record<RegisterFact, string>>> = {
  closedAfter: 'In use',
  closed: 'No',
  acceptsClear: 'No',
  splitFrom: 'No other ward',
  tile: 'Below the others',
  mergedInto: 'No other service',
}

/** What was changed, in a sentence. */
export function differenceWords({ fact, before, after }: Difference, names?: NamesOf): string {
  return `${REGISTER_FACTS[fact]}: from “${factWords(fact, before, names)}” to “${factWords(fact, after, names)}”`
}
