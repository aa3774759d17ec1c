import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import {
  APPROVAL_WORDS_OF,
  ASKING_REASONS,
  REFUSING_REASONS,
} from '#core/messages/accounts/approval-words.ts'
import { isStage, STAGES } from '#core/messages/register/stage-words.ts'
import { HELD_FILES, RIGHTS_KINDS } from '#core/messages/rights/rights-words.ts'
import { policyWords } from '#core/messages/linkage/policy-words.ts'
import { isQuarter, quarterWords } from '#core/standard/quarter.ts'
import { APPROVAL_KINDS, type ApprovalKind } from '#server/identity/approvals/approval-kinds.ts'
import type { ApprovalStage } from '#server/identity/approvals/approval.ts'
import type { RequestView } from '#server/identity/approvals/read-requests.ts'
import { DataTable } from '../components/data-table.tsx'
import { dayWords, Moment } from '../components/moment.tsx'
import { StatusTag } from '../components/notices.tsx'
import { SummaryList } from '../components/summary-list.tsx'

const REQUEST_STAGES = {
  waiting: ['yellow', 'Waits for a second person'],
  approved: ['blue', 'Approved, not done yet'],
  refused: ['red', 'Refused'],
  withdrawn: ['grey', 'Taken back'],
  expired: ['grey', 'Expired'],
  used: ['green', 'Done'],
} as const

/** Where a request is. */
function StageTag({ stage }: { readonly stage: ApprovalStage }): ReactNode {
  const [colour, words] = REQUEST_STAGES[stage]
  return <StatusTag colour={colour}>{words}</StatusTag>
}

/** The reasons of a kind to choose from. */
export function reasonChoices(
  codes: readonly string[],
): readonly { readonly value: string; readonly text: string }[] {
  return codes.map((value) => ({ value, text: ASKING_REASONS[value] ?? value }))
}

/** Requests in a table, each with the way to it. */
export function RequestTable({
  caption,
  requests,
}: {
  readonly caption: string
  readonly requests: readonly RequestView[]
}): ReactNode {
  return (
    <DataTable
      caption={caption}
      columns={['Request', 'What for', 'Asked for by', 'Since', 'Until', 'State']}
      rows={requests.map(({ approval, askedBy, about, isOwn }) => ({
        key: approval.reference,
        cells: [
          <a
            key="reference"
            className="govuk-link app-reference"
            href={addresses.approval(approval.reference)}
          >
            {approval.reference}
          </a>,
          `${APPROVAL_WORDS_OF[approval.kind].title}${APPROVAL_KINDS[approval.kind].doneBy === 'worker' ? '' : `: ${about}`}`,
          isOwn ? `${askedBy} (you)` : askedBy,
          <Moment key="since" at={approval.askedAt} />,
          <Moment key="until" at={approval.expiresAt} />,
          <StageTag key="stage" stage={approval.stage} />,
        ],
      }))}
    />
  )
}

/** Exactly what is asked for, by whom and why. */
export function RequestFacts({ request }: { readonly request: RequestView }): ReactNode {
  const { approval, askedBy, decidedBy } = request
  return (
    <SummaryList
      lines={[
        { name: 'Reference', value: approval.reference },
        ...WHAT[approval.kind](request),
        { name: 'Why', value: ASKING_REASONS[approval.reason] ?? approval.reason },
        {
          name: 'Asked for',
          value: (
            <>
              <Moment at={approval.askedAt} />, by {askedBy}
            </>
          ),
        },
        ...(approval.stage === 'waiting'
          ? [{ name: 'Waits until', value: <Moment at={approval.expiresAt} /> }]
          : []),
        { name: 'State', value: <StageTag stage={approval.stage} /> },
        ...(decidedBy === null ? [] : [{ name: 'Decided by', value: decidedBy }]),
        ...(approval.refusedFor === null
          ? []
          : [
              {
                name: 'Refused because',
                value: REFUSING_REASONS[approval.refusedFor] ?? approval.refusedFor,
              },
            ]),
      ]}
    />
  )
}

interface Line {
  readonly name: string
  readonly value: ReactNode
}

