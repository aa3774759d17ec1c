import { expect, test } from 'vitest'
import { checkText } from '../files.ts'

/** A file of people whose births and mobile numbers are as given. */
function fileOf(birthOf: (row: number) => string, mobileOf: (row: number) => string): string[] {
  const lines = Array.from(
    { length: 12 },
    (_, row) =>
      `C-${String(11 + row * 3)},Am${'abcdefghijkl'.charAt(row)}ra,Ok${'mnopqrstuvwx'.charAt(row)}for,${birthOf(row)},${mobileOf(row)},${String((row % 4) + 1)}`,
  )
  return ['Client ID,First name,Surname,Date of birth,Mum mobile,Sessions', ...lines]
}

const births = (row: number): string => `${String(((row * 7) % 27) + 1).padStart(2, '0')}/03/2020`
const mobiles = (row: number): string => `07700 900${String(100 + row * 37)}`

async function notesOf(lines: readonly string[]): Promise<number> {
  const { notes, stops } = await checkText(lines)
  expect(stops.filter((stop) => stop.includes('values-in-series'))).toEqual([])
  return notes.filter((code) => code === 'values-in-series').length
}

test('a cell dragged down or up over the others is said, of births and of numbers, and stops nothing', async () => {
  expect(await notesOf(fileOf(births, mobiles))).toBe(0)
  const down = (row: number): string => `${String(row + 9).padStart(2, '0')}/02/2021`
  const up = (row: number): string =>
    new Date(Date.UTC(2021, 2, 5 - row)).toISOString().slice(0, 10).split('-').reverse().join('/')
  const counted = (row: number): string => `07700 900${String(100 + row)}`
  expect(await notesOf(fileOf(down, mobiles))).toBe(1)
  expect(await notesOf(fileOf(up, mobiles))).toBe(1)
  expect(await notesOf(fileOf(births, counted))).toBe(1)
  expect(await notesOf(fileOf(down, counted))).toBe(2)
})

test('births in order, or a few that follow each other, are none', async () => {
  const inOrder = (row: number): string => `${String(1 + row * 2).padStart(2, '0')}/03/2020`
  const few = (row: number): string => (row < 7 ? `0${String(row + 1)}/03/2020` : births(row))
  expect(await notesOf(fileOf(inOrder, mobiles))).toBe(0)
  expect(await notesOf(fileOf(few, mobiles))).toBe(0)
})
