/** The words of a service's way into the figures. */

/** Where a service is, in the order of its way. */
export const STAGES = {
  profiling: {
    name: 'Profiling',
    hint: 'Trial files are checked and nothing of them is kept.',
  },
  pipeline: {
    name: 'Pipeline',
    hint: 'Its files come as they should; what remains is agreements and people.',
  },
  staging: {
    name: 'Staging',
    hint: 'Files go all the way, into a dataset that no figure counts.',
  },
  production: { name: 'Production', hint: 'Its files count.' },
} as const

/** Where a service is on its way. */
export type Stage = keyof typeof STAGES

/** Whether a text is a stage. */
export function isStage(text: string): text is Stage {
  return Object.hasOwn(STAGES, text)
}

/** Whether files of a service in this stage are tried out and not kept. */
export function isTriedOut(stage: Stage): boolean {
  return stage === 'profiling' || stage === 'pipeline'
}

/** What a provider is told before it sends a file that is in no figure; undefined where it counts. */
export function trialWords(stage: Stage): string | undefined {
  if (stage === 'production') return undefined
  return isTriedOut(stage)
    ? 'This is a trial. Your file is checked like any other, then erased. Nothing of it is kept but how many rows had what finding, and it counts nowhere.'
    : 'Your service is being set up. Your file goes all the way, and is in no figure until the programme lets the service in. Then you send its files anew.'
}

/** What a provider answers to feedback on a trial file. */
export const FEEDBACK_ANSWERS = {
  fixed: 'It was fixed in our system: the next file has it right',
  'will-fix': 'It will be fixed in our system',
  'right-as-it-is': 'It is right as it is',
  'cannot-fix': 'Our system cannot do it otherwise',
} as const

/** The code of such an answer. */
export type FeedbackAnswer = keyof typeof FEEDBACK_ANSWERS

/** What has to be so before a service counts. */
export const CHECKLIST = {
  agreement:
    'An agreement is in force, with its basis, its impact assessment and its privacy notice',
  people: 'Somebody of the organisation can send its files',
  linked: 'A file went all the way in staging',
  right: 'At least 95 of 100 rows of the last file could be used',
  compared: 'Its own count and ours differ by no more than 5 of 100',
  answered: 'All feedback on its files was answered',
} as const

/** A line of the checklist. */
export type ChecklistLine = keyof typeof CHECKLIST
