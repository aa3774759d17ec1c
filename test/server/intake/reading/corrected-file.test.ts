import fc from 'fast-check'
import { expect, test } from 'vitest'
import { correctCells, standingCells } from '#core/preparation/corrections/corrections.ts'
import { neutraliseCell } from '#core/tabular/writing/neutralise-cell.ts'
import { writeCorrectedFile } from '#server/intake/reading/corrected-file.ts'
import { tableOf } from '../../../core/checks/tables.ts'
import { bytesSource } from '../../../core/tabular/byte-sources.ts'
import { readRows, readWhole } from '../../../core/tabular/reading.ts'

const HEADER = ['Client ID', 'First name', 'Date of birth']

/** What no reader takes for anything but a cell: leading and trailing breaks are theirs to keep. */
const texts = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9 ,;"'|=+@-]{0,12}$/),
  fc.constantFrom('', '=1+1', 'two\nlines', '"', 'Ffïon', "O'Brien", '07700 900123'),
)

test('the corrected file, read again, is the corrected table: same columns, rows and order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.stringMatching(/^C-[0-9]{1,6}$/), texts, texts), {
        minLength: 2,
        maxLength: 12,
      }),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 2 }), texts), { maxLength: 6 }),
      async (rows, changes) => {
        const cells = changes.map(([at, column, text]) => ({
          row: (at % rows.length) + 1,
          column,
          text: column === 0 ? `C-${String(at)}` : text,
          original: rows[at % rows.length]?.[column] ?? '',
        }))
        const corrected = standingCells({ steps: [{ at: '', cells }], done: 1 })
        const table = correctCells(tableOf(HEADER, rows), corrected)
        const pieces: Uint8Array[] = []
        for await (const piece of writeCorrectedFile(table)) pieces.push(piece)
        const { header, rows: read } = await readWhole(bytesSource(Buffer.concat(pieces)), {
          separator: ',',
          headerRow: 1,
        })
        const wanted = (await readRows(table)).map((row) => row.map(neutraliseCell))
        expect(header).toEqual(HEADER)
        expect(read).toEqual(wanted)
      },
    ),
    { numRuns: 60 },
  )
})
