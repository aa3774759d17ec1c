import type { Words } from '#core/messages/words.ts'
import { CHARACTER_MEND, EMPTY_IS_FINE } from './remedies.ts'

function nameWords<Which extends 'first' | 'last'>(which: Which): NameWords<Which> {
  return {
    [`${which}-character`]: {
      title: `The ${which} name holds a character that cannot be read`,
      fix: CHARACTER_MEND,
    },
    [`${which}-missing`]: { title: `There is no ${which} name`, fix: EMPTY_IS_FINE },
    [`${which}-placeholder`]: {
      title: `The ${which} name is a stand-in, such as “Unknown”, “Baby” or “Test”`,
      fix: `Replace it by the person’s ${which} name, or leave the cell empty. A stand-in is never used to match people.`,
    },
    [`${which}-no-letters`]: {
      title: `The ${which} name holds no letters`,
      fix: 'Check that the right column is mapped, and correct the name.',
    },
    [`${which}-one-letter`]: {
      title: `The ${which} name is a single letter`,
      fix: 'Give the whole name. An initial is not used to match people.',
    },
    [`${which}-please-confirm`]: {
      title: `The ${which} name is “Boy”, “Girl”, “Na” or “Null”`,
      fix: 'These are real names and common stand-ins. Confirm that it is the person’s name, or empty the cell.',
    },
  } as NameWords<Which>
}

type NameReason =
  | 'character'
  | 'missing'
  | 'placeholder'
  | 'no-letters'
  | 'one-letter'
  | 'please-confirm'
type NameWords<Which extends string> = Readonly<Record<`${Which}-${NameReason}`, Words>>

/** The words of what is found about names of people. */
export const NAME_WORDS = {
  'name-of-two-people': {
    title: 'A name seems to hold two people, such as “Bob & Jane”',
    fix: 'A row is one person. Give each of them a row and a reference of their own; confirm only if it is one person’s name.',
  },
  'name-letter-lost': {
    title: 'A letter of the name seems to be lost, such as “Jos?” or “Jos Nez” for “José Núñez”',
    fix: 'An export that has no sign for a letter with an accent writes ? or _ for it, or drops it. Export the file as CSV UTF-8 or as an Excel workbook, or type the letter. Confirm if it only says that the name is not certain: the mark is left out when people are matched.',
  },
  'name-holds-remark': {
    title: 'A name holds a number, brackets, a mark, letters of two alphabets or a remark',
    fix: 'Keep the name alone, without a nickname, a former name, a cross or a note, and type it on one keyboard; else the person is not recognised elsewhere. Confirm if it is the name.',
  },
  'name-of-nobody': {
    title: 'A word stands where a name should be, such as “Confidential”, “Mother” or “Mrs”',
    fix: 'Give the name, or empty the cell: people with the same word in place of a name would look like one person. If it is a record made for a test, leave the row out. Confirm if it is the name.',
  },
  'names-exchanged': {
    title: 'First name and last name seem to stand in each other’s columns',
    fix: 'The last name is a first name that hardly anybody has for a last name. Put each name in its column, else the person is not recognised elsewhere. Confirm if the names are right.',
  },
  'name-in-both': {
    title: 'The whole name stands in the column of first names or of last names',
    fix: 'Match the column of whole names alone, to first and last name; or keep one name in each column. Confirm if both columns are right.',
  },
  'names-often-the-same': {
    title: 'One name stands in the rows of too many people',
    fix: 'The column may hold the name of a worker, a centre or a group, or one cell was copied down over the others. Match the column of the client’s own name, or send the file as it was; confirm if so many people have that name.',
  },
  'names-the-same': {
    title: 'First name and last name are the same word in most rows',
    fix: 'One column may have been copied over the other, or both are matched to one. Match the columns of first and last names again, or put the file right; confirm if people are truly called so.',
  },
  'names-in-brackets': {
    title: 'Another name stands in brackets behind many names',
    fix: 'The name in brackets is left out, and the one before it is taken for the person of the row. If the row is of who is in brackets, a child behind its mother say, give the names columns of their own and upload the file again. Confirm if the person is the one before the brackets.',
  },
  'names-not-given': {
    title: 'A word such as “Baby” or “Unknown” stands in place of most names',
    fix: 'It is used as no name, so most people here are hardly recognised elsewhere. Match the column of people’s own names, or export the file with their names. Confirm if they are not known.',
  },
  'names-cut-short': {
    title: 'Many names end at one length, and none is longer: they seem to be cut',
    fix: 'A column or an export of a fixed width cuts longer names, and a name that is cut is not recognised elsewhere. Make the column wider where the file is made, and export it again. Confirm if no name is cut.',
  },
  'name-beside-blank': {
    title: 'A first or last name is blank, and a name stands in the column beside it',
    fix: 'The names of this row may be one column to the left or to the right. Move them to their columns. Confirm if the name is not known.',
  },
  'name-order-doubtful': {
    title: 'Names seem to be written the other way round',
    fix: 'First names and last names look as if they had changed places. Match the two columns the other way round, or choose the other order of a whole name, where the columns are matched. Confirm if they are right.',
  },
  ...nameWords('first'),
  ...nameWords('last'),
} as const satisfies Record<string, Words>
