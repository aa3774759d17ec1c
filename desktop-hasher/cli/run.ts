import { publishedVectors } from '#core/pseudonym/generated/published-vectors.ts'
import { selfTest, type SelfTestResult } from '#core/pseudonym/self-test.ts'
import { readCommand, type Asked, type SubmitOptions } from './command.ts'
import { Console, DONE, FAULT, REFUSED } from './console.ts'
import { writeClearKey } from './clear-key.ts'
import { hashFile, type HashReport } from './hash-file.ts'
import { sealFile } from './seal-file.ts'
import { readToken } from './read-token.ts'
import { Stopped, stopped } from './stopped.ts'
import { submitPackage } from './submit.ts'
import { NOT_REACHED, NOT_TAKEN, statusOf, tellSubmitted } from './tell-submitted.ts'
import {
  outcomeAsJson,
  tellMappingRefusals,
  tellOutcome,
  tellProposals,
  tellReceipt,
  tellSuggestions,
} from './tell.ts'

/** Runs the command line; answers the exit status. */
export async function run(words: readonly string[]): Promise<number> {
  const terminal = new Console()
  let asked: Asked | undefined
  try {
    asked = readCommand(words, terminal)
    return await answer(asked, terminal)
  } catch (error) {
    return tellStop(error, {}, words.includes('--json'), terminal)
  } finally {
    saveReport(asked, terminal)
  }
}

type AskedToHash = Extract<Asked, { want: 'hashed-file' }>

async function answer(asked: Asked, terminal: Console): Promise<number> {
  if (asked.want === 'nothing') return asked.status
  const tested = selfTest(publishedVectors())
  if (asked.want === 'self-test' || tested.failed > 0) {
    tellSelfTest(tested, asked.json, terminal)
    return tested.failed === 0 ? DONE : REFUSED
  }
  if (asked.want === 'clear-key') return answerClearKey(asked, terminal)
  if (asked.want === 'sealed-file') return answerSealed(asked, tested, terminal)
  return asked.submit === undefined
    ? answerHashed(asked, tested, terminal)
    : answerSubmitted(asked, asked.submit, tested, terminal)
}

/** Hashes and sends; what stops it has the statuses of a scheduled task. */
async function answerSubmitted(
  asked: AskedToHash,
  { portal, replace, tokenFile }: SubmitOptions,
  tested: SelfTestResult,
  terminal: Console,
): Promise<number> {
  try {
    const token = await readToken(tokenFile)
    const report: HashReport = {}
    const status = await answerHashed(asked, tested, terminal, report)
    if (report.files === undefined) return status === FAULT ? NOT_REACHED : NOT_TAKEN
    const { service, quarter } = asked.request
    const submitted = await submitPackage(
      { portal, service, quarter, replace, token },
      report.files,
    )
    if (asked.json) terminal.printJson({ submitted })
    else tellSubmitted(terminal, submitted)
    return statusOf(submitted)
  } catch (error) {
    const status = tellStop(error, {}, asked.json, terminal)
    return status === FAULT ? NOT_REACHED : NOT_TAKEN
  }
}

async function answerHashed(
  asked: AskedToHash,
  tested: SelfTestResult,
  terminal: Console,
  report: HashReport = {},
): Promise<number> {
  const signals = new CancelOnSignals()
  try {
    await hashFile(asked.request, tested, terminal, report, () => signals.isCancelled)
  } catch (error) {
    if (!asked.json) tellReport(report, terminal)
    return tellStop(error, report, asked.json, terminal)
  } finally {
    signals.end()
  }
  if (asked.json) {
    const { check, bridgeCheck, receipt, suggestions, outcome, files } = report
    terminal.printJson({
      files,
      keyCheck: check,
      bridgeKeyCheck: bridgeCheck ?? null,
      selfTest: { passed: tested.passed, failed: tested.failed },
      ...(outcome === undefined || receipt == null
        ? {}
        : outcomeAsJson(outcome, receipt, report.columnOf)),
      receipt,
      suggestions: suggestions ?? [],
      proposals: report.proposals ?? [],
    })
  } else {
    tellReport(report, terminal)
    for (const { csv, manifest, hmac } of report.files ?? [])
      for (const path of [csv, manifest, hmac]) terminal.print(path)
  }
  return DONE
}

async function answerClearKey(
  { request, json }: Extract<Asked, { want: 'clear-key' }>,
  terminal: Console,
): Promise<number> {
  const check = await writeClearKey(request, terminal)
  if (json) terminal.printJson({ keyCheck: check, file: request.out })
  else {
    terminal.say(`key check value ${check}`)
    terminal.say(
      `${request.out} holds the key itself: whoever reads it can reverse every pseudonym of the programme. Delete it as soon as the database has read it, and leave it in no backup.`,
    )
    terminal.print(request.out)
  }
  return DONE
}

