import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Papa from 'papaparse'
import { measureClusters } from '#server/linkage/links/measure-clusters.ts'
import { makeEstimate } from '#server/figures/reach/make-estimate.ts'
import { measureReach } from '#server/figures/reach/measure-reach.ts'
import { readEstimate } from '#server/figures/reach/read-estimate.ts'
import type { TrueReach } from '#demonstration/truth.ts'
import { relink } from '#server/linkage/links/relink.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { openDemonstration } from '../bin/demonstration.ts'

/**
 * npm run bench demonstration [--people 3000] [--seed 1]: linkage of the demonstration against its
 * known truth, under both policies. The truth counts people from the invented population, never
 * from the files.
 */

const { values } = parseArgs({
  options: { people: { type: 'string', default: '3000' }, seed: { type: 'string', default: '1' } },
})
const folder = await mkdtemp(join(tmpdir(), 'countonce-bench-'))
await chmod(folder, 0o711)
try {
  const data = join(folder, 'data')
  const store = await openDemonstration(data, {
    people: Number(values.people),
    seed: Number(values.seed),
  })
  try {
    const truth = join(data, 'demonstration')
    for (const policy of ['cautious', 'leap-2020'] as const) {
      await relink(store.database, { dataset: 'production', policy, actor: 'bench' })
      await show(store, policy, truth)
    }
  } finally {
    await store.close()
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function show(store: OwnProgrammeStore, policy: string, truth: string): Promise<void> {
  const { data } = Papa.parse<{ service: string; client_ref: string; person: string }>(
    await readFile(join(truth, 'truth.csv'), 'utf8'),
    { header: true, skipEmptyLines: true },
  )
  const clients = data.map((row) => ({
    service: row.service,
    clientRef: row.client_ref,
    person: row.person,
  }))
  const measure = await measureClusters(store, 'production', clients)
  const period = { dataset: 'production', from: '2024-Q1', to: '2024-Q3' } as const
  const reach = await measureReach(store.pool, period, [])
  const { unique } = reach
  await makeEstimate(store.pool)
  const estimated = await readEstimate(store.pool, period, [], reach)
  const trueReach = JSON.parse(await readFile(join(truth, 'true-reach.json'), 'utf8')) as TrueReach
  const percent = (share: number): string => `${(share * 100).toFixed(2)} %`
  const error = unique.people / trueReach.unique.people - 1
  write(`\n${policy}: ${measure.records} records`)
  write(`  pairs       precision ${percent(measure.precision)}   recall ${percent(measure.recall)}`)
  write(`  people      found ${measure.people.found}   true ${measure.people.true}`)
  write(
    `  reach       ${unique.people} (${unique.lower} to ${unique.upper})   true ${trueReach.unique.people}   error ${percent(error)}`,
  )
  if (estimated === undefined) return
  for (const figure of ['people', 'children', 'adults', 'families'] as const) {
    const { estimate, low, high } = estimated.unique[figure]
    write(
      `  ${figure.padEnd(11)} found ${unique[figure]}   estimate ${estimate} (${low} to ${high})   true ${trueReach.unique[figure]}`,
    )
  }
}

function write(line: string): void {
  process.stdout.write(`${line}\n`)
}
