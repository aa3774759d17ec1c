import { writeFile } from 'node:fs/promises'
import { Option, type Command } from 'commander'
import { ruleWords } from '#core/messages/linkage/linkage-words.ts'
import type { PolicyName } from '#core/linkage/policy.ts'
import { writeCsv } from '#core/tabular/writing/csv-writer.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { auditSettingUp, isSettingUp } from '#server/identity/approvals/setting-up.ts'
import { askAct } from '#server/jobs/acts/acts.ts'
import { askRelink } from '#server/jobs/acts/relink-acts.ts'
import { runAct } from '#server/jobs/worker/run-act.ts'
import { relink } from '#server/linkage/links/relink.ts'
import { tryRelink, type RelinkTrial } from '#server/linkage/relinking/try-relink.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse } from '#server/platform/faults/fault.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { proveUser, reasonOption } from '../consent.ts'
import { parseDataset } from '../read-input.ts'
import { exitWith, UsageError, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printTable, say, sayRefusal, showProgress } from '../terminal.ts'
import { OPERATOR, withProgramme } from '../with-store.ts'

interface Options {
  policy?: PolicyName
  dataset: Dataset
  dryRun?: boolean
  report?: string
  as?: string
  reason?: string
}

/** countonce relink: decides everything again, or tells what that would change. */
export function addRelinkCommand(program: Command): void {
  const command = program
    .command('relink')
    .description(
      'decide every record again; another policy is asked for by one administrator and approved by a second',
    )
    .addOption(
      new Option('--policy <name>', 'the policy from now on').choices(['cautious', 'leap-2020']),
    )
    .option('--dataset <name>', 'production or staging', parseDataset, 'production')
    .option('--dry-run', 'only tell who would join and part, and reach before and after')
    .option('--report <file>', 'with --dry-run: write everybody who would join or part as CSV')
    .option('--as <user>', 'the administrator who asks: email address or reference')
    .addOption(reasonOption('relink'))
  exitWith(command, ({ data, ...options }: Options & GlobalOptions) =>
    withProgramme(data, async (store) => {
      if (options.dryRun === true) return tell(store, options)
      const { policy, dataset } = options
      if (policy === undefined || dataset === 'staging') return decideAgain(store, options)
      if (!(await isSettingUp(store.pool))) return ask(store, options, policy)
      await withTransaction(store.pool, (client) =>
        auditSettingUp(client, OPERATOR, 'relink', policy),
      )
      return decideAgain(store, options)
    }),
  )
}

async function tell(
  store: OwnProgrammeStore,
  { dataset, policy, report }: Options,
): Promise<number> {
  const trial = await tryRelink(store.database, { dataset, policy })
  showTrial(trial)
  if (report !== undefined) await writeFile(report, changesCsv(trial))
  return DONE
}

function showTrial({ policyBefore, policy, changes, reach, ...trial }: RelinkTrial): void {
  const count = (kind: string): number => changes.filter((change) => change.kind === kind).length
  print(
    `Policy ${policyBefore} now, ${policy} then; ${trial.records} records. Nothing was changed.`,
  )
  print(`${trial.peopleBefore} people now, ${trial.peopleAfter} then.`)
  print(`${count('join')} would be joined of several, ${count('part')} would part.`)
  print()
  printTable(
    ['service', 'reach now', 'then'],
    reach.map(({ service, before, after }) => [service || 'the programme', before, after]),
  )
}

function changesCsv({ changes }: RelinkTrial): string {
  return writeCsv(
    ['what', 'people', 'before', 'after', 'rules', 'services'],
    changes.map(({ kind, people, into_people: into, rules, services }) => [
      ...[kind, people.join(' '), kind === 'join' ? people.length : 1, into],
      ...[rules.map(ruleWords).join('; '), services.join(' ')],
    ]),
  )
}

/** Has the report made under a named account, and asks for a second person to approve it. */
async function ask(
  store: OwnProgrammeStore,
  { as, reason }: Options,
  policy: PolicyName,
): Promise<number> {
  if (as === undefined) {
    throw new UsageError('this takes two administrators: say with --as which of them asks.')
  }
  const operator = await proveUser(store, as)
  if (!operator.ok) return sayRefusal(operator)
  const { actor } = operator
  const tried = await askAct(store.pool, actor, { kind: 'try-policy', policy })
  if (!tried.ok) return sayRefusal(refuse('not-administrator'))
  // By this process: no worker need be there yet.
  const onFailure = (fault: Error): void => {
    throw fault
  }
  await runAct(store, { id: tried.id, isLast: true, onFailure })
  const asked = await askRelink(
    { pool: store.pool, now: () => new Date() },
    actor,
    { report: tried.id, reason: reason ?? APPROVAL_KINDS.relink.reasons[0] },
    operator.freshFor(askingAct('relink')),
  )
  if (!asked.ok) return sayRefusal(asked)
  print(asked.approval.reference)
  say('Nothing was changed yet. Another administrator looks at the report in the portal and')
  say('approves it there (Requests that need a second person); then a worker does it.')
  return DONE
}

async function decideAgain(
  store: OwnProgrammeStore,
  { dataset, policy }: Options,
): Promise<number> {
  const outcome = await relink(
    store.database,
    { dataset, actor: OPERATOR, ...(policy === undefined ? {} : { policy }) },
    (done, of) => {
      showProgress(`linking ${done} of ${of} records`)
    },
  )
  say(
    `${outcome.records} records in ${outcome.parts} parts decided under the policy ${outcome.policy}; ${outcome.changed} changed hands.`,
  )
  return DONE
}
