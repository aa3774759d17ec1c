import type { Framework, Instrument } from '#core/framework/framework.ts'

/** Scores are taken by the end of a quarter in which somebody is seen. */
const TAKEN: Instrument['timePoints'] = [
  { point: 'baseline', earliest: -31, latest: 120 },
  { point: 'follow_up', earliest: 10 },
  { point: 'exit', earliest: 10 },
]
const WORDS_CHANGE: Instrument['reliableChange'] = {
  ...{ by: 3, source: 'Invented for the demonstration' },
}

/**
 * The measurement framework of the demonstration. Every instrument in it is invented and measures
 * nothing: its name says so.
 */
export const INVENTED_FRAMEWORK: Framework = {
  outcomes: [
    { code: 'parents-well', label: 'Parents are well' },
    { code: 'children-talk', label: 'Children communicate' },
  ],
  measures: [
    { code: 'parent-wellbeing', outcome: 'parents-well', label: 'Wellbeing of the parent' },
    { code: 'parent-worry', outcome: 'parents-well', label: 'Worry of the parent' },
    { code: 'child-language', outcome: 'children-talk', label: 'Language of the child' },
  ],
  instruments: [
    {
      ...{ code: 'invented-wellbeing', label: 'Invented wellbeing scale', words: ['IWS'] },
      ...{ measure: 'parent-wellbeing', least: 14, most: 70, invented: true, better: 'higher' },
      reliableChange: { by: 6, source: 'Invented for the demonstration' },
      ...{ timePoints: TAKEN, completedBy: ['parent'], licence: 'Invented; anybody may use it' },
      services: ['och', 'natural-thinkers', 'family-nutrition'],
    },
    {
      ...{ code: 'invented-worry', label: 'Invented worry count', words: ['IWC'] },
      ...{ measure: 'parent-worry', least: 0, most: 20, invented: true, better: 'lower' },
      reliableChange: { by: 3, source: 'Invented for the demonstration' },
      ...{ timePoints: TAKEN, completedBy: ['parent'], licence: 'Invented; anybody may use it' },
      services: ['och'],
    },
    {
      ...{ code: 'invented-talk', label: 'Invented talk check', words: ['ITC'] },
      ...{ measure: 'child-language', least: 0, most: 60, invented: true, better: 'higher' },
      ...{
        timePoints: TAKEN,
        completedBy: ['practitioner'],
        licence: 'Invented; anybody may use it',
      },
      services: ['speech-and-language-therapy-chattertime'],
      subScales: [
        { code: 'words', label: 'Words', least: 0, most: 20, reliableChange: WORDS_CHANGE },
        { code: 'gestures', label: 'Gestures', least: 0, most: 40 },
      ],
    },
  ],
}
