/**
 * `node bin/totals.mjs FILE`: says which tests of a report were skipped, then the totals as the
 * last line. Status 1 when a test failed, was skipped or is still to be written, or when there was
 * none.
 */
import { readFileSync } from 'node:fs'

const report = readReport(process.argv[2])
const notRun = report.testResults.flatMap((file) =>
  file.assertionResults
    .filter((test) => test.status !== 'passed' && test.status !== 'failed')
    .map((test) => `${test.status}: ${test.fullName}`),
)
// A file that could not be loaded has no tests to count; it fails all the same.
const unloaded = report.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.length === 0,
)

for (const line of notRun) process.stdout.write(`not run, ${line}\n`)
for (const file of unloaded) process.stdout.write(`could not be loaded: ${file.name}\n`)
const failed = report.numFailedTests + notRun.length + unloaded.length
process.stdout.write(`${report.numPassedTests} passed, ${failed} failed\n`)
process.exitCode = failed === 0 && report.numPassedTests > 0 ? 0 : 1

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // The runner ended before it could write one.
    return { testResults: [], numPassedTests: 0, numFailedTests: 1 }
  }
}
