import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Papa from 'papaparse'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { confirmFinding } from '#server/intake/journey/answer-findings.ts'
import { confirmReading } from '#server/intake/journey/describe-reading.ts'
import { readMatching, saveMatching } from '#server/intake/journey/match-columns.ts'
import { readCheck } from '#server/intake/journey/read-check.ts'
import { findJourney, type Journey } from '#server/intake/journey/read-journey.ts'
import { submitFile } from '#server/intake/journey/submit-file.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { openBlobs } from '#server/platform/storage/file-store.ts'
import { askWorkers } from '#server/store/ask-workers.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { openLogins } from '#server/store/logins.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'

const ROWS = 10_000
const SERVICE = 'dv-groups'
const QUARTER = '2024-Q1'
/** A worker sweeps, anchors and counts as it starts, and is done with it by then: milliseconds. */
const SETTLED = 20_000

/** Where the journey goes, and who goes it. */
export interface JourneyPlace {
  readonly store: OwnProgrammeStore
  readonly dataDir: string
  readonly origin: string
  readonly cookie: string
  readonly print: (line: string) => void
  /** Has another worker do the work from here on. */
  readonly restartWorker: () => Promise<void>
}

/**
 * A file of 10,000 rows from its upload to its findings on the page, and to the figures; a person's
 * own time is none. It is withdrawn in the end, so that the store is as it was.
 */
export async function timeJourney(place: JourneyPlace): Promise<void> {
  const { store, print, restartWorker } = place
  const portalPool = openPool((await openLogins(store, ['portal'])).portal, { max: 4 })
  try {
    const user = await inPrisma(store.pool, (prisma) =>
      prisma.user.findUniqueOrThrow({
        where: { email: 'provider@demonstration.example' },
        select: { id: true, providerCode: true },
      }),
    )
    const actor: Actor = {
      ...{ userId: user.id, role: 'provider', mayExact: false },
      providerCode: user.providerCode,
    }
    const database = forActor(portalPool, actor)
    const { programme, secrets, files } = store
    const blobs = (): ReturnType<typeof openBlobs> => openBlobs(store)
    const asker = askWorkers({ database, secrets, blobs, ticket: undefined })
    const own: PortalStore = { database, programme, secrets, files, asker }
    const { csv, known } = await clientsCsv(place.dataDir)
    const goAndWithdraw = async (told: (line: string) => void): Promise<void> => {
      const reference = await goJourney({ ...place, print: told }, own, actor, csv)
      const begun = performance.now()
      const withdrawn = await withdrawSubmission(store, reference, 'bench')
      if (!withdrawn.ok) throw new Error(withdrawn.code)
      told(`  withdrawn again: ${seconds(begun)}`)
    }
    // The bench goes part of the way itself, and its own code is cold before its first time.
    await goAndWithdraw(() => undefined)
    print(`10,000 rows of another service, ${String(known)} of them children the programme knows`)
    await restartWorker()
    print('a file for a worker that has just started')
    await goAndWithdraw(print)
    await restartWorker()
    await pause(SETTLED)
    print('the first file of a worker')
    await goAndWithdraw(print)
    print('the next')
    await goAndWithdraw(print)
  } finally {
    await portalPool.end()
  }
}

