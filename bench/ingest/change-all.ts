import { relink } from '#server/linkage/links/relink.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import { openProgrammeStore } from '#server/store/store.ts'
import type { ChangeFigures } from './figures.ts'

/**
 * `change-all DATA SMALL LARGE`: decides a whole store again, then withdraws a small submission and
 * the large one, by reference, and prints what each took as JSON.
 */

const [data = '', small = '', large = ''] = process.argv.slice(2)
const store = await openProgrammeStore({ dataDir: data, env: process.env })
try {
  const figures: ChangeFigures = {
    relink: await seconds(() => relink(store.database, { dataset: 'production', actor: 'bench' })),
    withdrawSmall: await seconds(() => withdraw(small)),
    withdrawLarge: await seconds(() => withdraw(large)),
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }
  process.stdout.write(JSON.stringify(figures))
} finally {
  await store.close()
}

async function withdraw(reference: string): Promise<void> {
  const withdrawn = await withdrawSubmission(store, reference, 'bench')
  if (!withdrawn.ok) throw new Error(withdrawn.code)
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}
