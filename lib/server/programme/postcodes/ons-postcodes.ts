import type { PostcodeCode } from '#core/messages/operating/postcode-refusals.ts'
import { normalisePostcode } from '#core/pseudonym/normalising/postcode.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { decileOfRank, nationOf } from './deprivation-indices.ts'
import type { OnsColumns } from './ons-columns.ts'
import type { PostcodeRow, PostcodesRead, WardCodes } from './postcode-areas.ts'

/**
 * What a programme keeps of a postcode file of the Office for National Statistics: the postcodes of
 * its wards, terminated ones too, because people give the one they remember; and as out of area
 * those of the same districts, and those that begin as any of the wards' do (`SW9`), so that a
 * neighbour is known to be one. Nothing of the rest of the country.
 */

/**
 * Rows of the file below its header, as often as they are asked for: the file is passed over twice,
 * and never held.
 */
export type RowBatches = () => AsyncIterable<readonly (readonly string[])[]>

/**
 * A file of which more than one row in this many has no postcode is damaged, or its columns are not
 * what they say.
 */
const ONE_UNREADABLE_IN = 20

/** Reads the postcodes of a programme's wards and their neighbours. */
export async function readOnsPostcodes(
  batches: RowBatches,
  width: number,
  columns: OnsColumns,
  wards: readonly WardCodes[],
): Promise<PostcodesRead | Refusal<PostcodeCode>> {
  const wardOf = new Map(wards.flatMap(({ code, gss }) => gss.map((name) => [name, code] as const)))
  if (wards.length > 0 && wardOf.size === 0) return refuse('postcodes-wards-unnamed')
  const near = await findNeighbourhood(batches, width, columns, wardOf)
  if (!near.ok) return near
  const absent = wards
    .filter(({ code, isClosed = false }) => !isClosed && !near.wards.has(code))
    .map(({ code }) => code)
  if (absent.length > 0) return refuse('postcodes-wards-absent', { wards: absent.join(' ') })

  const rows: PostcodeRow[] = []
  let row = 0
  let terminated = 0
  let leftOut = 0
  for await (const batch of batches()) {
    for (const cells of batch) {
      row += 1
      const cell = cells[columns.postcode] ?? ''
      const ward = wardOf.get(cells[columns.ward] ?? '')
      const isNear =
        near.districts.has(cells[columns.district] ?? '') || near.outward.has(outwardOf(cell))
      if (ward === undefined && !isNear) continue
      const { value: postcode } = normalisePostcode(cell)
      if (postcode === '') {
        leftOut += 1
        continue
      }
      const imdDecile = decileOf(cells, columns)
      if (imdDecile === null) {
        return refuse('postcodes-deprivation', { row, rank: cells[columns.rank] ?? '' })
      }
      if (cells[columns.terminated] !== '') terminated += 1
      rows.push({
        postcode,
        imdDecile,
        ward: ward ?? '',
        inArea: ward === undefined ? 'no' : 'yes',
      })
    }
  }
  if (leftOut * ONE_UNREADABLE_IN > rows.length) return refuse('postcodes-unreadable', { leftOut })
  return {
    ok: true,
    form: 'ons',
    rows,
    read: row,
    terminated,
    leftOut,
    deprivation: columns.edition?.columns[0] ?? null,
  }
}

/** Which wards the file has, and the districts and outward codes of their postcodes. */
async function findNeighbourhood(
  batches: RowBatches,
  width: number,
  columns: OnsColumns,
  wardOf: ReadonlyMap<string, string>,
): Promise<
  | { ok: true; wards: Set<string>; districts: Set<string>; outward: Set<string> }
  | Refusal<PostcodeCode>
> {
  const wards = new Set<string>()
  const districts = new Set<string>()
  const outward = new Set<string>()
  let row = 0
  for await (const batch of batches()) {
    for (const cells of batch) {
      row += 1
      if (cells.length !== width) return refuse('postcodes-row', { row })
      const ward = wardOf.get(cells[columns.ward] ?? '')
      if (ward === undefined) continue
      wards.add(ward)
      districts.add(cells[columns.district] ?? '')
      outward.add(outwardOf(cells[columns.postcode] ?? ''))
    }
  }
  if (row === 0) return refuse('postcodes-none')
  return { ok: true, wards, districts, outward }
}

/** `SW9` of `SW9 8LB`: a postcode ends in three characters. */
function outwardOf(postcode: string): string {
  return postcode.slice(0, -3).trimEnd()
}

/**
 * 0 where there is no rank or no index for the country; null for a rank that its index does not
 * have.
 */
function decileOf(cells: readonly string[], { rank, country, edition }: OnsColumns): number | null {
  const text = cells[rank] ?? ''
  const nation = nationOf(cells[country] ?? '')
  if (edition === undefined || nation === undefined || text === '') return 0
  return /^[0-9]{1,6}$/.test(text) ? decileOfRank(Number(text), edition.indices[nation]) : null
}
