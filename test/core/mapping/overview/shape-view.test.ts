import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { showShape } from '#core/mapping/overview/shape-view.ts'
import { openWithProposals } from '#core/preparation/open-prepared.ts'
import { pathOf } from '../../../files/outcomes.ts'
import { bytesSource } from '../../tabular/byte-sources.ts'

/** What is shown of the shapes of a family's list with children across. */
async function shown(shape: string): Promise<Awaited<ReturnType<typeof showShape>>> {
  const bytes = new Uint8Array(await readFile(pathOf('ugly-C2.csv')))
  const { asItStands, open } = await openWithProposals({
    ...{ source: bytesSource(bytes), choices: {}, quarter: '2024-Q1' },
  })
  const proposal = open.find((one) => one.shape === shape)
  if (proposal === undefined) throw new Error(shape)
  return showShape(asItStands, proposal, '2024-Q1')
}

it('shows first what a shape changes, before and after, and who is meant', async () => {
  const filled = await shown('family-blocks')
  expect(filled.before.header.slice(0, 2)).toEqual(['Family', 'Ethnicity'])
  expect(filled.after.header.slice(0, 2)).toEqual(['Family', 'Ethnicity'])
  const cells = filled.before.rows.map((row) => row[1])
  expect(cells.some((cell) => /as above|"/i.test(cell ?? ''))).toBe(true)
  expect(filled.after.rows.map((row) => row[1])).not.toEqual(cells)
})

it('shows the children of a row first, and masks who they are', async () => {
  const { before, after } = await shown('children-across')
  expect(before.header.slice(0, 4)).toEqual([
    'Family',
    'Child 1 name',
    'Child 1 DOB',
    'Child 1 gender',
  ])
  expect(after.header.slice(0, 3)).toEqual(['Child reference', 'Child name', 'Child DOB'])
  expect(before.header).toHaveLength(17)
  expect(after.rows.length).toBeGreaterThan(before.rows.length)
  expect(JSON.stringify({ before, after })).not.toMatch(/Silva|Brixton|07700/)
})
