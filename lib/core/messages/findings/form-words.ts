import type { Words } from '#core/messages/words.ts'

const SHAPE_MEND =
  'on the page “How the rows are kept”, or as “preparation” in the mapping file: countonce inspect prints it, and a whole mapping with --as-proposed.'

const PASTE_VALUES =
  'Select the column, copy it, choose Paste Special, Values in the same place, save, and upload the file again.'

const NOT_TO_COUNT =
  'If these people are not to be counted, go back to “What we read” and leave such rows out, or delete them from the file.'

/** The words of what is found about the form of a file: its rows, cells, sheets, columns and letters. */
export const FORM_WORDS = {
  'says-as-above': {
    title: 'The cell says “as above”, or holds a ditto mark, in place of a value',
    fix: 'Write the value out in every row. If rows of a family are kept so throughout the file, choose to have them filled from the row above.',
  },
  'total-row': {
    title: 'The row is a total, not a person',
    fix: 'Delete the line of totals from the file, or leave the row out: it would be counted as one more person.',
  },
  'rows-repeat-headings': {
    title: 'The row repeats the column headings',
    fix: 'It is left out: it is no person.',
  },
  'rows-instructions': {
    title: 'The row holds instructions or an example, not a person',
    fix: 'It is left out. Confirm if that is right. If it is a person, say so, or complete the row with reference, name and date of birth.',
  },
  'rows-total': {
    title: 'The row is a total or a count, not a person',
    fix: 'It is left out. Confirm if that is right. If it is a person, say so, or complete the row with reference, name and date of birth.',
  },
  'rows-titles': {
    title: 'The row is a title or a closing line, not a person',
    fix: 'It is left out. Confirm if that is right. If it is a person, say so, or complete the row with reference, name and date of birth.',
  },
  'rows-no-person': {
    title: 'The row has a reference or set values only, and nobody in it',
    fix: 'It is left out. Confirm if nobody was entered there. If it is a person, say so, or add name or date of birth to the row.',
  },
  'rows-second-table': {
    title: 'The row belongs to a second table below the first',
    fix: 'It is left out. Confirm if the second table holds nobody whom you report. If it has the same columns, say that its rows are people; else move them under the first table and upload the file again.',
  },
  'columns-second-table': {
    title: 'Beside the table is a second one, with an empty column between them',
    fix: 'Its columns are left out; the page “What we read” names them. Confirm if they hold nothing about the people in the table. If they do, delete the empty column and upload the file again.',
  },
  'codes-read-two-ways': {
    title: 'The codes of this column can mean two things',
    fix: 'For example 0 and 1 without a 2, or B and M that may be Black and Mixed. Say what each of its words means where the values are matched; confirm only if they are read rightly.',
  },
  'not-in-list': {
    title: 'The word is not one we know',
    fix: 'Match it to one of the listed values; until then it is read as blank.',
  },
  'encoding-unsure': {
    title: 'Letters with accents can be read in more than one way',
    fix: 'Look at “What we read” and choose the encoding that gives the right letters, or save the file again as CSV UTF-8. Confirm if the letters shown there are right.',
  },
  'letters-lost': {
    title: 'Some letters cannot be read: they are in another encoding than the rest of the file',
    fix: 'Type these letters again in your own system, or save the file again as CSV UTF-8, and upload it. If you confirm, the cells that hold them are not used to match people.',
  },
  'formula-cell': {
    title: 'The cell holds a formula, so its value was not read',
    fix: `The result that a file keeps of a formula may be out of date. ${PASTE_VALUES}`,
  },
  'formula-column': {
    title: 'A column holds formulas, so its values were not read',
    fix: `The results that a file keeps of formulas may be out of date. ${PASTE_VALUES}`,
  },
  'formula-column-unused': {
    title: 'A column of formulas was read as empty, and so is not used',
    fix: `If it is needed: ${PASTE_VALUES} Confirm if it is not.`,
  },
  'cell-error': {
    title: 'The cell shows an error, such as #N/A, and was read as empty',
    fix: 'Put the value in its place if you have it. Confirm if the row is to go on without it.',
  },
  'column-errors': {
    title: 'Cells of this column show an error, such as #N/A, and were read as empty',
    fix: 'The page “What we read” says where the first of them is. Put the values in their place, and upload the file again. Confirm if the rows are to go on without them.',
  },
  'cell-struck-out': {
    title: 'The cell, or a part of it, is struck out in the sheet, and was read all the same',
    fix: 'If what is struck out no longer holds, delete it from the cell, and upload the file again. Confirm if it holds.',
  },
  'cell-shown-otherwise': {
    title: 'The sheet shows something other than what the cell holds',
    fix: 'A number format adds letters, zeros or a percent sign, or hides a fraction; or a number has more digits than a spreadsheet keeps. What the cell holds was read. Format the column as text, type the values as they should be, and upload the file again. Confirm if what the cell holds is right.',
  },
  'date-shown-in-part': {
    title: 'The sheet shows the date without its day or its year',
    fix: 'Where only a month was typed, the spreadsheet made it the first day of the month. Give the whole date, or leave the cell empty. Confirm if the whole date is known to be right.',
  },
  'date-late-at-night': {
    title: 'The date has a time just before midnight: a day may be lost',
    fix: 'A time of 22:00 or 23:00 comes from a clock behind ours, so the day is the one before. Export dates without times, or correct the day. Confirm only if the day is right.',
  },
  'row-struck-out': {
    title: 'The row is struck out in the sheet, and was read all the same',
    fix: `${NOT_TO_COUNT} Confirm if they are to be counted.`,
  },
  'row-hidden': {
    title: 'The row is hidden in the sheet, and was read all the same',
    fix: `It may be hidden by hand, by a filter, or folded away. ${NOT_TO_COUNT} Confirm if they are to be counted.`,
  },
  'row-greyed-out': {
    title: 'The row is grey in the sheet where others are not, and was read all the same',
    fix: `${NOT_TO_COUNT} Confirm if they are to be counted.`,
  },
  'row-coloured': {
    title: 'The row is coloured in the sheet where others are not, and was read all the same',
    fix: `${NOT_TO_COUNT} Confirm if they are to be counted.`,
  },
  'rows-twice': {
    title: 'Rows are in the file twice, the same in every cell',
    fix: 'A list may have been pasted twice, or a sheet copied. Each person is counted once, and their contacts twice. Delete the copies, and upload the file again. Confirm if each row is a use of its own.',
  },
  'row-noted-out': {
    title: 'A column that is not used says that the person is not to count',
    fix: 'Words such as “duplicate”, “cancelled” or “do not count”, a tick under “Deleted”, a no under “Active?” or a date of death stand in the row. It was read all the same. If these people are not to be counted, leave their rows out, or delete them from the file. Confirm if they are to be counted.',
  },
  'row-unseen': {
    title: 'The row cannot be seen in the sheet: its text is white or hidden by its format',
    fix: `It was read all the same. ${NOT_TO_COUNT} Confirm if they are to be counted.`,
  },
  'row-remark': {
    title: 'A comment on the row says that the person is not to count',
    fix: `Words such as “duplicate”, “left” or “do not count” were found; the row was read all the same. ${NOT_TO_COUNT} Confirm if they are to be counted.`,
  },
  'rows-look-left-out': {
    title:
      'Rows are struck out, hidden, grey, coloured or commented on, and were read all the same',
    fix: `The page “What we read” says how many. ${NOT_TO_COUNT} Confirm if they are to be counted.`,
  },
  'rows-struck-by-rule': {
    title: 'The workbook strikes out or greys rows by a rule, and all of them were read',
    fix: 'A rule (in Excel, Conditional Formatting) marks the rows for which a formula holds. “What we read” says where, and which column the rule looks at. If these people are not to be counted, filter by that column, delete their rows, and upload the file again. Confirm if they are to be counted, or the rule marks nobody.',
  },
  'rows-short': {
    title: 'A few rows have fewer cells than the others',
    fix: '“What we read” names the first of them. Check that no separator is missing there, so that a value stands in the wrong column. Confirm if only empty cells at the end were left off.',
  },
  'heading-among-values': {
    title: 'A heading is a value in the file too: it may be somebody',
    fix: 'Is the row that was taken for the headings a person? Then put a row of headings above it, or choose the right row on the page “What we read”, and upload the file again; otherwise that person is lost. If somebody’s name was typed as a heading, take it out. Confirm if the row holds headings and no heading is a name.',
  },
  'sheets-of-others': {
    title: 'Another sheet of the workbook seems to hold people, and is not read',
    fix: 'Its headings differ from those of the sheet that is read; the page “What we read” names it. If its people belong in the figures, put them on the sheet that is read, under its headings. Confirm if nobody on it is to be counted.',
  },
  'file-cut-off': {
    title: 'The file seems to end before its last row does',
    fix: 'It may have been cut off while it was exported or copied. Compare its last row with your own system, and export it again if anything is missing. Confirm if it is complete.',
  },
  'filled-own': {
    title: 'A rule filled this in from another column',
    fix: 'It helps to tell who the person is. Confirm that the other column holds this person’s own; else change the rule on the page “Fill gaps in your file”, or in the mapping file.',
  },
  'filled-shared': {
    title: 'A rule filled this in with what several people share',
    fix: 'The rule gives words that you typed, or what the row above has. Confirm that it is right for everybody in these rows; else change the rule on the page “Fill gaps in your file”, or in the mapping file.',
  },
  'shape-sheets': {
    title: 'Other sheets of the workbook hold the same table and are not read',
    fix: `Say whether the sheets are one table, ${SHAPE_MEND} Confirm only if the people on the other sheets do not belong in this file.`,
  },
  'shape-family-blocks': {
    title: 'Cells that stand for the row above are not filled',
    fix: `Say whether they are to be filled, ${SHAPE_MEND} Confirm only if they are to stay as they are.`,
  },
  'shape-register': {
    title: 'The file is a register, and its sessions are not counted',
    fix: `Say what its marks mean, ${SHAPE_MEND} Confirm only if the sessions are not to be counted.`,
  },
  'shape-children-across': {
    title: 'Rows hold several children, and only one of each would be counted',
    fix: `Say that each child is a row of its own, ${SHAPE_MEND} Confirm only if the other children do not belong in this file.`,
  },
} as const satisfies Record<string, Words>
