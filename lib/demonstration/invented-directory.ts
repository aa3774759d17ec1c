import { DEPRIVATION_EDITIONS } from '#server/programme/postcodes/deprivation-indices.ts'
import { writePlainCsv } from '#core/tabular/writing/csv-writer.ts'
import { PLACES } from './places.ts'

/**
 * The demonstration's places once more, as the ONS Postcode Directory would give them, so that its
 * importer can be tried without a gigabyte to fetch. Every postcode, ward and rank in it is
 * invented: its name says so, as the form has no place for a remark.
 */

export const INVENTED_DIRECTORY = 'INVENTED-postcode-directory.csv'

/** Columns of the edition of August 2026, as far as anything reads them. */
const HEADER = 'pcd7 pcd8 pcds dointr doterm lad26cd wd26cd ctry26cd imd20ind imd25ind'.split(' ')

/**
 * ONS codes of the wards as the programme knew them, in lib/server/programme/register/leap.json
 * too.
 */
const WARDS: Readonly<Record<string, string>> = {
  stockwell: 'E05000429',
  coldharbour: 'E05000420',
  vassall: 'E05000436',
  'tulse-hill': 'E05000435',
}
const ANOTHER_WARD = 'E05000430'
const DISTRICT = 'E09000022'
const ENGLAND = 'E92000001'

/** One place in twelve is no longer in use; the last row is far away, and an importer leaves it. */
export function inventedDirectoryCsv(): string {
  const rows = PLACES.map(({ postcode, ward, imdDecile }, index) => {
    const [outward = '', inward = ''] = postcode.split(' ')
    const terminated = index % 12 === 0 ? '201806' : ''
    const ranks = [1, 0].map((edition) => rankIn(edition, imdDecile))
    return [
      outward.padEnd(4) + inward,
      `${outward.padEnd(4)} ${inward}`,
      ...[postcode, '198001', terminated, DISTRICT, WARDS[ward] ?? ANOTHER_WARD, ENGLAND, ...ranks],
    ]
  })
  const far = ['ZZ1 1ZZ', 'ZZ1  1ZZ', 'ZZ1 1ZZ', '198001', '', 'E06999999', 'E05999999', ENGLAND]
  return writePlainCsv([HEADER, ...rows, [...far, 1, 1]])
}

/** A rank in the middle of a decile. */
function rankIn(edition: number, decile: number): number {
  const areas = DEPRIVATION_EDITIONS[edition]?.indices.E.areas ?? 0
  return Math.round(((decile - 0.5) * areas) / 10)
}
