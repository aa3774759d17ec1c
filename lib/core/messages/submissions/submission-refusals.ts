import type { Words } from '#core/messages/words.ts'

/**
 * The words of what stops a submission besides what is in its file: code → what happened and how to
 * fix it.
 */
export const SUBMISSION_WORDS = {
  'service-unknown': {
    title: 'There is no service with this code.',
    fix: 'Use a code of the programme’s register; at source, one of the area file.',
  },
  'quarter-unreadable': {
    title: 'This is not a quarter.',
    fix: 'Write the financial year’s first year and the quarter: 2024-Q1 is April to June 2024.',
  },
  'quarter-outside-programme': {
    title: 'The programme did not run in this quarter.',
    fix: 'Check the quarter: 2024-Q1 is April to June 2024.',
  },
  'agreement-missing': {
    title: 'No current agreement covers this service and quarter.',
    fix: 'Nothing was read. An administrator must register the agreement first.',
  },
  'service-not-counted': {
    title: 'This service is not in production, so its files do not count.',
    fix: 'Nothing was kept. Send the file to staging, or have two administrators move the service into production first.',
  },
  'trial-done': {
    title: 'This file was tried out.',
    fix: 'Its rows were checked and not kept. What was found in it is told to the programme.',
  },
  'trial-only': {
    title: 'The files of this service are only tried out so far.',
    fix: 'Nothing of them is kept. Once the programme has moved the service to staging, send the file again.',
  },
  scrubbed: {
    title: 'It was removed from staging.',
    fix: 'Send the file again to try once more.',
  },
  'service-closed': {
    title: 'This service is closed, so no file is taken for this quarter.',
    fix: 'Nothing was read. If its work goes on under another name, send the file for that service; else ask the programme.',
  },
  'quarter-closed': {
    title: 'This quarter is closed.',
    fix: 'Nothing was read, and its figures stay as they are. If the file must still count, ask the programme for an extension.',
  },
  'field-not-covered': {
    title: 'A column is matched to a field that the agreement does not cover.',
    fix: 'Choose “Not used” for that column. The page where the file is uploaded says which fields are covered.',
  },
  'mapping-incomplete': {
    title: 'Not every column that is needed could be matched with certainty.',
    fix: 'Say what each column is. On the command line: have a mapping file written (countonce inspect FILE, or --save-mapping FILE), complete it and give it with --mapping. A service that keeps no client reference has "reference": "name-and-birth" in it.',
  },
  'mapping-unusable': {
    title: 'The mapping does not fit this file.',
    fix: 'Correct the mapping, or leave it out to have it suggested from the file’s own headings.',
  },
  'must-fix': {
    title: 'Some rows must be fixed before the file can continue.',
    fix: 'Fix them in the original and start again, or leave those rows out (on the command line: --leave-out): they are then counted as rejected.',
  },
  'to-confirm': {
    title: 'Something about this file must be confirmed.',
    fix: 'Look at what is listed. If it is right, confirm it (on the command line: --confirm).',
  },
  'replace-needed': {
    title: 'This service has another file for this quarter already.',
    fix: 'Look at the difference. If this file is to take the place of the other, say so (on the command line: --replace; from a program: replace= and the reference of the other).',
  },
  'kind-not-of-source': {
    title: 'This service does not send files of this kind.',
    fix: 'Send the kind of file that the register has for the service.',
  },
  'feed-older': {
    title: 'A later file of this source is in use already.',
    fix: 'Nothing need be done. To go back to what an earlier day said, withdraw the file in use first.',
  },
  'being-loaded': {
    title: 'Another file for this service and quarter is being loaded at this moment.',
    fix: 'Wait until it is done, then send this one again.',
  },
  'not-checked': {
    title: 'This file has not been checked yet.',
    fix: 'Wait until its check is done, look at what was found, then submit it.',
  },
  'no-longer-open': {
    title: 'This file is no longer open to changes.',
    fix: 'It was submitted or put aside already, and nothing was sent twice. To change what was submitted, send another file to take its place.',
  },
  discarded: {
    title: 'This file was set aside before it was submitted.',
    fix: 'None of it was kept. Send it again if it should count.',
  },
  'not-linked': {
    title: 'This submission is not in the figures.',
    fix: 'Only a submission that was linked can be withdrawn; see its state and the reason beside it.',
  },
  'submission-unknown': {
    title: 'There is no submission with this reference.',
    fix: 'Check the reference: it begins with SU-.',
  },
  'thread-out-of-memory': {
    title: 'Reading this file would take more memory than a file may.',
    fix: 'Send it as CSV, or in parts. None of it was kept.',
  },
  'thread-out-of-time': {
    title: 'Reading this file took longer than a file may.',
    fix: 'Send it as CSV, or in parts. None of it was kept.',
  },
} as const satisfies Record<string, Words>

/** A stable code of what stops a submission. */
export type SubmissionCode = keyof typeof SUBMISSION_WORDS
