import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { countTruePeople, generatePeopleRows, peopleFiles } from '#demonstration/people-rows.ts'
import { writeDemonstration } from '#demonstration/write-demonstration.ts'

/**
 * How fast populations are made: `npm run bench population [rows]`. The generator must never be
 * what a benchmark waits for.
 */

const rows = Number(process.argv[2] ?? 1_000_000)

/**
 * Processor time of this process in seconds: what a machine shared with others leaves comparable.
 */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function print(name: string, count: number, started: number, bytes?: number): void {
  const seconds = processorSeconds() - started
  const size =
    bytes === undefined
      ? ''
      : `, ${(bytes / count).toFixed(0)} bytes a row, ${(bytes / 1e6 / seconds).toFixed(0)} MB/s`
  process.stdout.write(
    `${name}: ${count} in ${seconds.toFixed(2)} s of processor time, ${Math.round(count / seconds)} a second${size}\n`,
  )
}

const files = peopleFiles({
  seed: 1,
  rows,
  population: Math.ceil(rows / 4),
  services: ['bfps', 'can', 'fnp', 'och'].map((code) => ({ code, provider: 'henry' })),
  firstQuarter: '2024-Q1',
  quarters: 4,
})
let started = processorSeconds()
let bytes = 0
for (const file of files) for (const chunk of generatePeopleRows(file)) bytes += chunk.length
print('rows of people', rows, started, bytes)
process.stdout.write(`different people in them: ${countTruePeople(files)}\n`)

const folder = await mkdtemp(path.join(tmpdir(), 'countonce-bench-'))
started = processorSeconds()
const { manifest } = await writeDemonstration(folder, { seed: 1, people: 10_000 })
print(
  'rows of the demonstration',
  manifest.files.reduce((sum, file) => sum + file.rows, 0),
  started,
)
await rm(folder, { recursive: true })
process.stdout.write(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`)
