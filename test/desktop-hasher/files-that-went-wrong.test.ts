import { copyFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { inOrder, OUTCOMES, pathOf } from '../files/outcomes.ts'
import { makeHasherFolder, wordsFor, type HasherFolder } from './setup/hasher-folder.ts'

/** Every file that once went in silently wrong, hashed at source. */

const REPORT = z.object({
  refused: z.object({ code: z.string() }).optional(),
  rows: z.object({ accepted: z.number() }).optional(),
  findings: z.array(z.object({ code: z.string(), severity: z.string() })).default([]),
  proposals: z.array(z.object({ shape: z.string() })),
})

let hasher: HasherFolder
beforeAll(async () => {
  hasher = await makeHasherFolder()
})
afterAll(() => hasher.remove())

describe('countonce-hash', () => {
  it.for(Object.entries(OUTCOMES))('comes to what is right with %s', async ([name, outcome]) => {
    const { stops, shapes = [], accepted } = outcome
    await copyFile(pathOf(name), hasher.at(name))
    const ran = await hasher.run([...wordsFor(name, `out-${name}.csv`), '--json'])
    const report = REPORT.parse(JSON.parse(ran.stdout))
    const found = report.findings.filter(({ severity }) => severity !== 'note')
    const asked = accepted === undefined ? [] : shapes.map((shape) => `shape-${shape}`)
    const wanted = inOrder([...stops, ...asked])
    expect({
      status: ran.status,
      shapes: inOrder(report.proposals.map(({ shape }) => shape)),
      stops: inOrder(
        found.length === 0 && report.refused !== undefined
          ? [report.refused.code]
          : found.map(({ code }) => code),
      ),
      accepted: report.rows?.accepted,
    }).toEqual({ status: wanted.length === 0 ? 0 : 3, shapes, stops: wanted, accepted })
  })
})
