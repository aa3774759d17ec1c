import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addStep,
  correctCells,
  countCells,
  NO_CORRECTIONS,
  redoStep,
  standingCells,
  takeBackAll,
  touchedRows,
  undoStep,
  type CorrectedCell,
  type Corrections,
  type CorrectionStep,
} from '#core/preparation/corrections/corrections.ts'
import { replaceText } from '#core/preparation/corrections/replace-text.ts'
import { tableOf } from '../../checks/tables.ts'
import { readRows } from '../../tabular/reading.ts'

const HEADER = ['Ref', 'Name', 'Birth']
const ROWS = Array.from({ length: 7 }, (_, row) =>
  HEADER.map((heading) => `${heading} ${String(row + 1)}`),
)

const cell: fc.Arbitrary<CorrectedCell> = fc
  .record({
    row: fc.integer({ min: 1, max: ROWS.length }),
    column: fc.integer({ min: 0, max: HEADER.length - 1 }),
    text: fc.oneof(fc.string(), fc.constantFrom('', '=1+1', 'a\tb', '"')),
  })
  .map((given) => ({ ...given, original: ROWS[given.row - 1]?.[given.column] ?? '' }))
const step: fc.Arbitrary<CorrectionStep> = fc.record({
  at: fc.constant('2025-01-01T00:00:00Z'),
  cells: fc.array(cell, { minLength: 1, maxLength: 5 }),
})
const corrections: fc.Arbitrary<Corrections> = fc
  .tuple(fc.array(step, { maxLength: 6 }), fc.nat({ max: 6 }))
  .map(([steps, done]) => ({ steps, done: Math.min(done, steps.length) }))

function corrected(given: Corrections, rows = ROWS): Promise<(readonly string[])[]> {
  return readRows(correctCells(tableOf(HEADER, rows), standingCells(given)))
}

describe('what is corrected in a file', () => {
  test('is as before once a step is undone, and as after once it is done again', async () => {
    await fc.assert(
      fc.asyncProperty(corrections, step, async (before, next) => {
        const after = addStep(before, next)
        expect(await corrected(undoStep(after))).toEqual(await corrected(before))
        expect(await corrected(redoStep(undoStep(after)))).toEqual(await corrected(after))
      }),
    )
  })

  test('is the file as it came once everything is taken back, and can be done again step by step', async () => {
    await fc.assert(
      fc.asyncProperty(corrections, async (given) => {
        const back = takeBackAll(given)
        expect(await corrected(back)).toEqual(ROWS)
        let again = back
        for (let steps = 0; steps < given.done; steps += 1) again = redoStep(again)
        expect(await corrected(again)).toEqual(await corrected(given))
      }),
    )
  })

  test('changes the cells it names and no other, whatever batches the rows come in', async () => {
    await fc.assert(
      fc.asyncProperty(corrections, fc.integer({ min: 1, max: 9 }), async (given, size) => {
        const standing = standingCells(given)
        const rows = await readRows(correctCells(tableOf(HEADER, ROWS, size), standing))
        const differing = rows.flatMap((row, index) =>
          row.filter((text, column) => text !== ROWS[index]?.[column]),
        )
        expect(differing).toHaveLength(countCells(standing))
        expect(rows).toHaveLength(ROWS.length)
      }),
    )
  })

  test('follows its rows when they stand in another order', async () => {
    await fc.assert(
      fc.asyncProperty(
        corrections,
        fc.shuffledSubarray([...ROWS.keys()], { minLength: ROWS.length }),
        async (given, order) => {
          const moved: Corrections = {
            done: given.done,
            steps: given.steps.map(({ at, cells }) => ({
              at,
              cells: cells.map((one) => ({ ...one, row: order.indexOf(one.row - 1) + 1 })),
            })),
          }
          const rows = await corrected(given)
          const inOrder = order.map((index) => ROWS[index] ?? [])
          expect(await corrected(moved, inOrder)).toEqual(order.map((index) => rows[index]))
        },
      ),
    )
  })

  test('is not done to a cell that says something else than the one that was corrected', async () => {
    const given = addStep(NO_CORRECTIONS, {
      at: '',
      cells: [{ row: 1, column: 1, text: 'Ann', original: 'somebody else' }],
    })
    expect(await corrected(given)).toEqual(ROWS)
  })

  test('counts no cell that has the file’s own text again, and knows that its row was touched', () => {
    const own = ROWS[2]?.[1] ?? ''
    const changed = { row: 3, column: 1, text: 'Ann', original: own }
    const back = { ...changed, text: own }
    const steps = [changed, back].map((one) => ({ at: '', cells: [one] }))
    const given = { steps, done: 2 }
    expect(countCells(standingCells({ ...given, done: 1 }))).toBe(1)
    expect(standingCells(given).size).toBe(0)
    expect([...touchedRows(given)]).toEqual([3])
  })

  test('forgets what was undone once something else is done', () => {
    const one = { at: '', cells: [{ row: 1, column: 0, text: 'a', original: 'Ref 1' }] }
    const other = { at: '', cells: [{ row: 2, column: 0, text: 'b', original: 'Ref 2' }] }
    const given = addStep(undoStep(addStep(NO_CORRECTIONS, one)), other)
    expect(given).toEqual({ steps: [other], done: 1 })
    expect(redoStep(given)).toBe(given)
    expect(undoStep(NO_CORRECTIONS)).toBe(NO_CORRECTIONS)
  })
})

describe('a replacement', () => {
  const whole = { find: 'N/A', replace: '', isWhole: true, isExact: false }

  test.each([
    ['n/a', whole, ''],
    [' N/A ', whole, ''],
    ['N/A yet', whole, undefined],
    ['', { ...whole, find: '', replace: 'F' }, 'F'],
    ['n/a', { ...whole, isExact: true }, undefined],
    ['03.02.2021', { find: '.', replace: '/', isWhole: false, isExact: false }, '03/02/2021'],
    ['anna ANNA', { find: 'Anna', replace: 'Ana', isWhole: false, isExact: false }, 'Ana Ana'],
    ['İanna', { find: 'anna', replace: 'x', isWhole: false, isExact: false }, 'İx'],
    ['aaa', { find: 'a', replace: 'aa', isWhole: false, isExact: true }, 'aaaaaa'],
    ['abc', { find: '', replace: 'x', isWhole: false, isExact: true }, undefined],
  ])('makes of “%s” what it says', (text, replacement, wanted) => {
    expect(replaceText(text, replacement)).toBe(wanted)
  })
})
