import { NOT_KNOWN, type CodeList } from './code-list.ts'

/** The code lists of activities and outcomes, with the words that providers write for each code. */

/** What kind of activity it was. */
export const ACTIVITY_TYPE: CodeList = {
  name: 'activity-type',
  source: 'This standard.',
  codes: [
    {
      code: 'stay_and_play',
      label: 'Stay and play',
      synonyms: ['stay & play', 'playgroup', 'play group', 'play session', 'toddler group'],
    },
    {
      code: 'group',
      label: 'Group session',
      synonyms: ['group', 'group work', 'peer group', 'support group', 'parent group', 'session'],
    },
    {
      code: 'workshop',
      label: 'Workshop or course',
      synonyms: ['workshop', 'course', 'class', 'training', 'webinar', 'parent workshop'],
    },
    {
      code: 'drop_in',
      label: 'Drop-in',
      synonyms: ['drop in session', 'clinic', 'open session', 'coffee morning'],
    },
    {
      code: 'outreach',
      label: 'Outreach or event',
      synonyms: ['outreach', 'event', 'community event', 'fun day', 'street outreach', 'trip'],
    },
    {
      code: 'home_visit',
      label: 'Home visit or one to one',
      synonyms: ['home visit', 'one to one', '1:1', '1 to 1', 'individual session', 'visit'],
    },
    { code: 'other', label: 'Other', synonyms: ['others', 'other activity'] },
  ],
  blanks: NOT_KNOWN,
}

/** The codes of the list of time points, in the order in which somebody passes them. */
export const TIME_POINTS = ['baseline', 'follow_up', 'exit'] as const
export type TimePoint = (typeof TIME_POINTS)[number]

/** When on somebody's way a score was taken. */
export const TIME_POINT: CodeList = {
  name: 'time-point',
  source: 'This standard.',
  codes: [
    {
      code: 'baseline',
      label: 'Baseline',
      synonyms: ['base', 'initial', 'start', 'pre', 'before', 'entry', 't1', 'time 1', 'first'],
    },
    {
      code: 'follow_up',
      label: 'Follow-up',
      synonyms: ['followup', 'review', 'mid', 'midpoint', 'interim', 't2', 'time 2', 'second'],
    },
    {
      code: 'exit',
      label: 'Exit',
      synonyms: ['end', 'final', 'post', 'after', 'closing', 'discharge', 'last', 'endline'],
    },
  ],
  blanks: NOT_KNOWN,
}

/** Who filled an instrument in. */
export const COMPLETED_BY: CodeList = {
  name: 'completed-by',
  source: 'This standard.',
  codes: [
    {
      code: 'parent',
      label: 'Parent or carer',
      synonyms: ['parent', 'carer', 'mother', 'father', 'mum', 'dad', 'guardian', 'self'],
    },
    {
      code: 'practitioner',
      label: 'Practitioner',
      synonyms: ['worker', 'staff', 'professional', 'health visitor', 'teacher', 'keyworker'],
    },
    { code: 'child', label: 'Child', synonyms: ['young person', 'pupil'] },
  ],
  blanks: NOT_KNOWN,
}
