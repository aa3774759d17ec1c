import { expect, test } from 'vitest'
import { dateDoubts, type DateDoubts } from '#core/checks/whole-file/date-habits.ts'
import { cpuTime } from '../../../setup/cpu-time.ts'

const QUARTER = { first: '2024-04-01', last: '2024-06-30' }

function doubts(cells: readonly string[], expected?: typeof QUARTER): string[] {
  const rows = new Map<string, number>()
  for (const cell of cells) rows.set(cell, (rows.get(cell) ?? 0) + 1)
  const found: DateDoubts = dateDoubts(rows, expected)
  return Object.entries(found)
    .filter(([, isDoubtful]) => isDoubtful === true)
    .map(([name]) => name)
}

/** Days as births fall, one after the other. */
function births(count: number, write: (year: number, month: number, day: number) => string) {
  return Array.from({ length: count }, (_, index) =>
    write(2015 + (index % 8), 1 + ((index * 5) % 12), 1 + ((index * 11) % 28)),
  )
}

const pad = (number: number) => String(number).padStart(2, '0')
const iso = (year: number, month: number, day: number) => `${year}-${pad(month)}-${pad(day)}`
const slashed = (year: number, month: number, day: number) => `${pad(day)}/${pad(month)}/${year}`
const bare = (year: number, month: number, day: number) => `${day}/${month}/${year}`
const named = (year: number, month: number, day: number) =>
  `${pad(day)}-${['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][month - 1] ?? ''}-${String(year).slice(2)}`

/** What a tool makes of days it could read month first: those up to the 12th are swapped. */
function halfSwapped(
  write: (year: number, month: number, day: number) => string,
  rest = slashed,
  count = 24,
): string[] {
  return births(count, (year, month, day) =>
    day <= 12 ? write(year, day, month) : rest(year, month, day),
  )
}

test('raises nothing on births in any one way of writing, or in two that a person mixed', () => {
  for (const count of [1, 3, 8, 24, 200]) {
    for (const write of [iso, slashed, bare, named])
      expect(doubts(births(count, write))).toEqual([])
    const mixed = births(count, slashed).map((cell, index) =>
      index % 3 === 0 ? (births(count, iso)[index] ?? '') : cell,
    )
    expect(doubts(mixed)).toEqual([])
    const typed = births(count, slashed).map((cell, index) =>
      index % 2 === 0 ? (births(count, bare)[index] ?? '') : cell,
    )
    expect(doubts(typed)).toEqual([])
  }
})

test('finds births of which a tool swapped those up to the 12th, however it wrote them', () => {
  expect(doubts(halfSwapped(iso))).toEqual(['order'])
  expect(doubts(halfSwapped(named))).toEqual(['order'])
  expect(doubts(halfSwapped(bare))).toEqual(['order'])
  expect(doubts(halfSwapped((...day) => `${slashed(...day)} 00:00`))).toEqual(['order'])
  expect(
    doubts(halfSwapped((...day) => `${slashed(...day).slice(0, 6)}${pad(day[0] % 100)}`)),
  ).toEqual(['order'])
  // A stray date of either kind does not hide the rest.
  expect(doubts([...halfSwapped(iso, slashed, 60), '2019-06-20', '03/04/2018'])).toEqual(['order'])
  // Serial numbers are a tool's dates too: 43471 is 6 January 2019.
  expect(doubts(['43471', '43868', '42858', '13/08/2018', '14/09/2019', '20/11/2018'])).toEqual([
    'order',
  ])
})

test('asks about one serial number beside dates that only day first makes a day of', () => {
  expect(doubts(['43617', '13/08/2018', '14/09/2019'])).toEqual(['order'])
  expect(doubts(['43617', '13/08/2018', '14/09/2019', '03/09/2019'])).toEqual([])
  expect(doubts(['43640', '13/08/2018', '14/09/2019'])).toEqual([])
})