async function goJourney(
  { origin, cookie, print }: JourneyPlace,
  own: PortalStore,
  actor: Actor,
  csv: string,
): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([csv]), 'clients.csv')
  let begun = performance.now()
  const sent = await fetch(`${origin}/send/${SERVICE}/${QUARTER}/file`, {
    method: 'POST',
    headers: { cookie, origin, accept: 'application/json' },
    body: form,
  })
  const { path: read } = (await sent.json()) as { path: string }
  const reference = /SU-[0-9A-Z-]+/.exec(read)?.[0] ?? ''
  print(`  uploaded and read: ${seconds(begun)}`)
  const journey = async (): Promise<Journey> => {
    const found = await findJourney(own, actor, reference)
    if (found === undefined) throw new Error(`no journey: ${read}`)
    return found
  }
  const until = async (state: string): Promise<void> => {
    for (;;) {
      const found = (await journey()).state
      if (found === state) return
      if (found === 'rejected') throw new Error('the file was rejected')
      await pause(20)
    }
  }
  const open = async (step: string): Promise<void> => {
    const answer = await fetch(`${origin}/files/${reference}/${step}`, {
      headers: { cookie },
      redirect: 'manual',
    })
    await answer.arrayBuffer()
    if (answer.status !== 200) throw new Error(`${step}: ${String(answer.status)}`)
  }
  await open('read')
  await confirmReading(own, actor, await journey())
  await open('match')
  // The page has read the file already; to read it again for its choices is the bench's own time.
  const reading = performance.now()
  const view = await readMatching(own, actor, reference)
  if (!view.ok) throw new Error(view.code)
  begun += performance.now() - reading
  const answers = view.columns.map(({ answer }) => (answer === '' ? 'none' : answer))
  await saveMatching(own, actor, view.journey, { answers, shape: 'person', role: 'child' })
  print(`  read and matched: ${seconds(begun)}`)
  await until('checked')
  await open('check')
  print(`  findings on the page: ${seconds(begun)}   goal: 1.5 s`)
  const check = await readCheck(own, actor, reference)
  if (!check.ok) throw new Error(check.code)
  for (const { code, field, severity } of check.groups.flatMap(({ findings }) => findings)) {
    if (severity !== 'confirm') continue
    await confirmFinding(own, actor, await journey(), { code, field, reason: 'looked-and-right' })
  }
  await open('answers')
  const submitted = await submitFile(own, actor, await journey(), { replaces: '' })
  if (!submitted.ok) throw new Error(submitted.code)
  await until('linked')
  await open('result')
  print(`  in the figures: ${seconds(begun)}   goal: 3 s`)
  return reference
}

function seconds(begun: number): string {
  return `${((performance.now() - begun) / 1000).toFixed(1)} s`
}

const HEADER = 'Client ID,First name,Surname,Date of birth,Gender,Postcode,Carer email,Contacts'

/**
 * Children that another service of the demonstration sent, up to half of the rows; the others are
 * invented here.
 */
async function clientsCsv(dataDir: string): Promise<{ csv: string; known: number }> {
  const file = path.join(dataDir, 'demonstration', QUARTER, `natural-thinkers-${QUARTER}.csv`)
  const sent = Papa.parse<Record<string, string>>((await readFile(file)).toString('latin1'), {
    header: true,
  })
  const known = sent.data
    .filter((row) => (row['Forename'] ?? '') !== '' && (row['D.O.B'] ?? '') !== '')
    .slice(0, ROWS / 2)
    .map((row) =>
      ['Forename', 'Surname', 'D.O.B', 'Boy/Girl', 'Post Code', 'Mum or dad email', 'Sessions'].map(
        (column) => row[column] ?? '',
      ),
    )
  const invented = Array.from({ length: ROWS - known.length }, (_, n) => inventChild(n))
  const lines = [...known, ...invented].map((cells, n) => [`C-${String(n)}`, ...cells].join(','))
  return { csv: [HEADER, ...lines, ''].join('\r\n'), known: known.length }
}

/** A child whom nobody else has. */
function inventChild(n: number): string[] {
  const two = (value: number): string => String(value).padStart(2, '0')
  const name = (value: number): string =>
    `Ab${Array.from(value.toString(26), (digit) => String.fromCharCode(97 + parseInt(digit, 26))).join('')}`
  const born = `${two((n % 28) + 1)}/${two((n % 12) + 1)}/${String(2019 + (n % 5))}`
  const gender = n % 2 === 0 ? 'Girl' : 'Boy'
  return [name(n), `Um${name(n % 700)}`, born, gender, '', `carer${String(n)}@mail.example`, '3']
}
