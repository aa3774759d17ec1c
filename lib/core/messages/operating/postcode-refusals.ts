import type { Words } from '#core/messages/words.ts'

/** Why a postcode file is refused: code → what is wrong and how to fix it. */
export const POSTCODE_WORDS = {
  'postcodes-archive': {
    title: 'This is an archive, not a postcode file.',
    fix: 'Unpack it and name the CSV in its Data folder, ONSPD_…_UK.csv or NSPL_…_UK.csv.',
  },
  'postcodes-unknown': {
    title: 'The columns are not those of a postcode file.',
    fix: 'Taken are the ONS Postcode Directory and the National Statistics Postcode Lookup as CSV with their header, or a CSV with the columns postcode, ward, imd_decile, in_area.',
  },
  'postcodes-row': {
    title: 'A row of the postcode file cannot be read.',
    fix: 'See the row named here. In our own form imd_decile is 1 to 10 or blank and in_area yes, no or blank; a file of the ONS is damaged: get it again.',
  },
  'postcodes-unreadable': {
    title: 'Too many postcodes of the file have no form of a postcode.',
    fix: 'The columns may be shifted or the file damaged: get it again and do not open and save it in a spreadsheet.',
  },
  'postcodes-none': {
    title: 'The postcode file has no rows.',
    fix: 'Name the whole file: the postcodes that are kept now would be lost.',
  },
  'postcodes-wards-unnamed': {
    title: 'The programme’s wards have no codes of the Office for National Statistics.',
    fix: 'Give each ward its codes in the register, in the portal. In a programme file they are "gss": ["E05000435"]; name it with --programme.',
  },
  'postcodes-wards-absent': {
    title: 'The postcode file has no postcode in some wards of the programme.',
    fix: 'Wards get new codes when their boundaries change. In the register, in the portal, give each ward named here its new codes; where it was split, add the new wards and close it. Or take an edition from before that.',
  },
  'postcodes-wards-differ': {
    title: 'The programme file has other wards than this store.',
    fix: 'Name the file that this store was made from; only the codes in "gss" may differ.',
  },
  'postcodes-wards-changed': {
    title: 'Wards were changed in the register while the file was read.',
    fix: 'Nothing was changed. Run the command again: the file is then read for the wards as they are.',
  },
  'postcodes-deprivation': {
    title: 'The deprivation ranks are of an edition that is not known here.',
    fix: 'See lib/server/programme/postcodes/deprivation-indices.ts, where each edition stands with the number of its areas and where that is from. Use an edition of the postcode file that is listed there.',
  },
} as const satisfies Record<string, Words>

/** A stable code of why a postcode file is refused. */
export type PostcodeCode = keyof typeof POSTCODE_WORDS