test('asks about dates of both orders, and not about one slip', () => {
  expect(doubts(['13/08/2018', '14/09/2019', '08/15/2018', '09/16/2019'])).toEqual(['order'])
  expect(doubts(['13/08/2018', '14/09/2019', '20/11/2018', '08/15/2018'])).toEqual([])
})

test('asks about many births of which none is after the 12th', () => {
  const early = births(60, slashed).filter((cell) => Number(cell.slice(0, 2)) <= 12)
  expect(new Set(early).size).toBeGreaterThan(15)
  expect(doubts(early)).toEqual(['order'])
  expect(doubts(early.slice(0, 6))).toEqual([])
  // Contacts may all be in the first days of a month.
  expect(doubts(early, QUARTER)).toEqual([])
})

test('tells by the quarter that contact dates are month first though none is after the 12th', () => {
  expect(doubts(['04/02/2024', '05/07/2024', '05/09/2024', '06/01/2024'], QUARTER)).toEqual([
    'order',
  ])
  expect(doubts(['02/04/2024', '07/05/2024', '09/05/2024', '01/06/2024'], QUARTER)).toEqual([])
  expect(doubts(['04/04/2024', '05/05/2024', '06/06/2024', '04/05/2024'], QUARTER)).toEqual([])
})

test('finds times that stand just before midnight because a clock was an hour behind', () => {
  for (const cells of [
    ['2019-05-31T23:00:00.000Z', '2018-01-13T00:00:00.000Z'],
    ['2019-05-31T23:00:00.000+00:00', '2020-07-01T23:00:00Z'],
    ['31/05/2019 23:00', '13/01/2018 00:00'],
    ['31/05/2019 11:00 PM', '13/01/2018 12:00 AM'],
    ['2019-05-31 22:00:00'],
    ['43616.9583333333', '43113'],
  ])
    expect(doubts(cells)).toEqual(['beforeMidnight'])
  expect(doubts(['2024-05-31T23:00:00Z', '2024-04-02T00:00:00Z'], QUARTER)).toEqual([
    'beforeMidnight',
  ])
  for (const cells of [
    ['2019-06-01T00:00:00.000Z', '2018-01-13T00:00:00.000Z'],
    ['2019-06-01T00:00:00+01:00'],
    ['2019-06-01T23:59:59Z'],
    ['01/06/2019 12:00'],
  ])
    expect(doubts(cells)).toEqual([])
  // A late session among those of a day.
  const sessions = ['09:30', '10:00', '14:15', '16:00', '22:00'].map((time) => `03/05/2024 ${time}`)
  expect(doubts(sessions, QUARTER)).toEqual([])
})

test('tells five digits that lost a zero from serial numbers', () => {
  expect(doubts(['10619', '20720', '130818', '140919'])).toEqual(['digitsShort'])
  expect(doubts(['10619', '20720', '51221'])).toEqual(['digitsShort'])
  expect(doubts(['43617', '44014', '43325', '43722'])).toEqual([])
  expect(doubts(['40179', '40512', '41101'])).toEqual([])
  expect(doubts(['43617', '13/08/2018', '03/09/2019'])).toEqual([])
})

test('finds a default that stands for births', () => {
  expect(doubts(Array.from({ length: 4 }, () => '03/02/2021'))).toEqual(['oftenTheSame'])
  const known = births(12, slashed)
  expect(doubts([...known, ...Array.from({ length: 6 }, () => '01/01/1970')])).toEqual([
    'oftenTheSame',
  ])
  expect(
    doubts([...known, ...[1, 2, 3, 4, 5, 6].map((year) => `01/01/199${String(year)}`)]),
  ).toEqual(['oftenTheSame'])
  expect(doubts([...known, ...known.slice(0, 6)])).toEqual([])
  expect(doubts(['03/02/2021', '03/02/2021'])).toEqual([])
})

test('[S30] reads a hostile column in time that grows with its length', async () => {
  for (const unit of ['1', ' ', '/', '23:00 ', '\u0301']) {
    const taken = await cpuTime(() => dateDoubts([[unit.repeat(50_000), 1]]))
    expect(taken).toBeLessThan(1000)
  }
})
