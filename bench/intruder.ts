import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { randomBytes, randomInt } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { HIDDEN } from '#core/disclosure/printed.ts'
import type { DisclosureSettings } from '#core/disclosure/settings.ts'
import { makeExtract } from '#core/research/extract.ts'
import type { VariableCode } from '#core/research/variables.ts'
import { readCohort } from '#server/figures/extracts/read-cohort.ts'
import { listReleases } from '#server/figures/releases/list-releases.ts'
import { readNames } from '#server/figures/releases/release-names.ts'
import { readReleaseRows } from '#server/figures/releases/release-rows.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { finishDemonstration, openDemonstration } from '../bin/demonstration.ts'
import { byChance } from './intruder/beyond-chance.ts'
import { candidatesOf, type Extracted } from './intruder/candidates.ts'
import type { Known } from './intruder/known.ts'
import { roomsFor, type ReleasedCount } from './intruder/room.ts'
import { runSql } from './run-sql.ts'

/**
 * npm run bench intruder [--people 1000] [--service CODE]: somebody with an extract, the releases and one service's own files in
 * the clear tries to say which row each of its clients is; each service in turn, where none is named. A client is told by child
 * or adult, birth, gender, ethnicity, ward and by the relatives in the same files. Where a file leaves something blank, released
 * figures exclude what as many known clients have as anybody can. Fails where somebody has fewer than five rows that may be
 * theirs, or more guesses are right than chance explains.
 */

const { values } = parseArgs({
  options: { people: { type: 'string', default: '1000' }, service: { type: 'string' } },
})
const VARIABLES: readonly VariableCode[] = [
  ...(['kind', 'birth', 'gender', 'ethnicity', 'ward', 'certainty'] as const),
]
const QUARTERS = { firstQuarter: '2024-Q1', lastQuarter: '2024-Q3' } as const

interface Client {
  readonly service: string
  readonly reference: string
  readonly family_id: string | null
  readonly role: string
  readonly birth: string | null
  readonly gender: string
  readonly ethnicity: string | null
  readonly ward: string | null
}

/** What the file says of a client; what it leaves blank is not known. */
function knownOf({ role, birth, gender, ethnicity, ward }: Client): Known {
  return {
    ...{ kind: role === 'child' ? 'child' : 'adult' },
    ...(birth === null ? {} : { birth }),
    ...(gender === 'unknown' ? {} : { gender }),
    ...(ethnicity === null ? {} : { ethnicity }),
    ...(ward === null ? {} : { ward }),
  }
}

