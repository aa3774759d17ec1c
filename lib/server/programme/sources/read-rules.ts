import type pg from 'pg'
import { rulesOfFacts, type RulesOfSource } from '#core/look-up/rules/change-rules.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import type { Approval } from '#server/identity/approvals/approval.ts'
import type { ApprovalContext } from '#server/identity/approvals/approvals.ts'
import { listApprovals } from '#server/identity/approvals/read-approvals.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Programme } from '#server/programme/register/read-programme.ts'
import { demandRules, listSources, type Source } from './read-sources.ts'

/** The rules of a source as two people change them: every version there was, the last in force, and what is asked for. */

/** A version of the rules of a source. */
export interface RulesVersion extends RulesOfSource {
  /** From 1. */
  readonly version: number
}

/** The same, with who put it in force and when. */
export interface RulesVersionFacts extends RulesVersion {
  readonly madeAt: Date
  /** Names. */
  readonly madeBy: string
  /** Null where a programme was set up by one operator. */
  readonly approvedBy: string | null
  /** The request, by reference; null as well. */
  readonly approval: string | null
}

/** The rules in force; undefined where there is no such source. */
export async function readRulesInForce(
  on: Database | pg.ClientBase,
  source: string,
): Promise<RulesVersion | undefined> {
  const last = await inPrisma(on, ({ sourceRules }) =>
    sourceRules.findFirst({
      where: { serviceCode: source },
      select: { version: true, rules: true, coveredFrom: true, coveredTo: true },
      orderBy: { version: 'desc' },
    }),
  )
  return last === null ? undefined : versionOf(last)
}

function versionOf({
  version,
  rules,
  coveredFrom,
  coveredTo,
}: {
  readonly version: number
  readonly rules: unknown
  readonly coveredFrom: Date
  readonly coveredTo: Date | null
}): RulesVersion {
  const day = (at: Date): string => at.toISOString().slice(0, 10)
  const coverage = { from: day(coveredFrom), to: coveredTo === null ? null : day(coveredTo) }
  return { version, rules: demandRules(rules), coverage }
}

/** Every source with its rules in force, and whether others wait for a second person. */
export async function listRules(
  { pool, programme, now }: ApprovalContext & { readonly programme: Pick<Programme, 'live'> },
  actor: Actor,
): Promise<
  | {
      readonly ok: true
      readonly sources: readonly (Pick<
        Source,
        'code' | 'name' | 'provider' | 'rules' | 'coverage'
      > & {
        readonly isAsked: boolean
      })[]
    }
  | Refusal<'not-found'>
> {
  if (!(await holdsRight(pool, actor, 'register.change'))) return NOT_HELD
  const sources = await listSources(forActor(pool, actor), programme, now())
  const requests = await listApprovals(pool, actor, now(), { kind: 'source-rules' })
  return {
    ok: true,
    sources: sources.map(({ code, name, provider, rules, coverage }) => ({
      ...{ code, name, provider, rules, coverage },
      isAsked: requests.some(({ subject, stage }) => subject === code && stage === 'waiting'),
    })),
  }
}

/** The rules of one source as its page shows them. */
export interface RulesShown {
  readonly ok: true
  readonly name: string
  readonly provider: string
  /** The newest first, which is in force. */
  readonly versions: readonly [RulesVersionFacts, ...RulesVersionFacts[]]
  /** The request that waits, and the rules that it is for. */
  readonly asked: { readonly approval: Approval; readonly wanted: RulesOfSource } | undefined
  /** What was asked for last, where it was refused. */
  readonly refused: Approval | undefined
}

/** Reads the rules of a source, and what is asked for, for whoever changes them. */
export async function readRulesShown(
  { pool, now }: ApprovalContext,
  actor: Actor,
  source: string,
): Promise<RulesShown | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'register.change'))) return NOT_HELD
  const database = forActor(pool, actor)
  const found = await inPrisma(database, (prisma) =>
    prisma.source.findUnique({
      where: { serviceCode: source },
      select: {
        service: { select: { name: true, provider: { select: { name: true } } } },
        rules: { orderBy: { version: 'desc' } },
      },
    }),
  )
  if (found === null) return refuse('not-found')
  const people = found.rules.flatMap(({ madeBy, approvedBy }) => [madeBy, approvedBy ?? ''])
  const names = await readUserNames(database, people)
  const [inForce, ...earlier] = found.rules.map((row): RulesVersionFacts => {
    const { madeAt, madeBy, approvedBy, approval } = row
    const approver = approvedBy === null ? null : (names.get(approvedBy) ?? approvedBy)
    const facts = { madeAt, madeBy: names.get(madeBy) ?? madeBy, approvedBy: approver, approval }
    return { ...versionOf(row), ...facts }
  })
  if (inForce === undefined) return refuse('not-found')
  const requests = await listApprovals(pool, actor, now(), {
    kind: 'source-rules',
    subject: source,
  })
  const { name, provider } = found.service
  return {
    ...{ ok: true, name, provider: provider.name, versions: [inForce, ...earlier] },
    ...{
      asked: askedOf(requests),
      refused: requests[0]?.stage === 'refused' ? requests[0] : undefined,
    },
  }
}

function askedOf(requests: readonly Approval[]): RulesShown['asked'] {
  const approval = requests.find(({ stage }) => stage === 'waiting')
  if (approval === undefined) return undefined
  const { version: _version, ...facts } = approval.particulars
  const wanted = rulesOfFacts(facts)
  return wanted === undefined ? undefined : { approval, wanted }
}
