import type { Framework } from '#core/framework/framework.ts'

/** A framework whose instruments are invented and measure nothing. */
export const FRAMEWORK: Framework = {
  outcomes: [
    { code: 'wellbeing', label: 'Parents are well' },
    { code: 'language', label: 'Children communicate' },
  ],
  measures: [
    { code: 'parent-wellbeing', outcome: 'wellbeing', label: 'Wellbeing of the parent' },
    { code: 'child-language', outcome: 'language', label: 'Language of the child' },
  ],
  instruments: [
    {
      ...{ code: 'invented-wellbeing', label: 'Invented wellbeing scale', words: ['IWS'] },
      ...{ measure: 'parent-wellbeing', least: 14, most: 70 },
      ...{ services: ['s1'], invented: true },
    },
    {
      ...{ code: 'invented-talk', label: 'Invented talk check', measure: 'child-language' },
      ...{ least: 0, most: 60, invented: true, services: ['s1'] },
      subScales: [
        { code: 'words', label: 'Words', least: 0, most: 20 },
        { code: 'gestures', label: 'Gestures', least: 0, most: 40 },
      ],
    },
    {
      ...{ code: 'invented-mood', label: 'Invented mood line', measure: 'parent-wellbeing' },
      ...{ least: -5, most: 5, services: ['s2'], retired: '2024-03-31', invented: true },
    },
    {
      ...{ code: 'invented-sleep', label: 'Invented sleep diary', measure: 'parent-wellbeing' },
      ...{ least: 0, most: 24, services: ['s1'], invented: true, completedBy: ['parent'] },
      timePoints: [{ point: 'baseline' }, { point: 'exit' }],
    },
  ],
}
