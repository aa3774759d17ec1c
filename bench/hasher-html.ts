/**
 * npm run bench hasher-html [-- --rows 100000] [-- --pieces]: how many rows a second the page makes
 * a hashed file of, in Chromium from a folder, against Node's createHmac one by one over the same
 * identifiers in the same run; and the most memory that its process took. The page writes to a
 * place that only counts, or, with --pieces, keeps the file as the browser's own pieces, as it does
 * where no place can be chosen.
 */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from '@playwright/test'
import { checkTable } from '#core/checks/check-table.ts'
import { NO_AREAS } from '#core/standard/area.ts'
import { writeKeyFile } from '#core/key-file/key-file.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import { MessageBatch, type TakenBatch } from '#core/pseudonym/message-batch.ts'
import { openTable } from '#core/tabular/open-table.ts'
import { generatePeopleRows, PEOPLE_HEADER } from '#demonstration/people-rows.ts'
import { openFileSource } from '../desktop-hasher/cli/file-source.ts'
import {
  answerCheck,
  goToColumns,
  heading,
  missingBrowser,
  press,
  startHasherBrowser,
} from '../test/desktop-hasher/setup/hasher-browser.ts'
import { hashOneByOne } from './hasher/baseline.ts'

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '100000' }, pieces: { type: 'boolean' } },
})
const ROWS = Number(values.rows)
/** The baseline is a rate; so many rows are enough for it. */
const BASELINE_ROWS = Math.min(ROWS, 50_000)
const PASSPHRASE = 'walnut trombone ferry lichen orbit'
const KEY = Uint8Array.from({ length: 32 }, (_, index) => (index * index * 7 + 13) & 0xff)
const LONGEST = 60 * 60 * 1000

const missing = await missingBrowser()
const folder = await mkdtemp(join(tmpdir(), 'countonce-bench-'))
try {
  if (missing !== '') throw new Error(missing)
  const file = await writePeople(ROWS)
  const baseline = await measureBaseline(await writePeople(BASELINE_ROWS))
  await measurePage(file, baseline)
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function writePeople(rows: number): Promise<string> {
  const path = join(folder, `people-${rows}.csv`)
  const file = { seed: 1, service: 'slt', provider: 'trust-a', quarter: '2024-Q1' } as const
  await writeFile(path, generatePeopleRows({ ...file, rows, population: rows, firstPerson: 0 }))
  return path
}

/** Rows a second of createHmac one by one, over messages framed beforehand. */
async function measureBaseline(path: string): Promise<number> {
  const batches = await frame(path)
  let best = Infinity
  for (let run = 0; run < 3; run++) {
    const from = process.threadCpuUsage()
    hashOneByOne(KEY, batches)
    const spent = process.threadCpuUsage(from)
    best = Math.min(best, (spent.user + spent.system) / 1e6)
  }
  return BASELINE_ROWS / best
}

async function frame(path: string): Promise<TakenBatch[]> {
  const source = await openFileSource(path)
  if (source === undefined) throw new Error('the file is gone')
  const table = await openTable(source)
  const columns = Object.fromEntries(PEOPLE_HEADER.split(',').map((field) => [field, field]))
  const compiled = compileMapping({ columns }, table.header)
  if (!compiled.ok) throw new Error('the mapping does not fit')
  const messages = new MessageBatch({ providerCode: 'trust-a', serviceCode: 'slt' })
  const context = { quarter: '2024-Q1', live: false, date1904: false, areas: NO_AREAS } as const
  const accept = (_: unknown, identifiers: Parameters<MessageBatch['add']>[0]): void => {
    messages.add(identifiers)
  }
  await checkTable(table, compiled.mapper, context, { accept })
  await source.close()
  return [messages.take()]
}

async function measurePage(file: string, baseline: number): Promise<void> {
  const key = join(folder, 'key.txt')
  const sealed = { key: KEY, live: false, passphrase: PASSPHRASE }
  const [salt, nonce] = [new Uint8Array(16), new Uint8Array(12)]
  await writeFile(key, await writeKeyFile({ ...sealed, salt, nonce }, crypto))
  const browser = await startHasherBrowser()
  try {
    const withPicker = values.pieces !== true
    const { page } = await browser.open({ withPicker })
    page.context().setDefaultTimeout(LONGEST)
    await goToColumns(page, {
      key,
      passphrase: PASSPHRASE,
      provider: 'trust-a',
      service: 'slt',
      quarter: '2024-Q1',
      file,
    })
    const checking = performance.now()
    await press(page, 'Continue')
    await heading(page, 'Check your file')
    const checked = performance.now()
    await answerCheck(page)
    if (withPicker) await page.evaluate(countWhatIsWritten)
    await page.evaluate(watchFrames)
    const from = performance.now()
    await press(page, withPicker ? 'Choose where to save it, and make it' : 'Make the hashed file')
    await heading(page, 'Hashed file made')
    const seconds = (performance.now() - from) / 1000
    const rate = ROWS / seconds
    const longest = await page.evaluate(() => (globalThis as unknown as Frames).longestFrame)
    const { size } = await stat(file)
    const say = (value: number): string => Math.round(value).toLocaleString('en-GB')
    process.stdout.write(
      `${say(ROWS)} rows, ${say(size / 1024 ** 2)} MB in\n` +
        `  createHmac one by one, hashing alone  ${say(baseline).padStart(9)} rows/s of one core's time\n` +
        `  the page, checking                    ${say(ROWS / ((checked - checking) / 1000)).padStart(9)} rows/s\n` +
        `  the page, making the hashed file      ${say(rate).padStart(9)} rows/s, ${(rate / baseline).toFixed(1)} ×, ${seconds.toFixed(1)} s\n` +
        `  longest that the page did not answer  ${say(longest).padStart(9)} ms\n` +
        `  most memory of its process            ${say(await peakMegabytes(page)).padStart(9)} MB\n`,
    )
  } finally {
    await browser.close()
  }
}

interface Frames {
  longestFrame: number
}

/** Runs in the page: the longest time between two of its frames. */
function watchFrames(): void {
  const frames = globalThis as unknown as Frames
  frames.longestFrame = 0
  let last = performance.now()
  const next = (): void => {
    const now = performance.now()
    frames.longestFrame = Math.max(frames.longestFrame, now - last)
    last = now
    requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
}

/** Runs in the page: a place that was chosen, of which nothing is kept. */
function countWhatIsWritten(): void {
  const done = (): Promise<void> => Promise.resolve()
  const writable = { write: done, truncate: done, seek: done, close: done, abort: done }
  const handle = {
    name: 'out.csv',
    getFile: (): Promise<Blob> => Promise.resolve(new Blob([])),
    createWritable: (): Promise<typeof writable> => Promise.resolve(writable),
  }
  Object.assign(globalThis, {
    showSaveFilePicker: (): Promise<typeof handle> => Promise.resolve(handle),
  })
}

/** The most memory that the page's process, its worker in it, ever held; Linux tells it. */
async function peakMegabytes(page: Page): Promise<number> {
  const session = await page.context().browser()?.newBrowserCDPSession()
  const told = await session?.send('SystemInfo.getProcessInfo')
  const peaks = await Promise.all(
    (told?.processInfo ?? [])
      .filter(({ type }) => type === 'renderer')
      .map(async ({ id }) => {
        const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '')
        return Number(/VmHWM:\s+([0-9]+) kB/.exec(status)?.[1] ?? 0) / 1024
      }),
  )
  return Math.max(0, ...peaks)
}
