import { expect, test, vi } from 'vitest'
import type { Actor } from '#server/identity/actors/actor.ts'
import { readMatching } from '#server/intake/journey/match-columns.ts'
import { askSamples } from '#server/intake/journey/ask-values.ts'
import { showSamples } from '#server/intake/journey/show-samples.ts'
import { forgetFile } from '#server/intake/submissions/erase-file.ts'
import { TraceFinder, tracesEverywhere } from '../submissions/traces.ts'
import {
  ACORN,
  BRIDGE,
  csvOf,
  journeyOf,
  match,
  mustUpload,
  settingOfFile,
  range,
} from './journey-setting.ts'

const COLLEAGUE: Actor = { ...ACORN, userId: 'U-ACRN0002' }
const ANALYST: Actor = { userId: 'U-ANALYST', role: 'analyst', providerCode: null, mayExact: true }
const ADMINISTRATOR: Actor = { ...ANALYST, userId: 'U-ADMIN', role: 'administrator' }

const setting = settingOfFile()

/** A file whose first person has names that are nowhere else. */
const CANARY = ['Zoraquilla', 'ZQ-Canary-77', 'zoraquilla@canary.example'] as const

async function uploaded(quarter: string): Promise<string> {
  const bytes = csvOf(range(1, 20), (n) =>
    n === 1 ? { first: CANARY[0], ref: CANARY[1], email: CANARY[2] } : {},
  )
  const { reference } = await mustUpload(setting, bytes, { quarter })
  await match(setting, reference)
  return reference
}

test('who uploaded a file sees three values of each column as they are, audited by place alone', async () => {
  const said: string[] = []
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said.push(String(text))
      return true
    }),
  )
  const reference = await uploaded('2024-Q1')
  const store = setting.storeOf(ACORN)
  const masked = await readMatching(store, ACORN, reference)
  if (!masked.ok) throw new Error(masked.code)
  expect(JSON.stringify(masked)).not.toContain(CANARY[0])
  const shown = await askSamples(store, reference)
  for (const spy of spies) spy.mockRestore()
  if (!shown.ok) throw new Error(shown.code)
  expect(shown.samples.map(([first]) => first).slice(0, 2)).toEqual([CANARY[1], CANARY[0]])
  expect(shown.samples.map(({ length }) => length)).toEqual([3, 3, 3, 3, 2, 3, 3, 3])
  const { rows } = await setting.owner.pool.query<{ actor: string; detail: object }>(
    `select actor, detail from audit_event where subject = $1 and event = 'submission.samples-shown'`,
    [reference],
  )
  expect(rows).toEqual([{ actor: ACORN.userId, detail: { columns: 'A B C D E F G H' } }])
  // What was shown is in no table, no file and no line that was said; the next look is masked.
  expect(await tracesEverywhere(setting.owner, new TraceFinder([...CANARY]))).toEqual([])
  expect(said.filter((text) => CANARY.some((canary) => text.includes(canary)))).toEqual([])
  expect(JSON.stringify(await readMatching(store, ACORN, reference))).not.toContain(CANARY[0])
})

test('a colleague, another provider, an analyst and an administrator see none, and no look is audited', async () => {
  const reference = await uploaded('2024-Q2')
  const look = (actor: Actor, named = reference): ReturnType<typeof showSamples> =>
    showSamples(setting.storeOf(actor), actor, named)
  expect(await look(COLLEAGUE)).toEqual({ ok: false, code: 'not-uploader' })
  for (const actor of [BRIDGE, ANALYST, ADMINISTRATOR]) {
    expect(await look(actor)).toEqual({ ok: false, code: 'not-found' })
    expect(await look(actor)).toEqual(await look(actor, 'SU-2222-2222-2'))
  }
  const { rows } = await setting.owner.pool.query(
    `select 1 from audit_event where subject = $1 and event = 'submission.samples-shown'`,
    [reference],
  )
  expect(rows).toEqual([])
})

test('nothing is shown of a file that is no longer held', async () => {
  const reference = await uploaded('2024-Q3')
  const { id, fileId } = await journeyOf(setting.storeOf, ACORN, reference)
  await setting.owner.files.erase(fileId ?? '')
  await forgetFile(setting.owner.database, id)
  expect(await showSamples(setting.storeOf(ACORN), ACORN, reference)).toEqual({
    ok: false,
    code: 'file-erased',
  })
})