const folder = await mkdtemp(join(tmpdir(), 'countonce-bench-'))
await chmod(folder, 0o711)
try {
  const store = await openDemonstration(join(folder, 'data'), {
    people: Number(values.people),
    seed: 1,
  })
  try {
    await finishDemonstration(store, { peopleAlone: true })
    const asked = { variables: VARIABLES, cohort: 'everybody' } as const
    const key = new Uint8Array(randomBytes(32))
    const people = await withTransaction(store.database, (client) =>
      readCohort(client, { ...asked, ...QUARTERS }, { key, extract: 'RX-BENCH' }),
    )
    const extract = makeExtract(people, VARIABLES)
    if (extract === undefined) throw new Error('no extract could be made')
    const { rows, leftOut, loss, fewest, steps } = extract
    say(
      `extract: ${String(rows.length)} rows, ${String(leftOut)} left out, loss ${loss.toFixed(3)}, rarest ${String(fewest)} times, steps ${steps.join(' ')}`,
    )
    const released = await readReleased(store)
    say(`releases: ${String(released.counts.length)} figures of wards, genders and ethnicities`)
    const all = await runSql<Client & Record<string, unknown>>(store.pool, 'intruder-clients')
    const pseudonyms = new Map(people.map(({ reference, person }) => [reference, person]))
    const services = [...new Set(all.map(({ service }) => service))].sort()
    const tried = services
      .filter((service) => (values.service ?? service) === service)
      .map((service) => {
        const own = all.filter((one) => one.service === service)
        const clients = [...new Map(own.map((one) => [one.reference, one])).values()]
        const attempt = tryService(extract, clients, released, pseudonyms)
        say(`${service}: ${wordsOf(attempt, clients.length)}`)
        return attempt
      })
    const chances = tried.flatMap((one) => one.chances)
    const sum = (of: (attempt: Attempt) => number) =>
      tried.reduce((total, each) => total + of(each), 0)
    const right = sum((one) => one.right)
    const likely = byChance(chances, right)
    say(
      `in all: ${String(chances.length)} guessed at, ${String(right)} right, by chance ${chances.reduce((a, b) => a + b, 0).toFixed(1)};`,
      `as many or more are right by chance alone with probability ${likely.toFixed(3)}; releases excluded ${String(sum((one) => one.excluded))} rows`,
    )
    if (chances.length === 0 || sum((one) => one.few) > 0 || likely < 0.001) process.exitCode = 1
  } finally {
    await store.close()
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** What guessing at the clients of one service came to. */
interface Attempt {
  /** Of each client with rows that may be theirs, the chance that a guess among them is right. */
  readonly chances: readonly number[]
  readonly right: number
  readonly least: number
  /** Clients with fewer than five rows that may be theirs. */
  readonly few: number
  /** Rows that were excluded by released figures alone, over all clients. */
  readonly excluded: number
}

interface Released {
  readonly counts: readonly ReleasedCount[]
  readonly settings: DisclosureSettings
}

function tryService(
  extract: Extracted,
  clients: readonly Client[],
  { counts, settings }: Released,
  pseudonyms: ReadonlyMap<string, string>,
): Attempt {
  const known = clients.map(knownOf)
  const guesses = clients.flatMap((client) => {
    const who = knownOf(client)
    const relatives = clients
      .filter((other) => other !== client && isFamily(client, other))
      .map(knownOf)
    const without = candidatesOf(extract, who, { relatives })
    const rooms = roomsFor(counts, settings, who.kind, known)
    const found = candidatesOf(extract, who, { relatives, rooms })
    const excluded = without.length - found.length
    if (found.length === 0) return []
    const guess = found[randomInt(found.length)]?.[0]
    return [{ rows: found.length, excluded, isRight: guess === pseudonyms.get(client.reference) }]
  })
  return {
    chances: guesses.map(({ rows }) => 1 / rows),
    right: guesses.filter(({ isRight }) => isRight).length,
    least: Math.min(...guesses.map(({ rows }) => rows)),
    few: guesses.filter(({ rows }) => rows < 5).length,
    excluded: guesses.reduce((sum, each) => sum + each.excluded, 0),
  }
}

function isFamily(one: Client, other: Client): boolean {
  return one.family_id !== null && one.family_id === other.family_id
}

function wordsOf({ chances, right, least, few, excluded }: Attempt, clients: number): string {
  const chance = chances.reduce((sum, each) => sum + each, 0)
  return [
    `${String(clients)} clients, ${String(chances.length)} guessed at`,
    `fewest rows that may be one's ${String(least)}, ${String(few)} with fewer than 5`,
    `${String(right)} guesses right, by chance ${chance.toFixed(1)}; ${String(excluded)} rows excluded by releases`,
  ].join(', ')
}

/** The released figures of everybody since the start, by what an extract tells as well. */
async function readReleased({ pool }: OwnProgrammeStore): Promise<Released> {
  const [release] = await listReleases(pool)
  if (release === undefined) throw new Error('no release was made')
  const rows = await readReleaseRows(
    pool,
    release,
    await readNames(pool, release),
    QUARTERS.lastQuarter,
  )
  const sinceStart = rows.filter(({ span, scope }) => span === 'start' && scope.kind === 'all')
  const counts = sinceStart.flatMap(({ place, breakdown, figures }): ReleasedCount[] => {
    if (place.kind === 'ward') {
      const of = { code: 'ward', value: place.code } as const
      return [
        { ...of, kind: 'child', printed: figures.children ?? HIDDEN },
        { ...of, kind: 'adult', printed: figures.adults ?? HIDDEN },
        { ...of, kind: undefined, printed: figures.people ?? HIDDEN },
      ]
    }
    const code = breakdown?.attribute
    if (breakdown === null || (code !== 'gender' && code !== 'ethnicity')) return []
    return [{ code, value: breakdown.value, kind: undefined, printed: figures.people ?? HIDDEN }]
  })
  return { counts, settings: release.settings }
}

function say(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}
