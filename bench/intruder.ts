import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { randomBytes, randomInt } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { makeExtract } from '#core/research/extract.ts'
import type { VariableCode } from '#core/research/variables.ts'
import { readCohort } from '#server/figures/extracts/read-cohort.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { openDemonstration } from '../bin/demonstration.ts'
import { candidatesOf, type Known } from './intruder/candidates.ts'
import { runSql } from './run-sql.ts'

/**
 * npm run bench intruder [--people 1000] [--service natural-thinkers]: somebody with an extract and one service's own files in
 * the clear tries to say which row each of its clients is. A client is told by child or adult, birth, gender, ethnicity, ward
 * and by the relatives in the same file. Of released figures nothing helps: they say of no told value that nobody has it.
 */

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '1000' },
    service: { type: 'string', default: 'natural-thinkers' },
  },
})
const VARIABLES: readonly VariableCode[] = [
  ...(['kind', 'birth', 'gender', 'ethnicity', 'ward', 'certainty'] as const),
]

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
    const asked = { variables: VARIABLES, cohort: 'everybody' } as const
    const quarters = { firstQuarter: '2024-Q1', lastQuarter: '2024-Q3' } as const
    const key = new Uint8Array(randomBytes(32))
    const people = await withTransaction(store.database, (client) =>
      readCohort(client, { ...asked, ...quarters }, { key, extract: 'RX-BENCH' }),
    )
    const extract = makeExtract(people, VARIABLES)
    if (extract === undefined) throw new Error('no extract could be made')
    const { rows, leftOut, loss, fewest, steps } = extract
    say(
      `extract: ${String(rows.length)} rows, ${String(leftOut)} left out, loss ${loss.toFixed(3)}, rarest ${String(fewest)} times, steps ${steps.join(' ')}`,
    )
    const all = await runSql<Client & Record<string, unknown>>(store.pool, 'intruder-clients')
    const ofService = all.filter(({ service }) => service === values.service)
    const clients = [...new Map(ofService.map((one) => [one.reference, one])).values()]
    const pseudonyms = new Map(people.map(({ reference, person }) => [reference, person]))
    let [right, chance, guessed, sure, few, least] = [0, 0, 0, 0, 0, Number.POSITIVE_INFINITY]
    for (const client of clients) {
      const relatives = clients.filter(
        (other) =>
          other !== client && other.family_id !== null && other.family_id === client.family_id,
      )
      const found = candidatesOf(extract, knownOf(client), relatives.map(knownOf))
      if (found.length === 0) continue
      guessed += 1
      least = Math.min(least, found.length)
      if (found.length === 1) sure += 1
      if (found.length < 5) few += 1
      chance += 1 / found.length
      const guess = found[randomInt(found.length)]?.[0]
      if (guess === pseudonyms.get(client.reference)) right += 1
    }
    say(
      `intruder with the files of ${values.service}: ${String(clients.length)} clients, ${String(guessed)} guessed at, fewest candidates ${String(least)},`,
      `${String(few)} with fewer than 5, ${String(sure)} sure; ${String(right)} guesses right, by chance ${chance.toFixed(1)}`,
    )
    if (few > 0) process.exitCode = 1
  } finally {
    await store.close()
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

function say(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}
