import { statSync } from 'node:fs'
import { run } from '../../desktop-hasher/cli/run.ts'

/**
 * One run of the command line in a process of its own: `one-file.ts WORDS`; what it took goes to
 * its parent.
 */
const words = process.argv.slice(2)
const started = performance.now()
const status = await run(words)
const out = words[words.indexOf('--out') + 1] ?? ''
process.send?.({
  status,
  seconds: (performance.now() - started) / 1000,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  outMegabytes: status === 0 ? statSync(out).size / 1024 ** 2 : 0,
})
