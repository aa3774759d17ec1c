import { codeKey } from './code-key.ts'
import { feedHeadings } from './feeds/feed-headers.ts'
import { ofEveryFeed, type FieldName, type FurtherKind } from './further-fields.ts'

/**
 * What services write above the columns of activities, outcomes and feeds, by field. Those that tell who
 * somebody is are read as in any other file (`header-reading.ts`).
 */
const WORDS: Readonly<
  Record<FurtherKind, readonly (readonly [field: FieldName, headings: string])[]>
> = {
  activities: [
    [
      'activity_ref',
      `activity ref, activity reference, activity id, activity code, session ref, session id,
      session reference, session code, event ref, event id, event code, group ref, activity no,
      activity number, session number, event reference, group no, group number`,
    ],
    [
      'activity_date',
      `activity date, date of activity, session date, date of session, event date, date of event,
      date held, date delivered, date`,
    ],
    [
      'activity_type',
      `activity type, type of activity, session type, type of session, event type, activity,
      session, type, activity category`,
    ],
    [
      'venue_postcode',
      `venue postcode, venue post code, postcode of venue, activity postcode, session postcode,
      event postcode, location postcode, site postcode, delivery postcode`,
    ],
    [
      'activity_language',
      `activity language, session language, language of activity, language of session,
      language of delivery, delivered in, language delivered in`,
    ],
    [
      'adults',
      `adults, number of adults, no of adults, adult attendance, adults attended, adults attending,
      adult count, total adults, parents attended, number of parents, num adults`,
    ],
    [
      'children',
      `children, number of children, no of children, child attendance, children attended,
      children attending, child count, total children, num children`,
    ],
    [
      'attended',
      `attended, attendance, attendance status, did they attend, present, attended yn, attended y n`,
    ],
  ],
  outcomes: [
    [
      'measure',
      `measure, instrument, tool, outcome measure, questionnaire, assessment, scale, measure name,
      assessment name, tool name, outcome tool, measure code, assessment tool`,
    ],
    [
      'sub_scale',
      `sub scale, subscale, domain, sub scale name, subscale name, dimension, sub score, area`,
    ],
    [
      'time_point',
      `time point, timepoint, stage, point, assessment point, pre or post, pre post, when,
      assessment stage, collection point, review stage, phase`,
    ],
    [
      'score_date',
      `score date, date of score, assessment date, date of assessment, date completed,
      completion date, measure date, date scored, date taken, date administered, date`,
    ],
    [
      'score',
      `score, total score, total, result, value, raw score, assessment score, overall score`,
    ],
    [
      'completed_by',
      `completed by, filled in by, respondent, informant, rated by, rater, scored by, reporter`,
    ],
  ],
  ...ofEveryFeed(feedHeadings),
}

/** Headings of how many people came, of whom nobody says whether they were adults or children. */
const HEADS: ReadonlySet<string> = new Set(
  `number attending, no attending, number attended, number of attendees, no of attendees, attendees,
  total attendees, number of participants, no of participants, participants, total participants,
  number of people, no of people, total attendance, total attendances, number of attendances,
  headcount, head count, attendance count, number present, footfall`
    .split(',')
    .map(codeKey),
)

/** Whether a heading is known to be above counts of people of every age. */
export function countsHeads(heading: string): boolean {
  return HEADS.has(codeKey(heading))
}

const FIELDS: Readonly<Record<FurtherKind, ReadonlyMap<string, FieldName>>> = {
  activities: byHeading('activities'),
  outcomes: byHeading('outcomes'),
  ...ofEveryFeed(byHeading),
}

function byHeading(kind: FurtherKind): ReadonlyMap<string, FieldName> {
  return new Map(
    WORDS[kind].flatMap(([field, headings]) =>
      [field, ...headings.split(',')].map((heading) => [codeKey(heading), field] as const),
    ),
  )
}

/** The field that a heading is known to be of in a kind of file; undefined for any other. */
export function furtherHeading(kind: FurtherKind, heading: string): FieldName | undefined {
  return FIELDS[kind].get(codeKey(heading))
}
