import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { confirmReading } from '#server/intake/journey/describe-reading.ts'
import { readMatching, saveMatching } from '#server/intake/journey/match-columns.ts'
import { readCheck } from '#server/intake/journey/read-check.ts'
import { readShapes, saveShapes } from '#server/intake/journey/choose-shapes.ts'
import { tryFile } from '#server/intake/held-files/try-file.ts'
import { inOrder, listFiles, OUTCOMES, pathOf, type Outcome } from '../../files/outcomes.ts'
import { ACORN, journeyOf, mustUpload, settingOfFile } from './journey/journey-setting.ts'

/** Every file that once went in silently wrong, or was refused with words that did not help. */

const setting = settingOfFile()

test('no file is without an outcome', () => {
  expect(Object.keys(OUTCOMES).toSorted()).toEqual(listFiles().toSorted())
})

describe('on the command line', () => {
  test.for(Object.entries(OUTCOMES))('%s comes to what is right', async ([name, outcome]) => {
    const { shapes, stops, accepted } = expected(outcome)
    // A shape that nobody has answered stops it as well, where its rows are checked.
    const asked = accepted === undefined ? [] : shapes.map((shape) => `shape-${shape}`)
    const all = { shapes, stops: inOrder([...stops, ...asked]), accepted }
    expect(await byCommandLine(name)).toEqual(all)
  })
})

describe('in the portal', () => {
  test.for(Object.entries(OUTCOMES))('%s comes to what is right', async ([name, outcome]) => {
    const { inPortal: stops = outcome.stops } = outcome
    const wanted = expected({ ...outcome, stops })
    expect(await byPortal(name)).toEqual(
      stops.includes('words-unanswered') ? { ...wanted, accepted: undefined } : wanted,
    )
  })
})

/** What a way came to: shapes that are asked, what stops it and how many rows were accepted. */
interface Came {
  readonly shapes: readonly string[]
  readonly stops: readonly string[]
  readonly accepted: number | undefined
}

function expected({ shapes = [], stops, accepted }: Outcome): Came {
  return { shapes, stops, accepted }
}

async function byCommandLine(name: string): Promise<Came> {
  const file = { path: pathOf(name), name, quarter: '2024-Q1' as const, service: undefined }
  const read = await tryFile(setting.owner, file)
  if ('opened' in read && !read.ok)
    return {
      shapes: inOrder(read.opened.proposals.map(({ shape }) => shape)),
      stops: [read.code],
      accepted: undefined,
    }
  if (!read.ok) return { shapes: [], stops: [read.code], accepted: undefined }
  const { opened, outcome } = read
  return {
    shapes: inOrder(opened.proposals.map(({ shape }) => shape)),
    stops: inOrder(
      outcome.findings.filter(({ severity }) => severity !== 'note').map(({ code }) => code),
    ),
    accepted: outcome.rows.accepted,
  }
}

/** Uploads it and answers no question but which columns the portal found by itself. */
async function byPortal(name: string): Promise<Came> {
  const bytes = new Uint8Array(await readFile(pathOf(name)))
  const store = setting.storeOf(ACORN)
  // What was chosen for another file says nothing here.
  await setting.owner.pool.query(`update submission set state = 'withdrawn', file_id = null`)
  const uploaded = await mustUpload(setting, bytes)
  const { reference } = uploaded
  let journey = await journeyOf(setting.storeOf, ACORN, reference)
  if (!uploaded.isUsable)
    return { shapes: [], stops: [journey.refusal?.code ?? ''], accepted: undefined }
  const confirmed = await confirmReading(store, ACORN, journey)
  if (!confirmed.ok) throw new Error(confirmed.code)
  const view = await readShapes(store, ACORN, reference)
  if (!view.ok) throw new Error(view.code)
  const shapes = inOrder(view.shapes.map(({ shape }) => shape))
  journey = await journeyOf(setting.storeOf, ACORN, reference)
  if (shapes.length > 0) {
    // As it stands.
    const answers = Object.fromEntries(shapes.map((shape) => [shape, 'none']))
    const saved = await saveShapes(store, ACORN, journey, answers)
    if (!saved.ok) throw new Error(saved.code)
    journey = await journeyOf(setting.storeOf, ACORN, reference)
  }
  const columns = await readMatching(store, ACORN, reference)
  if (!columns.ok) throw new Error(columns.code)
  const matched = await saveMatching(store, ACORN, journey, {
    answers: columns.columns.map(({ answer }) => (answer === '' ? 'none' : answer)),
    shape: columns.shape,
    role: '',
    reference: columns.reference,
  })
  if (!matched.ok) return { shapes, stops: ['mapping-incomplete'], accepted: undefined }
  if (matched.next === 'values') return { shapes, stops: ['words-unanswered'], accepted: undefined }
  await setting.work(reference)
  const check = await readCheck(store, ACORN, reference)
  if (!check.ok) throw new Error(check.code)
  const found = check.groups.flatMap(({ findings }) => findings)
  return {
    shapes,
    stops: inOrder(found.filter(({ severity }) => severity !== 'note').map(({ code }) => code)),
    accepted: check.journey.rows?.accepted,
  }
}
