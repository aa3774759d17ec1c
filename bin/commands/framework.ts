import type { Command } from 'commander'
import { compareFrameworks } from '#core/framework/change-framework.ts'
import { parseFramework, type Framework } from '#core/framework/framework.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { auditSettingUp, isSettingUp } from '#server/identity/approvals/setting-up.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { askFramework } from '#server/programme/framework/framework-consent.ts'
import { editDraft, readDraft } from '#server/programme/framework/framework-draft.ts'
import { putFramework, readFramework } from '#server/programme/register/framework-versions.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { proveUser, reasonOption, recordRefused, type ConsentOptions } from '../consent.ts'
import { demandFile, readText } from '../read-input.ts'
import { exitWith, UsageError, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printJson, REFUSED, sayRefusal } from '../terminal.ts'
import { OPERATOR, withProgramme } from '../with-store.ts'

interface Options extends ConsentOptions {
  json?: true
}

/** countonce framework: the shared measurement framework that outcomes are checked against. */
export function addFrameworkCommand(program: Command): void {
  const command = program
    .command('framework')
    .description(
      'write the shared measurement framework out, or ask that that of a file be put in force',
    )
    .argument('[file]', 'JSON: outcomes, measures and instruments')
    .option('--as <user>', 'the administrator who asks; another approves it in the portal')
    .addOption(reasonOption('framework'))
    .option('--json', 'print one JSON document: the version, and the framework as a file holds it')
  exitWith(command, async (options: Options & GlobalOptions, path?: string) => {
    const given = path === undefined ? undefined : await readFrameworkFile(path)
    return withProgramme(options.data, async (store) => {
      const refused = given === undefined ? undefined : await putInForce(store, given, options)
      if (refused !== undefined) return sayRefused(refused)
      const kept = await readFramework(store.pool)
      if (options.json === true) printJson(kept ?? null)
      else if (kept === undefined) print('There is no measurement framework yet.')
      else {
        const { outcomes, measures, instruments } = kept.framework
        print(
          `Version ${kept.version}: ${outcomes.length} outcomes, ${measures.length} measures, ${instruments.length} instruments.`,
        )
      }
      return DONE
    })
  })
}

/**
 * Puts a framework in force while a programme is set up, when nobody could approve it. Afterwards it becomes the draft, and the
 * one named asks another to approve that.
 */
async function putInForce(
  store: OwnProgrammeStore,
  framework: Framework,
  { as, reason }: Options,
): Promise<Refusal | undefined> {
  const { pool } = store
  if (await isSettingUp(pool)) {
    const version = await putFramework(pool, OPERATOR, framework, new Date())
    await withTransaction(pool, (client) =>
      auditSettingUp(client, OPERATOR, 'framework', String(version)),
    )
    return undefined
  }
  if (as === undefined) {
    throw new UsageError('this takes two administrators: say with --as which of them asks.')
  }
  const operator = await proveUser(store, as)
  if (!operator.ok) return operator
  const { actor } = operator
  const context = { pool, now: () => new Date() }
  const standing = await readDraft(pool)
  if (
    standing !== undefined &&
    standing.changedBy !== actor.userId &&
    compareFrameworks(standing.framework, framework).length > 0
  ) {
    throw new UsageError(
      'another administrator has begun a draft: see it in the portal, and put it in force or give it up first.',
    )
  }
  const seen = standing?.revision ?? 0
  const text = JSON.stringify(framework)
  const edited = await editDraft(context, actor, { do: 'import', text }, seen)
  if (!edited.ok) return edited
  const why = reason ?? APPROVAL_KINDS.framework.reasons[0]
  const wanted = { seen: edited.revision, reason: why }
  const asked = await askFramework(
    context,
    actor,
    wanted,
    operator.freshFor(askingAct('framework')),
  )
  if (!asked.ok) {
    await recordRefused(store, asked, 'framework', actor.userId)
    return asked.code === 'not-found' ? refuse('not-administrator') : asked
  }
  return refuse('consent-waits', { request: asked.approval.reference })
}

function sayRefused(refusal: Refusal): number {
  const request = refusal.detail?.['request']
  if (refusal.code !== 'consent-waits' || request === undefined) return sayRefusal(refusal)
  const { title } = wordsOf(refusal.code)
  print(String(request))
  print(`${title} Another administrator approves it in the portal, and it is then in force.`)
  return REFUSED
}

/** Reads a framework file, or says what is wrong with it. */
export async function readFrameworkFile(path: string): Promise<Framework> {
  await demandFile(path)
  const parsed = parseFramework(await readText(path))
  if (parsed.ok) return parsed.framework
  const { at, why } = parsed
  const { title } = wordsOf('framework-unusable')
  throw new UsageError(`${path}: ${title} ${at === '' ? '' : `${at}: `}${why}.`)
}