async function answerSealed(
  { request, json }: Extract<Asked, { want: 'sealed-file' }>,
  tested: SelfTestResult,
  terminal: Console,
): Promise<number> {
  const { check, outcome, files } = await sealFile(request, tested, terminal)
  const { rows, records, familyTies } = outcome
  const { passed, failed } = tested
  if (json) {
    terminal.printJson({
      files: [files],
      keyCheck: check,
      selfTest: { passed, failed },
      rows,
      records,
      familyTies,
    })
    return DONE
  }
  terminal.say(`key check value ${check}`)
  terminal.say(
    `rows: ${rows.read} read = ${rows.accepted} accepted + ${rows.rejected} rejected + ${rows.blank} blank`,
  )
  terminal.say(`records: ${records}, family ties in a row: ${familyTies}`)
  for (const path of [files.csv, files.manifest, files.hmac]) terminal.print(path)
  return DONE
}

function tellSelfTest(
  { passed, failed, failures }: SelfTestResult,
  json: boolean,
  terminal: Console,
): void {
  if (json) terminal.printJson({ selfTest: { passed, failed, failures } })
  else terminal.print(`self-test: ${passed} published vectors passed, ${failed} failed`)
  if (failed === 0) return
  const { words } = stopped('hasher-self-test')
  terminal.say(`countonce-hash: ${words.title} ${words.fix}`)
  terminal.say(`  ${failures.join(', ')}`)
}

function tellReport(report: HashReport, terminal: Console): void {
  if (report.check !== undefined) terminal.say(`key check value ${report.check}`)
  if (report.bridgeCheck !== undefined)
    terminal.say(`key check value of the old key ${report.bridgeCheck}`)
  if (report.receipt !== undefined) tellReceipt(terminal, report.receipt)
  if (report.proposals !== undefined) tellProposals(terminal, report.proposals)
  if (report.suggestions !== undefined) tellSuggestions(terminal, report.suggestions)
  if (report.mappingRefusals !== undefined) tellMappingRefusals(terminal, report.mappingRefusals)
  if (report.outcome !== undefined && report.receipt !== undefined)
    tellOutcome(terminal, report.outcome, report.receipt, report.columnOf)
}

/** Says in one line what stopped, and how to fix it; never a value of a row, never a stack. */
function tellStop(error: unknown, report: HashReport, json: boolean, terminal: Console): number {
  const stopped = error instanceof Stopped ? error : undefined
  const name = error instanceof Error ? error.name : 'error'
  const title = stopped?.words.title ?? `something failed that should not have (${name}).`
  const fix = stopped?.words.fix ?? 'Nothing was left half done. Tell the programme what was run.'
  const code = stopped?.code ?? 'unexpected'
  if (json) {
    const { check, receipt, suggestions, mappingRefusals, outcome } = report
    terminal.printJson({
      files: null,
      refused: { code, title, fix },
      keyCheck: check ?? null,
      ...(outcome === undefined || receipt == null
        ? {}
        : outcomeAsJson(outcome, receipt, report.columnOf)),
      receipt: receipt ?? null,
      suggestions: suggestions ?? [],
      proposals: report.proposals ?? [],
      mappingRefusals: mappingRefusals ?? [],
    })
  }
  terminal.say(`countonce-hash: ${title} ${fix}`)
  if (stopped === undefined && process.env['COUNTONCE_DEBUG'] === '1' && error instanceof Error)
    terminal.say(error.stack)
  return stopped?.status ?? FAULT
}

/** Where a run that nobody could hear leaves what it said. */
function saveReport(asked: Asked | undefined, terminal: Console): void {
  const given = asked === undefined || asked.want === 'nothing' ? undefined : asked.report
  if (given === undefined && terminal.isHeard) return
  const beside =
    asked?.want === 'hashed-file' || asked?.want === 'sealed-file'
      ? asked.request.out.slice(0, -'.csv'.length)
      : undefined
  try {
    terminal.saveReport(given ?? `${beside ?? 'countonce-hash'}.report.txt`)
  } catch {
    terminal.say('countonce-hash: the report could not be written.')
  }
}

/**
 * Turns the first signal to end into a question that the hashing asks itself, so that nothing half
 * done is left.
 */
class CancelOnSignals {
  isCancelled = false
  readonly #cancel = (): void => {
    this.isCancelled = true
  }

  constructor() {
    process.once('SIGINT', this.#cancel).once('SIGTERM', this.#cancel)
  }

  end(): void {
    process.off('SIGINT', this.#cancel).off('SIGTERM', this.#cancel)
  }
}
