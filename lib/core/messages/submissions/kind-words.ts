import type { ActivityCounts, InstrumentCounts } from '#core/checks/events/event-counts.ts'
import { scaleLabel, type Framework } from '#core/framework/framework.ts'
import { counted, numberWords } from '#core/messages/reading/reading-words.ts'
import type { FileKind } from '#core/standard/further-fields.ts'

/** What the rows of a file are about, as people choose and read it. */
export const KIND_WORDS: Readonly<Record<FileKind, string>> = {
  people: 'People and service use',
  activities: 'Activities',
  outcomes: 'Outcomes',
}

/** What a row of a file of each kind is, for whoever chooses a file. */
export const ROWS_OF_KIND: Readonly<Record<FileKind, string>> = {
  people:
    'One row for each person, for each child and carer, or for each contact, of this quarter alone. If you keep a register, several children in a row or a sheet a month, upload it as it is: you are shown how we would read it.',
  activities:
    'One row for each person at each activity of this quarter, or one row for each activity with how many adults and children came. A row that names somebody counts nobody else, so that nobody is counted twice.',
  outcomes:
    'One row for each score of a person, with what it was taken with, when on their way and on which day; or one row for each person, with a column for each score and its date. Scores of earlier quarters may be in the file again.',
}

/** What is said of a file beside its name; nothing of people and service use, which most are. */
export function kindNote(kind: FileKind): string {
  return kind === 'people' ? '' : KIND_WORDS[kind]
}

/** What the rows of a file came to beside its people. */
export interface EventsTold {
  readonly activities?: ActivityCounts
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

/** What the rows of a file of activities or outcomes came to, a sentence each. */
export function eventLines({ activities, scores = [] }: EventsTold): string[] {
  return [
    ...(activities === undefined ? [] : [activityLine(activities)]),
    ...scores.map(
      ({ instrument, subScale, label, ...of }) =>
        `${label ?? [instrument, subScale].filter((code) => code !== '').join(', ')}: ${counted(of.scores, 'score', 'scores')}; ${people(of.baseline)} with a baseline, ${numberWords(of.later)} with a later score, ${numberWords(of.paired)} with both`,
    ),
  ]
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
