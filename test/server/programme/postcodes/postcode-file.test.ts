import { Buffer } from 'node:buffer'
import { describe, expect, test } from 'vitest'
import {
  decileOfRank,
  DEPRIVATION_EDITIONS,
} from '#server/programme/postcodes/deprivation-indices.ts'
import { inventedDirectoryCsv } from '#demonstration/invented-directory.ts'
import { PLACES } from '#demonstration/places.ts'
import { postcodesCsv } from '#demonstration/write-demonstration.ts'
import type { WardCodes } from '#server/programme/postcodes/postcode-areas.ts'
import { readPostcodeFile } from '#server/programme/postcodes/postcode-file.ts'

/** Every postcode below is invented or as public as a street sign; ranks and wards are made up. */

const WARDS: readonly WardCodes[] = [
  { code: 'riverside', gss: ['E05000001', 'E05009999'] },
  { code: 'hillside', gss: ['E05000002'] },
]

/** Headers of four editions, shortened to what tells them apart. */
const ONSPD_2024 = 'pcd,pcd2,pcds,dointr,doterm,oscty,oslaua,osward,ctry,lat,imd'
const NSPL_2024 = 'pcd,pcd2,pcds,dointr,doterm,cty,laua,ward,ctry,lat,imd'
const ONSPD_2026 =
  'pcd7,pcd8,pcds,dointr,doterm,cty26cd,lad26cd,wd26cd,ctry26cd,lat,imd20ind,imd25ind'
const NSPL_2026 = 'pcd7,pcd8,pcds,dointr,doterm,cty26cd,lad26cd,wd26cd,ctry26cd,lat,imd25ind'

interface Line {
  postcode: string
  doterm?: string
  district?: string
  ward?: string
  country?: string
  rank?: string
}

function line({
  postcode,
  doterm = '',
  district = 'E09000001',
  ward = 'E05000001',
  country = 'E92000001',
  rank = '1',
}: Line): string {
  return `"${postcode}","${postcode}","${postcode}","198001","${doterm}","","${district}","${ward}","${country}",51.4,${rank}`
}

const HILL = line({ postcode: 'SE11 6AB', ward: 'E05000002', rank: '32844' })

function read(text: string | Uint8Array, wards = WARDS): ReturnType<typeof readPostcodeFile> {
  const bytes = Buffer.from(text)
  return readPostcodeFile(async function* () {
    // In pieces, so that nothing depends on where they end.
    for (let at = 0; at < bytes.length; at += 97) yield bytes.subarray(at, at + 97)
    await Promise.resolve()
  }, wards)
}

function ons(header: string, ...lines: string[]): ReturnType<typeof readPostcodeFile> {
  return read(`${[header, ...lines].join('\r\n')}\r\n`)
}

