import type { Words } from '#core/messages/words.ts'

/** The words of extracts for researchers. */

/** On which legal basis. Source: UK GDPR, articles 6(1)(e), 6(1)(f), 6(1)(a) and 89; Data Protection Act 2018, section 19. */
export const RESEARCH_BASES = {
  'public-task': 'Research in the public interest by a public body',
  'legitimate-interests': 'Legitimate interests, weighed and written down',
  consent: 'The people in it consented',
} as const

/** Who is in an extract. */
export const RESEARCH_COHORTS = {
  everybody: 'Everybody who was reached',
  children: 'Children who were reached',
  adults: 'Adults who were reached',
} as const

/** The code of a cohort. */
export type CohortCode = keyof typeof RESEARCH_COHORTS

/** How an extract was destroyed. */
export const DESTRUCTION_WAYS = {
  erased: 'Files and copies were erased, backups included',
  'environment-closed': 'The environment it was in was closed and erased',
  'media-destroyed': 'The media it was on were destroyed',
} as const

/** What stops an extract. */
export const RESEARCH_WORDS = {
  'research-over': {
    title: 'This project has ended.',
    fix: 'Nothing is given out any more. Open another project with new approvals if there is more to find out.',
  },
  'research-not-destroyed': {
    title:
      'An earlier extract of this project has expired, and nobody has certified that it was destroyed.',
    fix: 'Note its certificate of destruction first.',
  },
  'research-too-few': {
    title: 'Too few people share anything that could be told.',
    fix: 'Ask for fewer variables, more quarters or a larger cohort.',
  },
  'extract-too-fine': {
    title: 'The extract would have told of fewer people alike than it may.',
    fix: 'Nothing was given out. Tell the administrator the reference number.',
  },
  'research-identifier': {
    title: 'This holds an email address, a postcode or a number that could be somebody’s.',
    fix: 'Say it without one. Of a researcher, a name and an organisation are enough.',
  },
  'research-gone': {
    title: 'This file cannot be fetched any more.',
    fix: 'It had its time, or somebody in it asked to be left out. Ask for another extract.',
  },
} as const satisfies Record<string, Words>

/** The code of a refusal. */
export type ResearchCode = keyof typeof RESEARCH_WORDS
