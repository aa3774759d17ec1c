import type { Words } from '#core/messages/words.ts'

/**
 * The words of what stops a provider on the way from a file to the figures, as the portal's pages
 * say them.
 */
export const JOURNEY_WORDS = {
  'upload-missing': {
    title: 'Choose a file to upload.',
    fix: 'Choose the Excel workbook or CSV file of this quarter. An empty file cannot be used.',
  },
  'upload-several': {
    title: 'Choose one file.',
    fix: 'Several files are sent together only when one is a hashed file and the others are its manifest. Upload your files one after another.',
  },
  'upload-cut': {
    title: 'The upload stopped before the whole file had arrived.',
    fix: 'None of it was kept. Check your connection and upload the file again.',
  },
  'upload-unanswered': {
    title: 'The service did not answer, so your file may not have been taken.',
    fix: 'The file is still chosen. Wait a minute, then press Upload again.',
  },
  'upload-quota': {
    title: 'Your organisation has uploaded too many files in a short time.',
    fix: 'Wait an hour and try again. If you need to send more, ask the programme.',
  },
  'nil-with-file': {
    title: 'A file was sent for this quarter.',
    fix: 'If nobody was reached, withdraw that file or put it aside first.',
  },
  'draft-stands': {
    title: 'A file for this quarter was checked and is waiting to be submitted.',
    fix: 'Nothing was uploaded. Continue with that file, or say that the new one takes its place.',
  },
  'file-waits': {
    title: 'Your file waits to be read.',
    fix: 'It is safe, and nothing that you did is lost. Try again in a minute; if it keeps waiting, tell the programme that no worker answers.',
  },
  'form-stale': {
    title: 'Something changed since this page was opened.',
    fix: 'You, in another tab, or somebody else in your organisation continued in the meantime. Nothing was lost. Look at the page as it is now and answer again.',
  },
  'step-not-reached': {
    title: 'There is an earlier step to complete first.',
    fix: 'Continue from where you are.',
  },
  'rules-too-many': {
    title: 'There are 50 rules, which is as many as a file may have.',
    fix: 'Take out a rule that fills nothing.',
  },
  'score-without-day': {
    title: 'No column gives the date of this score.',
    fix: 'Choose the column that holds it: the date of the baseline, follow-up or exit of every instrument, or of this one. If the file has none, add a column of dates and upload it again.',
  },
  'column-unmatched': {
    title: 'Say what every column is, or that it is not to be used.',
    fix: 'Columns that are not used are dropped before anything is stored.',
  },
  'added-too-many': {
    title: 'The file would have more than 500 columns.',
    fix: 'Take columns that you do not use out of the file, and upload it again.',
  },
  'word-unmatched': {
    title: 'Choose what the word means, or that it is read as blank.',
    fix: 'We do not guess: every word needs an answer.',
  },
  'reason-missing': {
    title: 'Choose a reason.',
    fix: 'If none of them fits, choose the last, and telephone the programme if it has to know more.',
  },
  'rows-not-understood': {
    title: 'Write row numbers such as 14, 18-20.',
    fix: 'Use the numbers that your spreadsheet shows, at most 1,000 of them; or leave the field empty for every row.',
  },
  'rows-not-of-finding': {
    title: 'Not all of these rows are among those that were found.',
    fix: 'Look at the row numbers and write some of those; or leave the field empty for every row.',
  },
  'not-uploader': {
    title: 'Only the person who uploaded this file can correct it here.',
    fix: 'Its values are shown to nobody else. Ask them to correct it, or upload the file yourself.',
  },
  'corrections-stale': {
    title: 'The file was corrected in another tab meanwhile.',
    fix: 'Nothing was lost. Look at the cells as they are now and correct them again.',
  },
  'corrections-elsewhere': {
    title: 'Your corrections were made when the file was read in another way.',
    fix: 'They are kept, but do not apply to the file as it is read now. Read the file as before, or take all corrections back.',
  },
  'corrections-full': {
    title: 'There are too many corrections to keep.',
    fix: 'Download the corrected file, and upload it as a new file to go on from there.',
  },
  'cell-unknown': {
    title: 'There is no such cell in the file.',
    fix: 'Look at the page as it is now and correct the cell again.',
  },
} as const satisfies Record<string, Words>