describe('a postcode file of the Office for National Statistics', () => {
  test.each([
    ['ONSPD until 2025', ONSPD_2024],
    ['NSPL until 2025', NSPL_2024],
    ['NSPL of 2026', NSPL_2026],
  ])('is read whatever its columns are called: %s', async (_, header) => {
    const done = await ons(header, line({ postcode: 'SE11 6AA' }), HILL)
    expect(done).toMatchObject({ ok: true, form: 'ons', read: 2 })
    expect(
      done.ok && done.rows.map(({ postcode, ward, inArea }) => [postcode, ward, inArea]),
    ).toEqual([
      ['SE116AA', 'riverside', 'yes'],
      ['SE116AB', 'hillside', 'yes'],
    ])
  })

  test('gives the latest of two deprivation indices', async () => {
    const two = (ranks: string, ward: string): string =>
      line({ postcode: 'SE11 6AA', ward, rank: ranks })
    const done = await ons(ONSPD_2026, two('1,33755', 'E05000001'), two('1,1', 'E05000002'))
    expect(done).toMatchObject({
      deprivation: 'imd25ind',
      rows: [{ imdDecile: 10 }, { imdDecile: 1 }],
    })
  })

  test('turns a rank into a decile of its own nation, and none into none', async () => {
    const of = (country: string, rank: string): string =>
      line({ postcode: 'SE11 6AA', country, rank })
    const done = await ons(
      ONSPD_2024,
      of('E92000001', '3284'),
      of('E92000001', '3285'),
      of('W92000004', '1909'),
      of('S92000003', '3488'),
      of('N92000002', '890'),
      of('L93000001', '0'),
      of('E92000001', ''),
      HILL,
    )
    expect(done.ok && done.rows.map(({ imdDecile }) => imdDecile)).toEqual([
      1, 2, 10, 5, 10, 0, 0, 10,
    ])
  })

  test('keeps postcodes that are no longer in use', async () => {
    const done = await ons(ONSPD_2024, line({ postcode: 'SE11 6AA', doterm: '201806' }), HILL)
    expect(done).toMatchObject({ terminated: 1, rows: [{ postcode: 'SE116AA' }, {}] })
  })

  test('knows a ward by each of its codes', async () => {
    const done = await ons(ONSPD_2024, line({ postcode: 'SE11 6AA', ward: 'E05009999' }), HILL)
    expect(done).toMatchObject({ rows: [{ ward: 'riverside' }, {}] })
  })

  test('keeps neighbours as out of area and nothing of the rest of the country', async () => {
    const elsewhere = { ward: 'E05000777', district: 'E09000777' }
    const done = await ons(
      ONSPD_2024,
      line({ postcode: 'M1 1AA', ...elsewhere }),
      line({ postcode: 'SE11 6AA' }),
      line({ postcode: 'SE11 4XX', ...elsewhere }),
      line({ postcode: 'CR4 1AA', ward: 'E05000777' }),
      HILL,
    )
    expect(
      done.ok && done.rows.map(({ postcode, inArea, ward }) => [postcode, inArea, ward]),
    ).toEqual([
      ['SE116AA', 'yes', 'riverside'],
      ['SE114XX', 'no', ''],
      ['CR41AA', 'no', ''],
      ['SE116AB', 'yes', 'hillside'],
    ])
  })

  test('leaves out postcodes that no person has', async () => {
    const near = Array.from('ABDEFGHJLNPQRSTUWXYZ', (letter) =>
      line({ postcode: `SE11 6A${letter}` }),
    )
    const done = await ons(ONSPD_2024, ...near, line({ postcode: 'NPT 0AA' }), HILL)
    expect(done).toMatchObject({ ok: true, leftOut: 1, read: 22 })
  })

  test('is refused with what to do when it is not what it says', async () => {
    const sound = line({ postcode: 'SE11 6AA' })
    expect(await read(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0))).toMatchObject({
      code: 'postcodes-archive',
    })
    expect(await read('name,town\na,b\n')).toMatchObject({ code: 'postcodes-unknown' })
    expect(await ons(ONSPD_2024)).toMatchObject({ code: 'postcodes-none' })
    expect(await ons(ONSPD_2024, sound, HILL, 'SE11 6AA,cut')).toMatchObject({
      code: 'postcodes-row',
      detail: { row: 3 },
    })
    expect(await ons(ONSPD_2024, sound, `${HILL.slice(0, 12)}"x"`)).toMatchObject({ ok: false })
    expect(await ons(ONSPD_2024, sound)).toEqual({
      ok: false,
      code: 'postcodes-wards-absent',
      detail: { wards: 'hillside' },
    })
    expect(
      await ons(ONSPD_2024, line({ postcode: 'SE11 6AA', rank: '32845' }), HILL),
    ).toMatchObject({
      code: 'postcodes-deprivation',
      detail: { row: 1, rank: '32845' },
    })
    expect(await ons(ONSPD_2024.replace(/imd$/, 'imd31ind'), sound, HILL)).toMatchObject({
      code: 'postcodes-deprivation',
    })
    const shifted = ['x1', 'x2', 'x3'].map((postcode) => line({ postcode }))
    expect(await ons(ONSPD_2024, ...shifted, HILL)).toMatchObject({ code: 'postcodes-unreadable' })
  })

  test('need have nobody in a ward that was split, whose parts have codes of their own', async () => {
    const split = [
      { code: 'hillside', gss: ['E05000002'], isClosed: true },
      { code: 'hillside-east', gss: ['E05010001'] },
      { code: 'hillside-west', gss: ['E05010002'] },
    ]
    const east = line({ postcode: 'SE11 6AB', ward: 'E05010001' })
    const west = line({ postcode: 'SE11 6AD', ward: 'E05010002' })
    const text = (...lines: string[]) => [ONSPD_2024, ...lines].join('\n')
    expect(await read(text(east, west), split)).toMatchObject({
      ...{ ok: true, rows: [{ ward: 'hillside-east' }, { ward: 'hillside-west' }] },
    })
    expect(await read(text(east, HILL), split)).toMatchObject({
      detail: { wards: 'hillside-west' },
    })
  })

  test('is refused for a programme whose wards have no ONS codes', async () => {
    const text = `${ONSPD_2024}\n${HILL}\n`
    const nameless = WARDS.map(({ code }) => ({ code, gss: [] }))
    expect(await read(text, nameless)).toMatchObject({ code: 'postcodes-wards-unnamed' })
  })
})

