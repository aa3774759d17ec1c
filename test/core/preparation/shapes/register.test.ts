import { describe, expect, it } from 'vitest'
import { preparationOf, unanswered } from '#core/preparation/proposals/proposals.ts'
import { readSessionHeading } from '#core/preparation/shapes/session-headings.ts'
import { openSample, openText, rowsOf } from '../shapes.ts'

describe('reads the heading of a session', () => {
  it.each([
    ['2024-10-03', { kind: 'date', year: 2024, month: 10, day: 3 }],
    ['2024-10-03 00:00:00', { kind: 'date', year: 2024, month: 10, day: 3 }],
    ['03/10/24', { kind: 'date', year: 2024, month: 10, day: 3 }],
    ['3.10', { kind: 'date', month: 10, day: 3 }],
    ['03 Oct', { kind: 'date', month: 10, day: 3 }],
    ['Thu 3rd October 2024', { kind: 'date', year: 2024, month: 10, day: 3 }],
    ['w/c 3 Oct', { kind: 'date', month: 10, day: 3 }],
    ['Session 03/10/2024', { kind: 'date', year: 2024, month: 10, day: 3 }],
    ['45568', { kind: 'date', year: 2024, month: 10, day: 3 }],
    ['Oct 3', { kind: 'date', month: 10, day: 3 }],
    ['October', { kind: 'month', month: 10 }],
    ['Oct-24', { kind: 'month', month: 10 }],
    ['Week 1', { kind: 'number' }],
    ['Wk3', { kind: 'number' }],
    ['Session 12', { kind: 'number' }],
    ['S4', { kind: 'number' }],
  ])('%s', (heading, expected) => {
    expect(readSessionHeading(heading)).toEqual(expected)
  })

  it.each([
    'Date of birth',
    'Name',
    'Session notes',
    'Marital status',
    'Maybe',
    '31/02',
    'Mark',
    'Date',
  ])('but not %s', (heading) => {
    expect(readSessionHeading(heading)).toBeUndefined()
  })
})

const REGISTER = [
  'Ref,Name,3 Oct 2024,10 Oct 2024,9 Jan 2025,26 Sept 2024',
  'R1,Ada,✓,A,✓,✓',
  'R2,Ben,,apologies,,✓',
  'R3,Cat,/,late,n,',
].join('\n')

it('counts the sessions of the quarter, and the last day somebody came', async () => {
  const { proposals } = await openText(REGISTER)
  expect(proposals.map(({ preparation }) => preparation)).toEqual([
    { register: { absent: ['a', 'apologies', 'n'] } },
  ])
  const { table } = await openText(
    REGISTER,
    preparationOf(proposals, () => 0),
  )
  expect(table.header).toEqual(['Ref', 'Name', 'Sessions attended', 'Last session attended'])
  expect((await rowsOf(table)).map(({ cells }) => cells.slice(2))).toEqual([
    ['1', '2024-10-03'],
    ['0', '2024-09-26'],
    ['2', '2024-10-10'],
  ])
  expect(table.receipt.prepared?.sessions).toEqual({
    columns: 4,
    contacts: 3,
    outsideQuarter: 3,
  })
})

it('refuses the register of another quarter', async () => {
  const { proposals } = await openText(REGISTER)
  const preparation = preparationOf(proposals, () => 0)
  await expect(openText(REGISTER, preparation, '2019-Q1')).rejects.toMatchObject({
    code: 'register-other-quarter',
  })
})

it('asks what a mark means that may mean either, and puts first what the totals say', async () => {
  const marks = (total: string) =>
    `Ref,Name,Week 1,Week 2,Week 3,Total\nR1,Ada,✓,x,✓,${total}\nR2,Ben,✓,x,x,${total === '3' ? '3' : '1'}`
  const [came] = (await openText(marks('3'))).proposals
  expect(came?.options.map(({ words }) => words)).toEqual([
    'Every mark means attended: “x”, “✓”',
    '“✓” means attended; “x” means absent',
  ])
  const [stayed] = (await openText(marks('2'))).proposals
  expect(stayed?.preparation).toEqual({ register: { absent: ['x'] } })
  expect(stayed?.evidence.at(-1)).toBe(
    'Counted as proposed, the column “Total” agrees in 2 of 2 rows.',
  )
})

it('adds up numbers in columns of months', async () => {
  const text = 'Ref,Name,Oct,Nov,Dec,Jan\nR1,Ada,2,3,,9\nR2,Ben,,,1,4'
  const { proposals } = await openText(text)
  const { table } = await openText(
    text,
    preparationOf(proposals, () => 0),
  )
  expect((await rowsOf(table)).map(({ cells }) => cells.slice(2))).toEqual([['5'], ['1']])
})

const NAMED = [
  'Ref,Name,Lone parent,Photo consent,Baby massage,Parent group,Sling library,Notes',
  'R1,Ada,Yes,Yes,✓,2,,',
  'R2,Ben,,Yes,✓,,Yes,',
  'R3,Cat,Yes,,✓,11,,',
].join('\n')

it('asks whether columns that hold ticks under names are sessions, all of them', async () => {
  const { proposals } = await openText(NAMED)
  const named = ['Baby massage', 'Parent group', 'Sling library']
  expect(proposals.map(({ preparation }) => preparation)).toEqual([
    { register: { absent: [], named } },
  ])
  expect(proposals[0]?.evidence[0]).toBe(`3 columns are of a session each: ${named.join(', ')}.`)
  expect(proposals[0]?.evidence[2]).toBe(
    'These hold marks as well, and are not counted: Lone parent, Photo consent.',
  )
  const preparation = preparationOf(proposals, () => 0)
  const { table } = await openText(NAMED, preparation)
  expect(table.header).toEqual([
    ...['Ref', 'Name', 'Lone parent', 'Photo consent', 'Notes', 'Sessions attended'],
  ])
  expect((await rowsOf(table)).map(({ cells }) => cells.at(-1))).toEqual(['3', '2', '12'])
  expect(unanswered(proposals, preparation)).toEqual([])
  const last = { register: { absent: [], named: named.slice(1) } }
  expect(unanswered(proposals, last)).toEqual(proposals)
})

it.each([
  ['two of them', 'Ref,Name,Baby massage,Stay and play\nR1,Ada,✓,\nR2,Ben,,✓'],
  ['answers', 'Ref,Name,Twin,Vegan,Walks,Swims\nR1,Ada,Yes,No,No,Yes\nR2,Ben,,Yes,,No'],
  ['numbers of something', 'Ref,Name,Cats,Dogs,Rooms,Floors\nR1,Ada,1,2,5,1\nR2,Ben,2,3,4,1'],
  ['ticks beside contacts', 'Ref,Contacts,Art,Music,Swimming\nR1,2,✓,,✓\nR2,3,,✓,✓'],
])('takes columns of %s for no sessions', async (_, text) => {
  expect((await openText(text)).proposals).toEqual([])
})

it('takes columns of anything longer than marks for no register', async () => {
  const text =
    'Ref,Week 1,Week 2,Week 3\nR1,talked about sleep and feeding,,\nR2,,see the notes of her worker,'
  expect((await openText(text)).proposals).toEqual([])
})

it('counts the sessions of ugly-B3-register.xlsx as its own totals do', async () => {
  const { proposals } = await openSample('ugly-B3-register.xlsx')
  expect(proposals[0]?.evidence.at(-1)).toBe(
    'Counted as proposed, the column “Total” agrees in 18 of 18 rows.',
  )
})
