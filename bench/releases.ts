import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDatabase } from '#server/platform/opening/open-database.ts'
import { migrate } from '#server/platform/db/migrate.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { listReleases } from '#server/figures/releases/list-releases.ts'
import { makeRelease } from '#server/figures/releases/make-release.ts'
import { readSpanFigures, readTrend } from '#server/figures/releases/release-views.ts'

/**
 * How long a release takes to make and to read: `npm run bench releases [records]`. The records are
 * written straight into the store, linked: 20 services, 4 wards, 8 quarters, one person for every
 * four records, who mostly uses one of them, and every tenth in doubt.
 */

const records = Number(process.argv[2] ?? 1_000_000)
const QUARTERS = 8
const SERVICES = 20

const dataDir = await mkdtemp(path.join(tmpdir(), 'countonce-bench-'))
const database = await openDatabase({ dataDir })
const pool = openPool(database.url)

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function timed<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const started = performance.now()
  const result = await work()
  const milliseconds = performance.now() - started
  print(
    `${name}: ${milliseconds > 1000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${milliseconds.toFixed(1)} ms`}`,
  )
  return result
}

try {
  await migrate(database.url)
  await pool.query(`
    insert into programme (code, name, live, years_from, years_to) values ('b', 'Bench', false, '2023-04-01', '2025-03-31');
    insert into provider values ('p', 'Provider');
    insert into ward select 'ward-' || n, 'Ward ' || n from generate_series(1, 4) n;
    insert into strand select 'strand-' || n, 'Strand ' || n from generate_series(0, 4) n;
    insert into service (code, name, strand_code, provider_code)
      select 'service-' || n, 'Service ' || n, 'strand-' || n % 5, 'p' from generate_series(0, ${SERVICES - 1}) n;
    insert into submission (reference, dataset, service_code, quarter, state, file_digest, file_bytes, received_by)
      select s || '-' || q, 'production', 'service-' || s, (2023 + q / 4) || '-Q' || (q % 4 + 1), 'linked',
        convert_to(s || '-' || q, 'UTF8'), 1, 'bench'
      from generate_series(0, ${SERVICES - 1}) s, generate_series(0, ${QUARTERS - 1}) q`)
  await timed(`${records} records written`, () =>
    pool.query(`
      create temporary table drawn as
        select n, person, (person * 7 + (random() * 1.4)::int) % ${SERVICES} * ${QUARTERS} + (random() * ${QUARTERS - 1})::int as file
        from (select n, (random() * ${records / 4})::int as person from generate_series(1, ${records}) n) as visit;
      insert into record (id, dataset, submission_id, source_row, role, birth, gender, ward, in_area, ethnicity, send_or_disability, contacts)
        select n, 'production', s.first + file, n, case when person % 2 = 0 then 'child' else 'parent' end,
          case when person % 2 = 0 then '2021-0' || (person % 9 + 1) else '19' || (60 + person % 40) end,
          (array['F', 'M', 'X', 'unknown'])[person % 4 + 1], 'ward-' || ((person + (random() < 0.05)::int) % 5 + 1),
          case when person % 5 = 4 then 'no' else 'yes' end, chr(65 + person % 8), 'unknown', n % 8
        from drawn cross join (select min(id) as first from submission) s;
      insert into link (dataset, record_id, part_id, beneficiary_id, upper_id, lower_id, family_id, nhs_id)
        select 'production', n, person, person, case when person % 10 = 0 then n else person end,
          case when person % 20 < 2 then person / 2 * 2 else person end, person / 3, case when person % 3 > 0 then person end
        from drawn;
      analyze record; analyze link`),
  )
  const made = await timed('release made', () =>
    makeRelease(pool, { profile: 'programme', actor: 'bench' }),
  )
  if (!made.ok) throw new Error(made.code)
  print(`${made.shown} cells printed, ${made.hidden} hidden`)
  await timed('release made again', () =>
    makeRelease(pool, { profile: 'programme', actor: 'bench' }),
  )
  const [release] = await listReleases(pool)
  if (release === undefined) throw new Error('no release')
  for (let turn = 0; turn < 3; turn++) {
    await timed('figures of a span read', () =>
      readSpanFigures(pool, release, { quarter: release.lastQuarter, span: 'year' }),
    )
    await timed('trend read', () => readTrend(pool, release, {}))
  }
} finally {
  await pool.end()
  await database.close()
  await rm(dataDir, { recursive: true, force: true })
}
print(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
