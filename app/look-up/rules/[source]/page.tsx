import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import {
  compareRules,
  factsOfRules,
  RULE_FIELDS,
  type RulesOfSource,
} from '#core/look-up/rules/change-rules.ts'
import { doneWords } from '#core/messages/done-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { RULE_NAMES, ruleWords } from '#core/messages/look-up/rule-words.ts'
import { rulesInWords } from '#core/look-up/rules/source-rules.ts'
import { readRulesShown, type RulesVersionFacts } from '#server/programme/sources/read-rules.ts'
import { RefusedNotice } from '../../../approvals/refused-notice.tsx'
import { SecondPerson } from '../../../approvals/second-person.tsx'
import { DataTable } from '../../../components/data-table.tsx'
import { dayWords, Moment } from '../../../components/moment.tsx'
import { BackLink, SuccessBanner } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { textIn, type Query } from '../../../guards/query.ts'
import { turnAway } from '../../../guards/refused.ts'
import { openRequest } from '../../../guards/request-context.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { putInForce } from './actions.ts'
import { AskRules } from './ask-rules.tsx'

export const metadata: Metadata = { title: 'Rules of a source' }

/** When one source is shown: the rules in force, those that are asked for, and every version there was. */
export default async function SourceRulesPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ source: string }>
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('register.change')
  const { source } = await params
  const { accounts } = await openRequest()
  const read = await readRulesShown(accounts, actor, source)
  if (!read.ok) return turnAway()
  const { versions, asked, refused } = read
  const [inForce] = versions
  const done = doneWords('rules', textIn(await searchParams, 'done'))
  const page = addresses.rulesOfSource(source)
  return (
    <>
      <TwoThirds>
        <BackLink href={addresses.lookUpRules} text="When each source is shown" />
        {done !== undefined && <SuccessBanner>{done}</SuccessBanner>}
        <span className="govuk-caption-l">{read.provider}</span>
        <h1 className="govuk-heading-l">When {read.name} is shown</h1>
        <h2 className="govuk-heading-m">In force</h2>
        <ul className="govuk-list">
          {rulesInWords(inForce.rules, inForce.coverage).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {asked === undefined ? (
          <>
            {refused !== undefined && <RefusedNotice refused={refused} />}
            <AskRules source={source} inForce={inForce} page={page} />
          </>
        ) : (
          <>
            <Changes before={inForce} after={asked.wanted} />
            <SecondPerson
              {...{ asked: asked.approval, actor, page, approve: putInForce, hidden: {} }}
              second="somebody else"
              submit="Put these rules in force"
              stopped={
                asked.approval.particulars['version'] === inForce.version + 1
                  ? undefined
                  : wordsOf('rules-changed').title
              }
            />
          </>
        )}
      </TwoThirds>
      <Versions versions={versions} />
    </>
  )
}

/** What other rules would change, one row each. */
function Changes({
  before,
  after,
}: {
  readonly before: RulesOfSource
  readonly after: RulesOfSource
}): ReactNode {
  const [now, then] = [factsOfRules(before), factsOfRules(after)]
  return (
    <DataTable
      caption="What somebody asked for"
      columns={['Rule', 'In force', 'Asked for']}
      rows={compareRules(before, after).map((field) => ({
        key: field,
        cells: [
          RULE_NAMES[field],
          ruleWords(field, now, dayWords),
          ruleWords(field, then, dayWords),
        ],
      }))}
    />
  )
}

/** Every version there was, the newest first, each with what it changed. */
function Versions({ versions }: { readonly versions: readonly RulesVersionFacts[] }): ReactNode {
  return (
    <DataTable
      caption="Every version"
      columns={['Version', 'Since', 'Asked for by', 'Approved by', 'What it changed']}
      rows={versions.map((version, index) => ({
        key: String(version.version),
        cells: [
          String(version.version),
          <Moment key="since" at={version.madeAt} />,
          version.madeBy,
          version.approval === null ? (
            'Set up by an operator'
          ) : (
            <a key="by" className="govuk-link" href={addresses.approval(version.approval)}>
              {version.approvedBy}
            </a>
          ),
          <VersionChanges key="changes" version={version} before={versions[index + 1]} />,
        ],
      }))}
    />
  )
}

function VersionChanges({
  version,
  before,
}: {
  readonly version: RulesOfSource
  readonly before: RulesOfSource | undefined
}): ReactNode {
  const facts = factsOfRules(version)
  const changed = before === undefined ? RULE_FIELDS : compareRules(before, version)
  return (
    <ul className="govuk-list">
      {changed.map((field) => (
        <li key={field}>
          {RULE_NAMES[field]}: {ruleWords(field, facts, dayWords)}
        </li>
      ))}
    </ul>
  )
}