/** What a request of each kind is for. */
const WHAT: Readonly<Record<ApprovalKind, (request: RequestView) => readonly Line[]>> = {
  'submission-token': ({ about, approval: { particulars } }) => [
    { name: 'Service', value: about },
    { name: 'Days it will be used', value: String(particulars['days']) },
  ],
  'administrator-grant': grantLines,
  'officer-grant': grantLines,
  'administrator-restore': userLines,
  'officer-restore': userLines,
  'factor-reset': userLines,
  'source-key-export': keyLines,
  'platform-key-rotation': keyLines,
  'source-key-rotation': keyLines,
  'service-stage': ({ about, approval: { subject, particulars } }) => [
    {
      name: 'Service',
      value: (
        <a className="govuk-link" href={addresses.boardCard(subject)}>
          {about}
        </a>
      ),
    },
    { name: 'From', value: stageName(particulars['from']) },
    { name: 'To', value: stageName(particulars['to']) },
  ],
  relink: ({ approval: { subject, particulars } }) => [
    { name: 'Policy now', value: policyWords(String(particulars['policyBefore'])).name },
    { name: 'Policy from then on', value: policyWords(String(particulars['policy'])).name },
    {
      name: 'Report',
      value: (
        <a className="govuk-link" href={addresses.linkageReport(subject)}>
          {`${String(particulars['joins'])} would join, ${String(particulars['parts'])} would part`}
        </a>
      ),
    },
  ],
  framework: ({ about, approval: { particulars } }) => [
    {
      name: 'Draft',
      value: (
        <a className="govuk-link" href={addresses.frameworkDraft}>
          {about}
        </a>
      ),
    },
    { name: 'Entries that it changes', value: String(particulars['changes']) },
    { name: 'Digest', value: <span className="app-code">{particulars['digest']}</span> },
  ],
  'source-rules': ({ about, approval: { subject, particulars } }) => [
    {
      name: 'Source',
      value: (
        <a className="govuk-link" href={addresses.rulesOfSource(subject)}>
          {about}
        </a>
      ),
    },
    { name: 'Version', value: String(particulars['version']) },
  ],
  'rights-request': ({ approval: { subject, particulars } }) => [
    {
      name: 'Request',
      value: (
        <a className="govuk-link" href={addresses.rightsRequest(subject)}>
          {subject}
        </a>
      ),
    },
    { name: 'What they ask for', value: kindName(particulars['kind']) },
    { name: 'Records picked', value: String(particulars['records']) },
    ...(particulars['everybody'] === true
      ? [{ name: 'Held files', value: HELD_FILES.everybody }]
      : []),
  ],
  'restriction-lift': ({ approval: { subject, particulars } }) => [
    {
      name: 'Request',
      value: (
        <a className="govuk-link" href={addresses.rightsRequest(subject)}>
          {subject}
        </a>
      ),
    },
    { name: 'Records set apart when it was set', value: String(particulars['records']) },
  ],
  'research-extract': ({ approval: { subject, particulars } }) => [
    {
      name: 'Extract',
      value: (
        <a className="govuk-link" href={addresses.researchExtract(subject)}>
          {subject}
        </a>
      ),
    },
    { name: 'Project', value: String(particulars['project']) },
    { name: 'Expires on', value: dayWords(String(particulars['expiresOn'])) },
  ],
  release: ({ approval: { subject, particulars } }) => [
    {
      name: 'Draft',
      value: (
        <a className="govuk-link" href={addresses.releaseDraft(subject)}>
          {lastQuarter(String(particulars['lastQuarter']))}
        </a>
      ),
    },
  ],
  report: ({ approval: { subject, particulars } }) => [
    {
      name: 'Report of the release',
      value: (
        <a className="govuk-link" href={addresses.reachReport(subject)}>
          {subject}
        </a>
      ),
    },
    { name: 'Version', value: String(particulars['version']) },
  ],
  'release-publication': ({ approval: { subject, particulars } }) => [
    {
      name: 'Release',
      value: (
        <a className="govuk-link" href={addresses.release(subject)}>
          {subject}
        </a>
      ),
    },
    {
      name: 'Anybody can read it from',
      value: <Moment at={new Date(String(particulars['visibleFrom']))} />,
    },
    { name: 'Digest', value: <span className="app-code">{particulars['digest']}</span> },
  ],
}

function kindName(kind: unknown): string {
  const code = String(kind)
  return Object.entries(RIGHTS_KINDS).find(([known]) => known === code)?.[1].name ?? code
}

function stageName(stage: unknown): string {
  const code = String(stage)
  return isStage(code) ? STAGES[code].name : code
}

function userLine(name: string, user: string): Line {
  return {
    name: 'User',
    value: (
      <a className="govuk-link" href={addresses.user(user)}>
        {name}
      </a>
    ),
  }
}

function userLines({ about, approval: { subject } }: RequestView): readonly Line[] {
  return [userLine(about, subject)]
}

/** A role to be given, to somebody new or to a user. */
function grantLines({
  about,
  approval: { kind, particulars, subject },
}: RequestView): readonly Line[] {
  if (particulars['isNew'] !== true) return [userLine(about, subject)]
  return [
    { name: 'Name', value: about },
    { name: 'Email address', value: String(particulars['email']) },
    ...(kind === 'administrator-grant'
      ? [
          {
            name: 'May see exact figures',
            value: particulars['mayExact'] === true ? 'Yes' : 'No',
          },
        ]
      : []),
  ]
}

function keyLines({ approval: { particulars } }: RequestView): readonly Line[] {
  const { epoch, sourceKey, platformKey, bridgeQuarter } = particulars
  return [
    ...(typeof epoch === 'number' ? [{ name: 'Epoch', value: epoch }] : []),
    {
      name: 'Check value of the present key',
      value: <span className="app-code">{sourceKey ?? platformKey}</span>,
    },
    ...(typeof bridgeQuarter === 'string'
      ? [{ name: 'Bridge quarter', value: lastQuarter(bridgeQuarter) }]
      : []),
  ]
}

function lastQuarter(quarter: string): string {
  return isQuarter(quarter) ? quarterWords(quarter) : quarter
}
