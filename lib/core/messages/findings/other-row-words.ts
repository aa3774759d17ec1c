import type { OtherRowCode } from '#core/preparation/rows-left-out/left-out-row.ts'

/** What rows that look like no people hold, where several kinds of them stand in one list. */
export const OTHER_ROW_WORDS: Readonly<Record<OtherRowCode, string>> = {
  'rows-repeat-headings': 'The column headings once more',
  'rows-instructions': 'Instructions or an example',
  'rows-total': 'Totals or counts',
  'rows-titles': 'Titles or closing lines',
  'rows-no-person': 'A reference or set values, and nobody in the row',
  'rows-second-table':
    'A second table below the first (if it has other columns and people whom you report, move them under the first and upload the file again)',
}
