import { describe, expect, it } from 'vitest'
import { profileTable } from '#core/mapping/overview/file-profile.ts'
import { readOverview } from '#core/mapping/overview/overview.ts'
import { suggestMapping } from '#core/mapping/suggestions/suggest.ts'
import { listUnlistedWords, unlistedWords } from '#core/mapping/words/unlisted-words.ts'
import { WordCounter } from '#core/mapping/words/word-counter.ts'
import type { ReadingReceipt, Table } from '#core/tabular/table.ts'

const HEADER = ['Client ID', 'First name', 'DOB', 'Gender', 'Main language']
const RECEIPT: ReadingReceipt = { format: 'csv', date1904: false, headerRow: 1 }

/** A table that counts how often it is read to its end. */
function tableOf(rows: readonly (readonly string[])[]): Table & { readings: number } {
  const table = {
    header: HEADER,
    receipt: RECEIPT,
    readings: 0,
    async *batches() {
      for (let at = 0; at < rows.length; at += 100) {
        yield await Promise.resolve({ firstRow: at + 1, rows: rows.slice(at, at + 100) })
      }
      table.readings++
    },
  }
  return table
}

function row(n: number): string[] {
  const gender = ['Girl', 'Boy', 'prefers not to say', ' lass '][n % 4] ?? ''
  const two = (value: number): string => String(value).padStart(2, '0')
  return [
    `C-${String(n)}`,
    `Quill${'abcdefghijklmnop'[n % 16] ?? ''}`,
    `${two((n % 28) + 1)}/${two((n % 12) + 1)}/2021`,
    gender,
    n % 5 === 0 ? '' : 'Klingon',
  ]
}

const ROWS = Array.from({ length: 1234 }, (_, n) => row(n))
const MAPPING = { columns: { gender: 'Gender', main_language: 'Main language' } }

describe('a profile', () => {
  it('is made by one reading, and shows what an overview shows', async () => {
    const table = tableOf(ROWS)
    const profile = await profileTable(table, { previous: null, quarter: '2024-Q1' })
    expect(table.readings).toBe(1)
    const { mapping, suggestions } = suggestMapping({
      ...{ header: HEADER, sampleRows: ROWS.slice(0, 500), quarter: '2024-Q1', receipt: RECEIPT },
    })
    expect(profile).toMatchObject({ header: HEADER, receipt: RECEIPT, mapping, suggestions })
    expect(profile.overview).toEqual(await readOverview(tableOf(ROWS), mapping, suggestions))
    expect(profile.overview.rows).toBe(1234)
  })

  it('has the words that a reading for them would list, whatever the columns are matched to', async () => {
    const { words } = await profileTable(tableOf(ROWS), { previous: null, quarter: '2024-Q1' })
    for (const columns of [MAPPING.columns, { gender: 'Main language' }, { ethnicity: 'Gender' }]) {
      expect(unlistedWords(HEADER, words, { columns })).toEqual(
        await listUnlistedWords(tableOf(ROWS), { columns }),
      )
    }
    expect(unlistedWords(HEADER, words, MAPPING)).toMatchObject([
      { field: 'gender', words: [{ word: 'lass' }, { word: 'prefers not to say' }], more: 0 },
      { field: 'main_language', words: [{ word: 'Klingon', rows: 987 }], more: 0 },
    ])
  })

  it('shows no identifier as it is', async () => {
    const { overview } = await profileTable(tableOf(ROWS), { previous: null, quarter: '2024-Q1' })
    expect(JSON.stringify(overview)).not.toMatch(/Quill/)
  })
})

describe('the words of a column', () => {
  it('are the most frequent, as many as are kept; the others are counted', () => {
    const counter = new WordCounter()
    for (let n = 0; n < 600; n++) counter.add(`word ${String(n)}`)
    for (const cell of ['word 599', ' word 599', '', '  ', 'x'.repeat(81)]) counter.add(cell)
    const { words, more } = counter.words(400)
    expect(words).toHaveLength(400)
    expect(words[0]).toEqual({ word: 'word 599', rows: 3 })
    expect(more).toBe(201)
  })

  it('of a column without repeats are counted in bounded time', () => {
    const counter = new WordCounter()
    for (let n = 0; n < 20_000; n++) counter.add(`C-${String(n)}`)
    expect(counter.words(400)).toMatchObject({ more: 4_600 })
  })
})
