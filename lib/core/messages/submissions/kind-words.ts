import type { ActivityCounts, InstrumentCounts } from '#core/checks/events/event-counts.ts'
import type { FeedCounts } from '#core/checks/events/feed-counts.ts'
import { scaleLabel, type Framework } from '#core/framework/framework.ts'
import { counted, numberWords } from '#core/messages/reading/reading-words.ts'
import { FEED_CODE_LISTS } from '#core/standard/feeds/feed-codes.ts'
import { FEED_KIND_WORDS } from '#core/standard/feeds/feed-kinds.ts'
import { fieldLabel, ofEveryFeed, type FileKind } from '#core/standard/further-fields.ts'

/** What the rows of a file are about, as people choose and read it. */
export const KIND_WORDS: Readonly<Record<FileKind, string>> = {
  people: 'People and service use',
  activities: 'Activities',
  outcomes: 'Outcomes',
  ...FEED_KIND_WORDS,
}

/** What a row of a file of each kind is, for whoever chooses a file. */
export const ROWS_OF_KIND: Readonly<Record<FileKind, string>> = {
  people:
    'One row for each person, for each child and carer, or for each contact, of this quarter alone. If you keep a register, several children in a row or a sheet a month, upload it as it is: you are shown how we would read it.',
  activities:
    'One row for each person at each activity of this quarter, or one row for each activity with how many adults and children came. A row that names somebody counts nobody else, so that nobody is counted twice.',
  outcomes:
    'One row for each score of a person, with what it was taken with, when on their way and on which day; or one row for each person, with a column for each score and its date. Scores of earlier quarters may be in the file again.',
  ...ofEveryFeed(
    () =>
      'One row for each person you are or were involved with, and for each involvement: since when, and whom to phone. The file is all you have now, and takes the place of the one before.',
  ),
}

/** What is said of a file beside its name; nothing of people and service use, which most are. */
export function kindNote(kind: FileKind): string {
  return kind === 'people' ? '' : KIND_WORDS[kind]
}

/** What the rows of a file came to beside its people. */
export interface EventsTold {
  readonly activities?: ActivityCounts
  readonly feed?: FeedCounts
  readonly scores?: readonly (InstrumentCounts & {
    /** What people call the instrument, or its sub-scale. */
    readonly label?: string
  })[]
}

/** With the names that a framework has for the instruments; codes stay where it has none. */
export function withNames({ scores, ...told }: EventsTold, framework: Framework): EventsTold {
  if (scores === undefined) return told
  const named = scores.map((counts) => {
    const label = scaleLabel(framework, counts)
    return label === undefined ? counts : { ...counts, label }
  })
  return { ...told, scores: named }
}

/** What the rows of a file of a further kind came to, a sentence each. */
export function eventLines({ activities, scores = [], feed }: EventsTold): string[] {
  return [
    ...(feed === undefined ? [] : feedLines(feed)),
    ...(activities === undefined ? [] : [activityLine(activities)]),
    ...scores.map(
      ({ instrument, subScale, label, ...of }) =>
        `${label ?? [instrument, subScale].filter((code) => code !== '').join(', ')}: ${counted(of.scores, 'score', 'scores')}; ${people(of.baseline)} with a baseline, ${numberWords(of.later)} with a later score, ${numberWords(of.paired)} with both`,
    ),
  ]
}

/** The checklist of a feed’s quality: shares, what it says of involvement, and words outside the lists. */
function feedLines(feed: FeedCounts): string[] {
  const involved = feed.current + feed.historic
  const of = (share: number, all: number) =>
    `${numberWords(share)} of ${numberWords(all)} (${percentOf(share, all)})`
  return [
    `${people(feed.people)}: with a name ${of(feed.withName, feed.people)}, with a date of birth ${of(feed.withBirth, feed.people)}, with a postcode ${of(feed.withAddress, feed.people)}`,
    `${counted(feed.involvements, 'row', 'rows')}: current ${numberWords(feed.current)}, historic ${numberWords(feed.historic)}, none ${numberWords(feed.none)}`,
    ...Object.entries(feed.roles).map(
      ([role, staff]) =>
        `Whom to phone, ${roleLabel(role)}: ${of(staff.involvements, involved)} rows; with a name ${of(staff.name, staff.involvements)}, a number ${of(staff.phone, staff.involvements)}, an email ${of(staff.email, staff.involvements)}`,
    ),
    ...Object.entries(feed.outside).map(
      ([field, rows]) =>
        `${fieldLabel(field)}: ${counted(rows, 'row has', 'rows have')} a word that is in no list, which is not kept`,
    ),
  ]
}

function roleLabel(role: string): string {
  const known = FEED_CODE_LISTS['staff-role'].codes.find(({ code }) => code === role)
  return known === undefined ? 'no role given' : known.label
}

function percentOf(share: number, all: number): string {
  return all === 0 ? 'none' : `${String(Math.round((share / all) * 100))} %`
}

function activityLine(held: ActivityCounts): string {
  const activities = counted(held.activities, 'activity', 'activities')
  const attendances = counted(held.attendances, 'attendance', 'attendances')
  const adults = counted(held.anonymousAdults, 'adult', 'adults')
  const children = counted(held.anonymousChildren, 'child', 'children')
  return `${activities} in the quarter; ${attendances} of ${people(held.people)}; counted and not named: ${adults}, ${children}`
}

function people(count: number): string {
  return counted(count, 'person', 'people')
}
