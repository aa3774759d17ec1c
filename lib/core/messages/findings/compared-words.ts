import { numberWords } from '#core/messages/reading/reading-words.ts'
import type { Words, WordsDetail } from '#core/messages/words.ts'

/**
 * The words of what a file shows against its service's own earlier quarters: this quarter’s figures
 * and those before, in one sentence, then what to look at. Counts of one file, never a value.
 */

const REMEMBERED = 'it is not asked again while it stays so.'

type ComparedWords = (detail: WordsDetail) => Words

function countWords(many: string, title: string, look: string): ComparedWords {
  return ({ now, usual, quarters }) => ({
    title,
    fix: told(
      look,
      typeof now === 'number' && typeof usual === 'number' && typeof quarters === 'number'
        ? `There are ${numberWords(now)} ${many} now; ${
            quarters === 1
              ? `in the quarter before there were ${numberWords(usual)}`
              : `in the last ${numberWords(quarters)} quarters there were usually ${numberWords(Math.round(usual))}`
          }.`
        : '',
    ),
  })
}

function shareWords(what: string, column: string): ComparedWords {
  return ({ now, nowOf, before, beforeOf, when }) => ({
    title: `Far fewer people have ${what} than before`,
    fix: told(
      `Check that the ${column} is in your export and matched. If your service no longer has it, confirm: ${REMEMBERED}`,
      typeof now === 'number' && typeof nowOf === 'number' && typeof before === 'number'
        ? `${numberWords(before)} of ${numberWords(Number(beforeOf))} people had one in ${String(when)}; ${numberWords(now)} of ${numberWords(nowOf)} do now.`
        : '',
    ),
  })
}

function returnWords(title: string, look: string): ComparedWords {
  return ({ clients, returning, when }) => ({
    title,
    fix: told(
      look,
      typeof clients === 'number' && typeof returning === 'number'
        ? `Of ${numberWords(clients)} clients in ${String(when)}, ${numberWords(returning)} are in this file.`
        : '',
    ),
  })
}

function told(look: string, figures: string): string {
  return figures === '' ? look : `${figures} ${look}`
}

/** Every code of a comparison with its words. */
export const COMPARED_WORDS = {
  'few-clients-return': returnWords(
    'Far fewer of last quarter’s clients are in this file than usual',
    'Check that it is this service’s file and that client references are written as last time; confirm if the service truly has new clients.',
  ),
  'all-clients-return': returnWords(
    'Nearly all of last quarter’s clients are in this file, unlike before, and hardly anybody else',
    'It may be last quarter’s file once more, or a list of everybody that nobody has left. Confirm if these people truly came this quarter.',
  ),
  'people-jump': countWords(
    'people',
    'There are far more or far fewer people than in your earlier quarters',
    `Check that the file is whole, of this quarter alone and of this service. If it is right, confirm: ${REMEMBERED}`,
  ),
  'children-jump': countWords(
    'children',
    'There are far more or far fewer children than in your earlier quarters',
    `Check how roles and dates of birth are matched. If it is right, confirm: ${REMEMBERED}`,
  ),
  'adults-jump': countWords(
    'adults',
    'There are far more or far fewer adults than in your earlier quarters',
    `Check how roles and dates of birth are matched. If it is right, confirm: ${REMEMBERED}`,
  ),
  'contacts-jump': countWords(
    'contacts',
    'There are far more or far fewer contacts than in your earlier quarters',
    `Check that contacts are those of this quarter alone, and all of them. If it is right, confirm: ${REMEMBERED}`,
  ),
  'rows-jump': countWords(
    'rows',
    'There are far more or far fewer rows than in your earlier quarters',
    `Check that the file is whole, and that rows are what they were. If it is right, confirm: ${REMEMBERED}`,
  ),
  'nhs-share-falls': shareWords('an NHS number', 'column of NHS numbers'),
  'birth-share-falls': shareWords('a date of birth', 'column of dates of birth'),
  'postcode-share-falls': shareWords('a postcode', 'column of postcodes'),
  'email-share-falls': shareWords('an email address', 'column of email addresses'),
  'mobile-share-falls': shareWords('a mobile number', 'column of mobile numbers'),
  'ref-share-falls': shareWords('a client reference', 'column of client references'),
} as const satisfies Record<string, ComparedWords>