describe('a postcode file of our own', () => {
  test('is read with its columns in any order, and blanks as not known', async () => {
    const done = await read(
      'ward,in_area,postcode,imd_decile\nriverside,yes,se11 6aa,3\n,,SE11 6AB,\n',
    )
    expect(done).toMatchObject({
      form: 'own',
      rows: [
        { postcode: 'SE116AA', ward: 'riverside', imdDecile: 3, inArea: 'yes' },
        { postcode: 'SE116AB', ward: '', imdDecile: 0, inArea: 'unknown' },
      ],
    })
  })

  test('is refused at the row whose decile or area is none', async () => {
    const header = 'postcode,ward,imd_decile,in_area\nSE11 6AA,riverside,1,yes\n'
    for (const row of ['SE11 6AB,riverside,11,yes', 'SE11 6AB,riverside,1,maybe']) {
      expect(await read(`${header}${row}\n`)).toEqual({
        ok: false,
        code: 'postcodes-row',
        detail: { row: 2 },
      })
    }
  })
})

describe('the invented directory of the demonstration', () => {
  const wards = [
    { code: 'stockwell', gss: ['E05000429'] },
    { code: 'coldharbour', gss: ['E05000420'] },
    { code: 'vassall', gss: ['E05000436'] },
    { code: 'tulse-hill', gss: ['E05000435'] },
  ]

  test('gives the same areas as the demonstration’s own postcode file', async () => {
    const own = await read(postcodesCsv(PLACES), wards)
    const directory = await read(inventedDirectoryCsv(), wards)
    expect(directory.ok && own.ok && directory.rows).toEqual(own.ok && own.rows)
    expect(directory).toMatchObject({ terminated: 125, read: 1501 })
  })
})

test('deciles cut each index into ten parts of one size, the first the most deprived', () => {
  for (const { indices } of DEPRIVATION_EDITIONS) {
    for (const index of Object.values(indices)) {
      const sizes = new Map<number, number>()
      for (let rank = 1; rank <= index.areas; rank++) {
        const decile = decileOfRank(rank, index) ?? 0
        sizes.set(decile, (sizes.get(decile) ?? 0) + 1)
      }
      expect([...sizes.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
      expect(Math.max(...sizes.values()) - Math.min(...sizes.values())).toBeLessThanOrEqual(1)
      expect(decileOfRank(index.areas + 1, index)).toBeNull()
    }
  }
})
