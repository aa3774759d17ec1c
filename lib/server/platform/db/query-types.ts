import type { Quarter } from '#core/standard/quarter.ts'

/**
 * Parameters and rows of the named queries in prisma/sql, as the migrated database describes them. Made by
 * `npm run queries`; test/server/platform/db/queries.test.ts fails when it is behind.
 */
export interface Queries {
  'accounts/claim-kept-mail': {
    readonly parameters: readonly [now: Date | null]
    readonly row: { readonly id: string; readonly sealed: Buffer }
  }
  'accounts/count-try': {
    readonly parameters: readonly [
      subject: Uint8Array | null,
      address: Uint8Array | null,
      now: Date | null,
      beginningOfThe: Date | null,
      mostOfA: number | null,
      userOrNull: string | null,
      kindOfThe: string | null,
      mostFailuresIn: number | null,
      mostThatAre: number | null,
    ]
    readonly row: {
      readonly isAllowed: boolean
      readonly inARow: number
      readonly ofAddress: number
    }
  }
  'accounts/forgive-try': {
    readonly parameters: readonly [
      subject: Uint8Array | null,
      addressOrNull: Uint8Array | null,
      whenItWas: Date | null,
    ]
    readonly row: null
  }
  'accounts/list-users': {
    readonly parameters: readonly [user: string | null, failuresInA: number | null]
    readonly row: {
      readonly id: string
      readonly email: string
      readonly name: string
      readonly role:
        | 'provider'
        | 'uploader'
        | 'analyst'
        | 'reviewer'
        | 'administrator'
        | 'officer'
        | 'auditor'
        | 'practitioner'
        | 'manager'
      readonly providerName: string | null
      readonly mayExact: boolean
      readonly isOwner: boolean
      readonly signedInAt: Date | null
      readonly lastThere: Date
      readonly services: readonly string[]
      readonly isDisabled: boolean
      readonly hasPassword: boolean
      readonly hasSeed: boolean
      readonly signsOn: boolean
      readonly isClosed: boolean
    }
  }
  'accounts/lock-tries': {
    readonly parameters: readonly [account: Uint8Array | null]
    readonly row: { readonly locked: unknown }
  }
  'accounts/lock-user': {
    readonly parameters: readonly [user: string | null]
    readonly row: { readonly email: string }
  }
  'accounts/name-logins': {
    readonly parameters: readonly [parts: readonly (string | null)[] | null]
    readonly row: { readonly part: string; readonly login: string; readonly database: string }
  }
  'accounts/open-login': { readonly parameters: readonly []; readonly row: null }
  'accounts/read-own-login': {
    readonly parameters: readonly []
    readonly row: { readonly login: string }
  }
  'accounts/read-session': {
    readonly parameters: readonly [
      digestOfThe: Uint8Array | null,
      now: Date | null,
      lastSeenNo: Date | null,
      startedNoEarlier: Date | null,
      lastSeenIn: Date | null,
      value6: Date | null,
    ]
    readonly row: {
      readonly user_id: string
      readonly role:
        | 'provider'
        | 'uploader'
        | 'analyst'
        | 'reviewer'
        | 'administrator'
        | 'officer'
        | 'auditor'
        | 'practitioner'
        | 'manager'
      readonly provider_code: string | null
      readonly provider_name: string | null
      readonly may_see_exact: boolean
      readonly name: string
      readonly purpose: ('reach' | 'look-up') | null
    }
  }
  'approvals/claim-untold': {
    readonly parameters: readonly [now: Date | null]
    readonly row: {
      readonly reference: string
      readonly kind: string
      readonly asker: string
      readonly askedBy: string
      readonly provider: string | null
      readonly expiresAt: Date
    }
  }
  'approvals/has-made-account': {
    readonly parameters: readonly [oneUser: string | null, other: string | null, since: Date | null]
    readonly row: { readonly made: boolean }
  }
  'approvals/is-setting-up': {
    readonly parameters: readonly []
    readonly row: { readonly setting_up: boolean }
  }
  'approvals/lock': {
    readonly parameters: readonly [reference: string | null]
    readonly row: { readonly id: string }
  }
  'approvals/lock-asking': {
    readonly parameters: readonly [whatIsAsked: string | null]
    readonly row: { readonly locked: unknown }
  }
  'asks/forget-old': { readonly parameters: readonly []; readonly row: null }
  'asks/hear': {
    readonly parameters: readonly [asks: readonly (string | null)[] | null]
    readonly row: null
  }
  'asks/listen': { readonly parameters: readonly []; readonly row: null }
  'asks/look': {
    readonly parameters: readonly [ask: string | null]
    readonly row: {
      readonly takenAt: Date | null
      readonly isSilent: boolean
      readonly answer: Buffer | null
    }
  }
  'asks/take': {
    readonly parameters: readonly []
    readonly row: { readonly id: string; readonly sealed: Buffer }
  }
  'audit/append': {
    readonly parameters: readonly [
      actor: string | null,
      event: string | null,
      subject: string | null,
      detail: string | null,
    ]
    readonly row: { readonly seq: string | null }
  }
  'audit/chain': {
    readonly parameters: readonly [
      numberOfThe: string | number | bigint | null,
      howManyAt: string | number | bigint | null,
    ]
    readonly row: {
      readonly seq: string
      readonly at: string
      readonly actor: string
      readonly event: string
      readonly subject: string
      readonly detail: string
      readonly previous_hash: string
      readonly hash: string
    }
  }
  'audit/count-after': {
    readonly parameters: readonly [numberOfThe: string | number | bigint | null]
    readonly row: {
      readonly entries: string
      readonly first: Date | null
      readonly begun: Date | null
    }
  }
  'audit/head': {
    readonly parameters: readonly []
    readonly row: { readonly seq: string; readonly hash: string; readonly entries: string }
  }
  'audit/list-events': {
    readonly parameters: readonly []
    readonly row: { readonly event: string }
  }
  'backup/begin-restore': { readonly parameters: readonly []; readonly row: null }
  'backup/digest-table': {
    readonly parameters: readonly []
    readonly row: { readonly rows: string; readonly digest: string }
  }
  'backup/end-restore': { readonly parameters: readonly []; readonly row: null }
  'backup/force-policies': { readonly parameters: readonly []; readonly row: null }
  'backup/hold-table': { readonly parameters: readonly []; readonly row: null }
  'backup/is-begun': { readonly parameters: readonly []; readonly row: { readonly begun: boolean } }
  'backup/let-go': { readonly parameters: readonly []; readonly row: null }
  'backup/list-sequences': {
    readonly parameters: readonly []
    readonly row: { readonly name: string; readonly last: string | null }
  }
  'backup/list-tables': {
    readonly parameters: readonly []
    readonly row: {
      readonly name: string
      readonly columns: readonly string[]
      readonly references: readonly string[]
      readonly isForced: boolean
    }
  }
  'backup/may-read-all': {
    readonly parameters: readonly []
    readonly row: { readonly may: boolean }
  }
  'backup/rows-of-table': {
    readonly parameters: readonly []
    readonly row: { readonly record_id: string }
  }
  'backup/set-sequence': {
    readonly parameters: readonly [
      name: string | null,
      lastItGave: string | number | bigint | null,
      whetherItGave: boolean | null,
    ]
    readonly row: { readonly last: string | null }
  }
  'beneficiaries/carry-beneficiaries': { readonly parameters: readonly []; readonly row: null }
  'beneficiaries/find-beneficiary': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      reference: string | null,
    ]
    readonly row: {
      readonly id: string
      readonly reference: string
      readonly aliases: readonly string[]
    }
  }
  'beneficiaries/insert-beneficiaries': { readonly parameters: readonly []; readonly row: null }
  'beneficiaries/list-client-beneficiaries': {
    readonly parameters: readonly [clientPseudonyms: readonly (string | null)[] | null]
    readonly row: { readonly client: string; readonly beneficiaries: readonly string[] }
  }
  'beneficiaries/list-references': {
    readonly parameters: readonly [
      beneficiaryIds: readonly (string | number | bigint | null)[] | null,
    ]
    readonly row: { readonly id: string; readonly reference: string }
  }
  'beneficiaries/list-repeated-references': {
    readonly parameters: readonly []
    readonly row: { readonly id: string }
  }
  'beneficiaries/list-split-beneficiaries': {
    readonly parameters: readonly []
    readonly row: { readonly id: string | null }
  }
  'beneficiaries/list-taken-references': {
    readonly parameters: readonly [dataset: ('production' | 'staging') | null]
    readonly row: { readonly id: string }
  }
  'beneficiaries/merge-beneficiaries': {
    readonly parameters: readonly [dataset: ('production' | 'staging') | null]
    readonly row: null
  }
  'beneficiaries/next-beneficiary': {
    readonly parameters: readonly []
    readonly row: { readonly next: string }
  }
  'beneficiaries/remove-unlinked-beneficiaries': {
    readonly parameters: readonly [dataset: ('production' | 'staging') | null]
    readonly row: null
  }
  'beneficiaries/replace-references': {
    readonly parameters: readonly [
      ids: readonly (string | number | bigint | null)[] | null,
      referencesInThe: readonly (string | null)[] | null,
    ]
    readonly row: null
  }
  'board/list-cards': {
    readonly parameters: readonly [today: Date | string | null]
    readonly row: {
      readonly code: string
      readonly name: string
      readonly provider: string
      readonly stage: 'profiling' | 'pipeline' | 'staging' | 'production'
      readonly since: Date
      readonly agreed: boolean
      readonly senders: number
      readonly tried: number
      readonly linked: number
      readonly lastAccepted: number | null
      readonly lastRows: number | null
      readonly own: number | null
      readonly counted: number | null
      readonly unanswered: number
    }
  }
  'board/list-tried': {
    readonly parameters: readonly [service: string | null, most: string | number | bigint | null]
    readonly row: {
      readonly reference: string
      readonly quarter: Quarter
      readonly kind:
        | 'people'
        | 'activities'
        | 'outcomes'
        | 'school'
        | 'adult-social-care'
        | 'housing'
        | 'police'
        | 'childrens-social-care'
        | 'community-health'
        | 'acute-care'
        | 'primary-care'
        | 'mental-health'
      readonly state:
        | 'received'
        | 'mapped'
        | 'checked'
        | 'accepted'
        | 'pseudonymised'
        | 'linked'
        | 'rejected'
        | 'withdrawn'
      readonly receivedAt: Date
      readonly isHeld: boolean
      readonly read: number | null
      readonly accepted: number | null
      readonly rejected: number | null
      readonly blank: number | null
      readonly leftOut: number | null
      readonly records: number | null
      readonly linkability: unknown
      readonly figures: unknown
      readonly receipt: unknown
      readonly findings: unknown
      readonly feedbackAt: Date | null
      readonly feedbackAnswer: string | null
      readonly answeredAt: Date | null
    }
  }
  'checklist/count-placed-wards': {
    readonly parameters: readonly []
    readonly row: { readonly wards: number; readonly placed: number }
  }
  'checklist/last-backup-test': {
    readonly parameters: readonly []
    readonly row: { readonly at: Date | null }
  }
  'cluster/count-others': {
    readonly parameters: readonly [nameOfThe: string | null]
    readonly row: { readonly others: number }
  }
  'cluster/has-database': {
    readonly parameters: readonly [name: string | null]
    readonly row: { readonly made: boolean }
  }
  'cluster/make-database': { readonly parameters: readonly []; readonly row: null }
  'correcting/read-finding-rows': {
    readonly parameters: readonly [submission: string | number | bigint | null]
    readonly row: {
      readonly code: string
      readonly field: string
      readonly severity: string
      readonly rows: Buffer
    }
  }
  'decisions/ask-provider': {
    readonly parameters: readonly [
      reference: string | null,
      decision: string | number | bigint | null,
      dataset: ('production' | 'staging') | null,
      referenceOfThe: string | null,
      sourceRow: number | null,
      role: string | null,
      anotherRowOf: number | null,
      whatIsAsked: string | null,
      dayFromWhich: Date | string | null,
    ]
    readonly row: null
  }
  'decisions/count-answered': {
    readonly parameters: readonly [dataset: ('production' | 'staging') | null]
    readonly row: { readonly code: string; readonly same: number; readonly different: number }
  }
  'decisions/count-doubts': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      momentBeforeWhich: Date | null,
    ]
    readonly row: {
      readonly kind: 'conflict' | 'near-match'
      readonly code: string
      readonly rule: string | null
      readonly count: number
      readonly waiting: number
    }
  }
  'decisions/decided-rows': {
    readonly parameters: readonly [dataset: string | null]
    readonly row: {
      readonly decision: number
      readonly left: string
      readonly right: string | null
    }
  }
  'decisions/end-questions': {
    readonly parameters: readonly [
      decisionOrNull: string | number | bigint | null,
      submissionOr: string | number | bigint | null,
    ]
    readonly row: null
  }
  'decisions/find-decision-side': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      referenceOfThe: string | null,
      sourceRow: number | null,
      role: string | null,
    ]
    readonly row: {
      readonly id: string
      readonly part: string
      readonly beneficiary: string
      readonly client: string | null
      readonly birth: string
      readonly gender: string
      readonly name_birth: string | null
      readonly nhs_number: string | null
    }
  }
  'decisions/find-doubt': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      part: string | number | bigint | null,
      and: string | number | bigint | null,
      records: string | number | bigint | null,
    ]
    readonly row: {
      readonly kind: 'conflict' | 'near-match'
      readonly code: string
      readonly rule: string | null
      readonly people: number
      readonly quarters: number
      readonly put_off: ('later' | 'ask') | null
      readonly put_off_at: Date | null
    }
  }
  'decisions/last-decided': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      and: string | null,
      clientPseudonyms: string | null,
    ]
    readonly row: { readonly decision: number }
  }
  'decisions/list-between': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      and: string | null,
      clientPseudonyms: string | null,
    ]
    readonly row: {
      readonly id: number
      readonly kind: 'same' | 'different' | 'nhs-wrong' | 'later' | 'ask'
      readonly reason: string
      readonly at: Date
      readonly by: string
      readonly undone_at: Date | null
      readonly undone_by: string | null
    }
  }
  'decisions/list-decided-clients': {
    readonly parameters: readonly [dataset: ('production' | 'staging') | null]
    readonly row: { readonly left_client: string; readonly right_client: string }
  }
  'decisions/list-doubts': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      kindOrNull: string | null,
      whetherThoseThat: boolean | null,
      momentBeforeWhich: Date | null,
      codes: readonly (string | null)[] | null,
      rules: readonly (string | null)[] | null,
      howLikelyEach: readonly (number | null)[] | null,
      howMany: string | number | bigint | null,
      afterHowMany: string | number | bigint | null,
    ]
    readonly row: {
      readonly doubt: number
      readonly kind: 'conflict' | 'near-match'
      readonly code: string
      readonly rule: string | null
      readonly people: number
      readonly quarters: number
      readonly put_off: ('later' | 'ask') | null
      readonly side: number
      readonly submission: string
      readonly service: string
      readonly quarter: Quarter
      readonly row: number
      readonly role: string
      readonly reference: string
      readonly receipt: unknown
    }
  }
  'decisions/list-parts-of-clients': {
    readonly parameters: readonly [clientPseudonyms: readonly (string | null)[] | null]
    readonly row: { readonly part_id: string }
  }
  'decisions/name-decided-clients': {
    readonly parameters: readonly [clientPseudonyms: readonly (string | null)[] | null]
    readonly row: null
  }
  'decisions/read-places': {
    readonly parameters: readonly [
      referencesOfSubmissions: readonly (string | null)[] | null,
      sourceRows: readonly (number | null)[] | null,
      roles: readonly (string | null)[] | null,
    ]
    readonly row: {
      readonly submission: string
      readonly service: string
      readonly quarter: Quarter
      readonly row: number
      readonly role: string
      readonly reference: string
      readonly receipt: unknown
    }
  }
  'decisions/remove-all-doubts': {
    readonly parameters: readonly [dataset: ('production' | 'staging') | null]
    readonly row: null
  }
  'decisions/remove-doubts': {
    readonly parameters: readonly [dataset: ('production' | 'staging') | null]
    readonly row: null
  }
  'decisions/scope-pair': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      twoRecordsThat: readonly (string | number | bigint | null)[] | null,
    ]
    readonly row: null
  }
  'decisions/undo-decision': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      decision: string | number | bigint | null,
      whoUndoesIt: string | null,
    ]
    readonly row: { readonly left_client: string; readonly right_client: string | null }
  }
  'decisions/weigh-doubts': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      parts: readonly (string | number | bigint | null)[] | null,
    ]
    readonly row: null
  }
  'evidence/add-evidence': {
    readonly parameters: readonly [
      submissionIds: readonly (string | number | bigint | null)[] | null,
    ]
    readonly row: null
  }
  'evidence/has-recent-grown': {
    readonly parameters: readonly [share: number | null]
    readonly row: { readonly grown: boolean }
  }
  'evidence/read-edges': {
    readonly parameters: readonly []
    readonly row: {
      readonly id: string
      readonly submission_id: string
      readonly source_row: number
      readonly nhs_number_pseudonym: string | null
    }
  }
  'evidence/remove-evidence': {
    readonly parameters: readonly [
      submissionIds: readonly (string | number | bigint | null)[] | null,
    ]
    readonly row: null
  }
  'evidence/settle-evidence': { readonly parameters: readonly []; readonly row: null }
  'framework/lock-framework': {
    readonly parameters: readonly []
    readonly row: { readonly locked: unknown }
  }
  'framework/read-draft': {
    readonly parameters: readonly []
    readonly row: {
      readonly framework: unknown
      readonly digest: string
      readonly based_on: number
      readonly revision: number
      readonly changed_by: string
      readonly changed_at: Date
    }
  }
  'jobs/advance': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      begun: string | null,
      stage: string | null,
      done: number | null,
      totalOrNull: number | null,
    ]
    readonly row: null
  }
  'jobs/begin': {
    readonly parameters: readonly [submission: string | number | bigint | null, kind: string | null]
    readonly row: { readonly begun: string }
  }
  'jobs/begin-act': {
    readonly parameters: readonly [act: string | number | bigint | null]
    readonly row: null
  }
  'jobs/count-work': {
    readonly parameters: readonly []
    readonly row: {
      readonly waiting: number
      readonly running: number
      readonly stalled: number
      readonly failed: number
      readonly lastHeard: Date | null
      readonly oldestWaiting: Date | null
    }
  }
  'jobs/end': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      begun: string | null,
      stage: string | null,
      codeOrNull: string | null,
      detail: string | null,
      referenceOrNull: string | null,
    ]
    readonly row: null
  }
  'jobs/end-act': {
    readonly parameters: readonly [
      act: string | number | bigint | null,
      stage: string | null,
      codeOrNull: string | null,
      resultOrNull: string | null,
    ]
    readonly row: null
  }
  'jobs/grant-queues': { readonly parameters: readonly []; readonly row: null }
  'jobs/has-queues': { readonly parameters: readonly []; readonly row: { readonly made: boolean } }
  'jobs/list-drafts': {
    readonly parameters: readonly [userWhoLooks: string | null, now: Date | null]
    readonly row: {
      readonly act: string
      readonly profile: string
      readonly lastQuarter: string
      readonly askedAt: Date
      readonly by: string
      readonly isOthers: boolean
    }
  }
  'jobs/list-waiting-for-scanner': {
    readonly parameters: readonly []
    readonly row: {
      readonly submission: string
      readonly kind: 'check' | 'process'
      readonly actor: string
    }
  }
  'jobs/lock-queues': {
    readonly parameters: readonly []
    readonly row: { readonly pg_advisory_xact_lock: unknown }
  }
  'jobs/read-progress': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      secondsAfterWhich: number | null,
    ]
    readonly row: {
      readonly kind: 'check' | 'process'
      readonly stage: 'waiting' | 'reading' | 'linking' | 'done' | 'refused' | 'failed'
      readonly done: number
      readonly of: number | null
      readonly attempts: number
      readonly code: string | null
      readonly detail: unknown
      readonly reference: string | null
      readonly sentAt: Date
      readonly begunAt: Date | null
      readonly endedAt: Date | null
      readonly isStalled: boolean
    }
  }
  'jobs/send': {
    readonly parameters: readonly [submission: string | number | bigint | null, kind: string | null]
    readonly row: null
  }
  'journey/claim-mail': {
    readonly parameters: readonly [now: Date | null]
    readonly row: {
      readonly id: string
      readonly kind:
        | 'submission-linked'
        | 'submission-rejected'
        | 'submission-withdrawn'
        | 'submission-waiting'
        | 'submission-lapsed'
        | 'submission-unfinished'
        | 'submission-infected'
      readonly to: string
      readonly reference: string
      readonly service: string
      readonly serviceName: string
      readonly quarter: Quarter
      readonly fileKind:
        | 'people'
        | 'activities'
        | 'outcomes'
        | 'school'
        | 'adult-social-care'
        | 'housing'
        | 'police'
        | 'childrens-social-care'
        | 'community-health'
        | 'acute-care'
        | 'primary-care'
        | 'mental-health'
      readonly isStaging: boolean
    }
  }
  'journey/count-uploads': {
    readonly parameters: readonly [provider: string | null, now: Date | null]
    readonly row: { readonly attempts: number; readonly files: number; readonly bytes: string }
  }
  'journey/list-submissions': {
    readonly parameters: readonly [
      services: readonly (string | null)[] | null,
      quarters: readonly (string | null)[] | null,
    ]
    readonly row: {
      readonly service: string
      readonly quarter: Quarter
      readonly kind:
        | 'people'
        | 'activities'
        | 'outcomes'
        | 'school'
        | 'adult-social-care'
        | 'housing'
        | 'police'
        | 'childrens-social-care'
        | 'community-health'
        | 'acute-care'
        | 'primary-care'
        | 'mental-health'
      readonly reference: string
      readonly state:
        | 'received'
        | 'mapped'
        | 'checked'
        | 'accepted'
        | 'pseudonymised'
        | 'linked'
        | 'rejected'
        | 'withdrawn'
      readonly isHeld: boolean
      readonly isRead: boolean
      readonly isShaped: boolean
      readonly isMatched: boolean
      readonly hasValues: boolean
      readonly isAnswered: boolean
      readonly isBeingWithdrawn: boolean
    }
  }
  'journey/lock': { readonly parameters: readonly [reference: string | null]; readonly row: null }
  'journey/lock-place': {
    readonly parameters: readonly [service: string | null, quarter: string | null]
    readonly row: { readonly pg_advisory_xact_lock: unknown }
  }
  'journey/lock-unsubmitted': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      service: string | null,
      quarter: string | null,
      submissionThatIs: string | number | bigint | null,
    ]
    readonly row: { readonly id: string }
  }
  'journey/lock-uploads': {
    readonly parameters: readonly [provider: string | null]
    readonly row: { readonly pg_advisory_xact_lock: unknown }
  }
  'journey/owe-waiting-mails': {
    readonly parameters: readonly [now: Date | null]
    readonly row: null
  }
  'journey/read-choices': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      dataset: ('production' | 'staging') | null,
      service: string | null,
      quarter: string | null,
    ]
    readonly row: { readonly remembered: unknown; readonly isSame: boolean }
  }
  'journey/read-finding-rows': {
    readonly parameters: readonly [submission: string | number | bigint | null]
    readonly row: { readonly code: string; readonly field: string; readonly rows: Buffer }
  }
  'journey/read-findings': {
    readonly parameters: readonly [submission: string | number | bigint | null]
    readonly row: {
      readonly code: string
      readonly field: string
      readonly severity: 'file' | 'must-fix' | 'confirm' | 'note'
      readonly rows: number
      readonly detail: unknown
      readonly reason: string | null
      readonly offered: string | null
    }
  }
  'journey/read-history': {
    readonly parameters: readonly [service: string | null, quarter: string | null]
    readonly row: {
      readonly reference: string
      readonly kind:
        | 'people'
        | 'activities'
        | 'outcomes'
        | 'school'
        | 'adult-social-care'
        | 'housing'
        | 'police'
        | 'childrens-social-care'
        | 'community-health'
        | 'acute-care'
        | 'primary-care'
        | 'mental-health'
      readonly state:
        | 'received'
        | 'mapped'
        | 'checked'
        | 'accepted'
        | 'pseudonymised'
        | 'linked'
        | 'rejected'
        | 'withdrawn'
      readonly reason: string | null
      readonly receivedAt: Date
      readonly by: string | null
      readonly records: number | null
      readonly rows: unknown
      readonly isHeld: boolean
      readonly isRead: boolean
      readonly isShaped: boolean
      readonly isMatched: boolean
      readonly hasValues: boolean
      readonly isAnswered: boolean
      readonly isBeingWithdrawn: boolean
    }
  }
  'journey/read-journey': {
    readonly parameters: readonly [reference: string | null, secondsAfterWhich: number | null]
    readonly row: {
      readonly id: string
      readonly reference: string
      readonly dataset: 'production' | 'staging'
      readonly service: string
      readonly serviceName: string
      readonly stage: 'profiling' | 'pipeline' | 'staging' | 'production'
      readonly provider: string
      readonly quarter: Quarter
      readonly kind:
        | 'people'
        | 'activities'
        | 'outcomes'
        | 'school'
        | 'adult-social-care'
        | 'housing'
        | 'police'
        | 'childrens-social-care'
        | 'community-health'
        | 'acute-care'
        | 'primary-care'
        | 'mental-health'
      readonly state:
        | 'received'
        | 'mapped'
        | 'checked'
        | 'accepted'
        | 'pseudonymised'
        | 'linked'
        | 'rejected'
        | 'withdrawn'
      readonly reason: string | null
      readonly fileId: string | null
      readonly isHashed: boolean
      readonly isBridged: boolean
      readonly receipt: unknown
      readonly checkedWords: Buffer | null
      readonly records: number | null
      readonly stopped: number
      readonly familyTies: number | null
      readonly linkability: unknown
      readonly events: unknown
      readonly rows: unknown
      readonly receivedAt: Date
      readonly receivedBy: string
      readonly correctionsVersion: number
      readonly correctedCells: number
      readonly replaces: string | null
      readonly leaveOut: boolean
      readonly version: number
      readonly isBegun: boolean
      readonly refusal: unknown
      readonly words: Buffer | null
      readonly fileRows: number | null
      readonly isRead: boolean
      readonly isShaped: boolean
      readonly isMatched: boolean
      readonly hasValues: boolean
      readonly leaveOutReason: string | null
      readonly supersededBy: string | null
      readonly isAnswered: boolean
      readonly isBeingWithdrawn: boolean
      readonly job: unknown
    }
  }
  'journey/read-standing': {
    readonly parameters: readonly [submission: string | number | bigint | null]
    readonly row: {
      readonly reference: string
      readonly receivedAt: Date
      readonly events: unknown
      readonly same: number | null
      readonly changed: number | null
      readonly new: number | null
      readonly removed: number | null
    }
  }
  'journey/reserve-bytes': {
    readonly parameters: readonly [
      upload: string | number | bigint | null,
      provider: string | null,
      now: Date | null,
      bytesWanted: string | number | bigint | null,
      bytesOfA: string | number | bigint | null,
    ]
    readonly row: { readonly bytes: string }
  }
  'keys/hold-platform-key': {
    readonly parameters: readonly [dataset: ('production' | 'staging') | null]
    readonly row: { readonly check: string | null }
  }
  'keys/lock-source-epochs': {
    readonly parameters: readonly []
    readonly row: { readonly locked: unknown }
  }
  'keys/read-rotations': {
    readonly parameters: readonly []
    readonly row: { readonly rotations: string | null }
  }
  'linkage/clear-scope-part': { readonly parameters: readonly []; readonly row: null }
  'linkage/count-up-version': {
    readonly parameters: readonly [dataset: ('production' | 'staging') | null]
    readonly row: null
  }
  'linkage/create-change': { readonly parameters: readonly []; readonly row: null }
  'linkage/drop-change': { readonly parameters: readonly []; readonly row: null }
  'linkage/insert-links': { readonly parameters: readonly []; readonly row: null }
  'linkage/list-scope': {
    readonly parameters: readonly [
      arrivingSubmissionIds: readonly (string | number | bigint | null)[] | null,
    ]
    readonly row: null
  }
  'linkage/list-standing-submissions': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      arrivingSubmissionIds: readonly (string | number | bigint | null)[] | null,
      leavingSubmissionIds: readonly (string | number | bigint | null)[] | null,
    ]
    readonly row: {
      readonly id: string
      readonly records: number
      readonly arrives: boolean
      readonly leaves: boolean
    }
  }
  'linkage/list-submission-facts': {
    readonly parameters: readonly [dataset: ('production' | 'staging') | null]
    readonly row: {
      readonly id: string
      readonly service: string
      readonly quarter: Quarter
      readonly epoch: number
    }
  }
  'linkage/list-touched-parts': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      arrivingAnd: readonly (string | number | bigint | null)[] | null,
      leavingSubmissionIds: readonly (string | number | bigint | null)[] | null,
    ]
    readonly row: null
  }
  'linkage/list-whole-scope': {
    readonly parameters: readonly [
      submissionIdsThat: readonly (string | number | bigint | null)[] | null,
    ]
    readonly row: null
  }
  'linkage/read-part-records': {
    readonly parameters: readonly []
    readonly row: {
      readonly part_id: string | null
      readonly id: string | null
      readonly submission_id: string | null
      readonly source_row: number | null
      readonly role: string | null
      readonly birth: string | null
      readonly gender: string | null
      readonly ward: string | null
      readonly nhs_number_pseudonym: string | null
      readonly child_pseudonym: string | null
      readonly child_mobile_pseudonym: string | null
      readonly email_pseudonym: string | null
      readonly carer_email_pseudonym: string | null
      readonly mobile_pseudonym: string | null
      readonly carer_mobile_pseudonym: string | null
      readonly name_birth_pseudonym: string | null
      readonly birth_postcode_pseudonym: string | null
      readonly name_postcode_pseudonym: string | null
      readonly given_birth_postcode_pseudonym: string | null
      readonly client_pseudonym: string | null
      readonly name_birth_swapped_pseudonym: string | null
      readonly name_birth_reversed_pseudonym: string | null
      readonly name_birth_surname_first_pseudonym: string | null
      readonly name_birth_surname_last_pseudonym: string | null
      readonly sound_birth_pseudonym: string | null
      readonly brings_beneficiary_id: string | null
      readonly old_part_id: string | null
      readonly beneficiary_id: string | null
      readonly upper_id: string | null
      readonly lower_id: string | null
      readonly family_id: string | null
      readonly nhs_id: string | null
      readonly epoch: number | null
    }
  }
  'linkage/refresh-statistics': {
    readonly parameters: readonly []
    readonly row: { readonly done: unknown }
  }
  'linkage/remove-links': {
    readonly parameters: readonly [
      submissionIds: readonly (string | number | bigint | null)[] | null,
    ]
    readonly row: null
  }
  'linkage/remove-lost-links': { readonly parameters: readonly []; readonly row: null }
  'linkage/remove-records': {
    readonly parameters: readonly [submission: string | number | bigint | null]
    readonly row: null
  }
  'linkage/replace-links': { readonly parameters: readonly []; readonly row: null }
  'linkage/scope-one-part': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      beneficiaryId: string | number | bigint | null,
    ]
    readonly row: null
  }
  'linkage/take-lock': {
    readonly parameters: readonly [dataset: string | null]
    readonly row: { readonly pg_advisory_xact_lock: unknown }
  }
  'look-up/claim-untold': {
    readonly parameters: readonly [now: Date | null]
    readonly row: { readonly reference: string; readonly alarms: readonly string[] }
  }
  'look-up/draw-sample': {
    readonly parameters: readonly [
      now: Date | null,
      daysBack: number | null,
      howMany: string | number | bigint | null,
    ]
    readonly row: null
  }
  'look-up/find-of-marks': {
    readonly parameters: readonly [sealedPseudonyms: readonly (string | null)[] | null]
    readonly row: { readonly reference: string; readonly field: string }
  }
  'look-up/find-people': {
    readonly parameters: readonly [
      pseudonymsThatTell: readonly (string | null)[] | null,
      services: readonly (string | null)[] | null,
    ]
    readonly row: {
      readonly id: string
      readonly beneficiary_id: string
      readonly service: string
      readonly submission: string
      readonly role: string
      readonly birth: string | null
      readonly gender: string
      readonly columns: unknown
      readonly involvements: unknown
    }
  }
  'look-up/give-demonstration': { readonly parameters: readonly []; readonly row: null }
  'look-up/keep-marks': {
    readonly parameters: readonly [
      lookUp: string | number | bigint | null,
      fields: readonly (string | null)[] | null,
      sealedPseudonyms: readonly (string | null)[] | null,
      epochs: readonly (number | null)[] | null,
      howManyPlatform: number | null,
    ]
    readonly row: null
  }
  'look-up/measure': {
    readonly parameters: readonly [firstDay: Date | string | null, lastDay: Date | string | null]
    readonly row: {
      readonly look_ups: number
      readonly sign_ins: number
      readonly practitioners: number
      readonly found: number
      readonly opened: number
    }
  }
  'look-up/measure-contacts': {
    readonly parameters: readonly [firstDay: Date | string | null, lastDay: Date | string | null]
    readonly row: { readonly code: string; readonly count: number }
  }
  'look-up/measure-purposes': {
    readonly parameters: readonly [firstDay: Date | string | null, lastDay: Date | string | null]
    readonly row: { readonly code: string; readonly count: number }
  }
  'look-up/measure-sources': {
    readonly parameters: readonly [firstDay: Date | string | null, lastDay: Date | string | null]
    readonly row: { readonly name: string; readonly shown: number; readonly opened: number }
  }
  'measures/activities': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      firstQuarter: string | null,
      lastQuarter: string | null,
    ]
    readonly row: {
      readonly service: string
      readonly activities: number
      readonly attendances: number
      readonly participants: number
      readonly anonymousAdults: number
      readonly anonymousChildren: number
    }
  }
  'measures/changes': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      firstQuarter: string | null,
      lastQuarter: string | null,
      scales: string | null,
      windows: string | null,
    ]
    readonly row: {
      readonly service: string | null
      readonly services: number | null
      readonly instrument: string
      readonly subScale: string
      readonly paired: number
      readonly change: number
      readonly squares: number
      readonly improved: number | null
      readonly worse: number | null
      readonly baseline: number
      readonly baselineOnly: number
      readonly onlyBaseline: number
      readonly noBaseline: number
    }
  }
  'measures/data-quality': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      firstQuarter: string | null,
      lastQuarter: string | null,
      service: string | null,
    ]
    readonly row: {
      readonly id: string
      readonly service: string
      readonly quarter: Quarter
      readonly reference: string
      readonly isReplacement: boolean
      readonly counting: 'contacts' | 'active-enrolment'
      readonly own: unknown
      readonly accepted: number
      readonly rejected: number
      readonly strong: number
      readonly counted: number
      readonly daysAfter: number
    }
  }
  'measures/families-reached': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      firstQuarter: string | null,
      lastQuarter: string | null,
    ]
    readonly row: {
      readonly families: number
      readonly whole: number
      readonly childrenAlone: number
      readonly carersAlone: number
      readonly noCarer: number
      readonly noChild: number
      readonly ofNoFamily: number
    }
  }
  'measures/pathways': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      firstQuarter: string | null,
      lastQuarter: string | null,
    ]
    readonly row: { readonly first: string; readonly next: string; readonly people: number }
  }
  'measures/quarter-facts': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      service: string | null,
      quarters: readonly (string | null)[] | null,
    ]
    readonly row: {
      readonly quarter: string
      readonly hasFile: boolean
      readonly isNil: boolean
      readonly isReplacement: boolean
      readonly daysLate: number | null
      readonly rowsUsed: number
      readonly rowsOut: number
      readonly withdrawn: number
      readonly counting: ('contacts' | 'active-enrolment') | null
      readonly settled: number
      readonly registerChanges: number
      readonly frameworkVersions: number
    }
  }
  'measures/referral-sources': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      firstQuarter: string | null,
      lastQuarter: string | null,
    ]
    readonly row: { readonly service: string; readonly source: string; readonly people: number }
  }
  'measures/scores': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      firstQuarter: string | null,
      lastQuarter: string | null,
    ]
    readonly row: {
      readonly service: string
      readonly instrument: string
      readonly subScale: string
      readonly scores: number
      readonly baseline: number
      readonly later: number
      readonly paired: number
    }
  }
  'measures/services-used': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      firstQuarter: string | null,
      lastQuarter: string | null,
    ]
    readonly row: { readonly services: number; readonly people: number }
  }
  'measures/use-measures': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      firstQuarter: string | null,
      lastQuarter: string | null,
    ]
    readonly row: {
      readonly service: string
      readonly reached: number
      readonly fresh: number
      readonly not_reached: number
      readonly referred: number
      readonly no_referral: number
      readonly started: number
      readonly waits_known: number
      readonly waits_long: number
      readonly wait_days: readonly number[] | null
      readonly waiting: number
      readonly waiting_known: number
      readonly waiting_long: number
      readonly contacts_known: number
      readonly contacts: number
      readonly contacts_each: readonly number[] | null
      readonly starters: number
      readonly two: number
      readonly four: number
      readonly eight: number
      readonly completed: number
      readonly left_early: number
      readonly declined: number
      readonly no_status: number
    }
  }
  'measures/ward-populations': {
    readonly parameters: readonly [age: number | null, year: number | null]
    readonly row: {
      readonly ward: string
      readonly year: number
      readonly age: number
      readonly people: number
    }
  }
  'measures/young-children': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      firstQuarter: string | null,
      lastQuarter: string | null,
      ageInYears: number | null,
    ]
    readonly row: {
      readonly ward: string
      readonly age: number | null
      readonly people: number
      readonly lower: number
      readonly upper: number
      readonly of_no_ward: number
      readonly of_no_birth: number
    }
  }
  'migrations/create-table': { readonly parameters: readonly []; readonly row: null }
  'migrations/has-table': {
    readonly parameters: readonly []
    readonly row: { readonly hasTable: boolean }
  }
  'migrations/list-applied': {
    readonly parameters: readonly []
    readonly row: {
      readonly name: string
      readonly checksum: string
      readonly finished: boolean
      readonly expands: boolean
    }
  }
  'migrations/record': {
    readonly parameters: readonly [
      id: string | null,
      checksum: string | null,
      name: string | null,
      expands: boolean | null,
    ]
    readonly row: null
  }
  'migrations/take-lock': {
    readonly parameters: readonly [number: string | number | bigint | null]
    readonly row: { readonly pg_advisory_lock: unknown }
  }
  'populations/replace-populations': {
    readonly parameters: readonly [
      wards: readonly (string | null)[] | null,
      years: readonly (number | null)[] | null,
      ages: readonly (number | null)[] | null,
      people: readonly (number | null)[] | null,
    ]
    readonly row: null
  }
  'programme/await-demonstration': {
    readonly parameters: readonly []
    readonly row: { readonly locked: unknown }
  }
  'programme/claim-ending-agreements': {
    readonly parameters: readonly [today: Date | string | null]
    readonly row: {
      readonly id: string
      readonly service: string
      readonly serviceName: string
      readonly provider: string
      readonly lastDay: string
      readonly daysLeft: number
    }
  }
  'programme/insert-demonstration-agreements': {
    readonly parameters: readonly [
      firstAnd: Date | string | null,
      lastDay: Date | string | null,
      purposes: readonly (string | null)[] | null,
    ]
    readonly row: null
  }
  'programme/insert-register': {
    readonly parameters: readonly [
      wards: string | null,
      strands: string | null,
      providers: string | null,
      services: string | null,
      values: string | null,
      quarters: string | null,
    ]
    readonly row: null
  }
  'programme/is-demonstration-being-made': {
    readonly parameters: readonly []
    readonly row: { readonly making: boolean }
  }
  'programme/list-busiest-providers': {
    readonly parameters: readonly [
      services: readonly (string | null)[] | null,
      most: string | number | bigint | null,
    ]
    readonly row: { readonly code: string; readonly name: string }
  }
  'programme/list-known-wards': {
    readonly parameters: readonly []
    readonly row: { readonly code: string; readonly name: string }
  }
  'programme/lock-agreements': {
    readonly parameters: readonly [service: string | null]
    readonly row: { readonly locked: unknown }
  }
  'programme/lock-register': {
    readonly parameters: readonly []
    readonly row: { readonly locked: unknown }
  }
  'programme/read-areas': {
    readonly parameters: readonly []
    readonly row: {
      readonly digest: string | null
      readonly ward_code: string
      readonly imd_decile: number | null
      readonly in_area: 'yes' | 'no' | 'unknown'
    }
  }
  'programme/read-names': {
    readonly parameters: readonly [quarter: string | null]
    readonly row: { readonly kind: string; readonly code: string; readonly name: string }
  }
  'programme/read-names-in': {
    readonly parameters: readonly [
      codes: readonly (string | null)[] | null,
      quarters: readonly (string | null)[] | null,
    ]
    readonly row: { readonly service: string; readonly quarter: string; readonly name: string }
  }
  'programme/read-programme': {
    readonly parameters: readonly []
    readonly row: {
      readonly code: string
      readonly name: string
      readonly purpose: 'reach' | 'look-up'
      readonly live: boolean
      readonly from: string
      readonly to: string
      readonly policy: string
      readonly restoring: boolean
    }
  }
  'programme/try-demonstration': {
    readonly parameters: readonly []
    readonly row: { readonly mine: boolean }
  }
  'programme/used-quarters': {
    readonly parameters: readonly []
    readonly row: { readonly first: string | null; readonly last: string | null }
  }
  'quarter/claim-reminder': {
    readonly parameters: readonly [
      today: Date | string | null,
      quarters: readonly (string | null)[] | null,
      now: Date | null,
    ]
    readonly row: {
      readonly service: string
      readonly serviceName: string
      readonly provider: string
      readonly quarter: Quarter
      readonly stage: 'before' | 'on' | 'after'
      readonly due: string
      readonly words: string
    }
  }
  'quarter/home-numbers': {
    readonly parameters: readonly [
      quarter: string | null,
      today: Date | string | null,
      beforeWhenA: Date | null,
    ]
    readonly row: {
      readonly sent: number
      readonly open: number
      readonly withFindings: number
      readonly failed: number
      readonly waitingJobs: number
      readonly doubts: number
      readonly oldDoubts: number
      readonly approvals: number
      readonly endingAgreements: number
      readonly endingTokens: number
      readonly heldBytes: number
      readonly databaseBytes: number
      readonly questions: number
    }
  }
  'quarter/list-places': {
    readonly parameters: readonly [
      quarters: readonly (string | null)[] | null,
      serviceOrNull: string | null,
    ]
    readonly row: {
      readonly service: string
      readonly serviceName: string
      readonly provider: string
      readonly quarter: string
      readonly due: string
      readonly until: string | null
      readonly sentAt: Date | null
      readonly nilAt: Date | null
      readonly isOnItsWay: boolean
    }
  }
  'reach/begin-estimating': {
    readonly parameters: readonly []
    readonly row: {
      readonly version: string
      readonly records: number
      readonly verdicts: number
      readonly made: boolean
      readonly busy: boolean
    }
  }
  'reach/begin-marking': {
    readonly parameters: readonly []
    readonly row: {
      readonly version: string
      readonly last: string
      readonly alone: boolean
      readonly made: boolean
      readonly busy: boolean
    }
  }
  'reach/count-unbridged': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      currentEpoch: number | null,
    ]
    readonly row: { readonly service: string; readonly name: string; readonly people: number }
  }
  'reach/insert-estimate': {
    readonly parameters: readonly [
      version: string | number | bigint | null,
      copies: number | null,
      sampled: number | null,
      pairs: number | null,
      cells: string | null,
      services: string | null,
      mistakes: Uint8Array | null,
      families: string | null,
      family: number | null,
      family: Uint8Array | null,
      howManyAnswers: number | null,
    ]
    readonly row: null
  }
  'reach/insert-marks': {
    readonly parameters: readonly [
      version: string | number | bigint | null,
      submission: string | number | bigint | null,
      ward: string | null,
      role: string | null,
      people: Uint8Array | null,
      families: Uint8Array | null,
      uppers: Uint8Array | null,
      lowers: Uint8Array | null,
      numbered: Uint8Array | null,
      numbers: Uint8Array | null,
    ]
    readonly row: null
  }
  'reach/list-linked-records': {
    readonly parameters: readonly []
    readonly row: {
      readonly part_id: string
      readonly id: string
      readonly submission_id: string
      readonly source_row: number
      readonly role: string
      readonly birth: string | null
      readonly gender: string
      readonly ward: string | null
      readonly nhs_number_pseudonym: string | null
      readonly child_pseudonym: string | null
      readonly child_mobile_pseudonym: string | null
      readonly email_pseudonym: string | null
      readonly carer_email_pseudonym: string | null
      readonly mobile_pseudonym: string | null
      readonly carer_mobile_pseudonym: string | null
      readonly name_birth_pseudonym: string | null
      readonly birth_postcode_pseudonym: string | null
      readonly name_postcode_pseudonym: string | null
      readonly given_birth_postcode_pseudonym: string | null
      readonly client_pseudonym: string | null
      readonly name_birth_swapped_pseudonym: string | null
      readonly name_birth_reversed_pseudonym: string | null
      readonly name_birth_surname_first_pseudonym: string | null
      readonly name_birth_surname_last_pseudonym: string | null
      readonly sound_birth_pseudonym: string | null
      readonly epoch: number | null
      readonly reached: boolean | null
    }
  }
  'reach/list-reached': {
    readonly parameters: readonly []
    readonly row: {
      readonly submission: string
      readonly ward: string | null
      readonly role: string
      readonly beneficiary_id: string
      readonly family_id: string | null
      readonly upper_id: string
      readonly lower_id: string
      readonly nhs_id: string | null
    }
  }
  'reach/reach-cells': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      firstQuarter: string | null,
      lastQuarter: string | null,
      byService: boolean | null,
      byStrand: boolean | null,
      byWard: boolean | null,
      byQuarter: boolean | null,
      byRole: boolean | null,
    ]
    readonly row: {
      readonly is_whole: boolean
      readonly service: string
      readonly strand: string
      readonly ward: string
      readonly quarter: string
      readonly role: string
      readonly children: number
      readonly adults: number
      readonly families: number
      readonly people: number
      readonly lower: number
      readonly upper: number
    }
  }
  'reach/read-estimate': {
    readonly parameters: readonly []
    readonly row: {
      readonly copies: number
      readonly sampled: number
      readonly pairs: number
      readonly cells: unknown
      readonly services: unknown
      readonly mistakes: Buffer
      readonly families: unknown
      readonly family_copies: number
      readonly family_mistakes: Buffer
      readonly made_at: Date
    }
  }
  'reach/read-marks': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      firstQuarter: string | null,
      lastQuarter: string | null,
    ]
    readonly row: {
      readonly linkage_version: string | null
      readonly service: string | null
      readonly strand: string | null
      readonly quarter: Quarter | null
      readonly ward: string | null
      readonly role: string | null
      readonly people: Buffer | null
      readonly families: Buffer | null
      readonly uppers: Buffer | null
      readonly lowers: Buffer | null
      readonly numbered: Buffer | null
      readonly numbers: Buffer | null
    }
  }
  'reach/service-sets': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      firstQuarter: string | null,
      lastQuarter: string | null,
    ]
    readonly row: { readonly services: readonly string[]; readonly people: number }
  }
  'rekeying/await-platform-key': {
    readonly parameters: readonly [dataset: ('production' | 'staging') | null]
    readonly row: { readonly reached: string | null }
  }
  'rekeying/create-rekeyed': { readonly parameters: readonly []; readonly row: null }
  'rekeying/list-decided-pseudonyms': {
    readonly parameters: readonly [dataset: ('production' | 'staging') | null]
    readonly row: { readonly id: string; readonly value: string }
  }
  'rekeying/list-linked-submissions': {
    readonly parameters: readonly [dataset: ('production' | 'staging') | null]
    readonly row: { readonly id: string }
  }
  'rekeying/read-pseudonyms': {
    readonly parameters: readonly []
    readonly row: {
      readonly id: string
      readonly nhs_number_pseudonym: string | null
      readonly child_pseudonym: string | null
      readonly child_mobile_pseudonym: string | null
      readonly email_pseudonym: string | null
      readonly carer_email_pseudonym: string | null
      readonly mobile_pseudonym: string | null
      readonly carer_mobile_pseudonym: string | null
      readonly name_birth_pseudonym: string | null
      readonly birth_postcode_pseudonym: string | null
      readonly name_postcode_pseudonym: string | null
      readonly given_birth_postcode_pseudonym: string | null
      readonly client_pseudonym: string | null
      readonly name_birth_swapped_pseudonym: string | null
      readonly name_birth_reversed_pseudonym: string | null
      readonly name_birth_surname_first_pseudonym: string | null
      readonly name_birth_surname_last_pseudonym: string | null
      readonly sound_birth_pseudonym: string | null
    }
  }
  'rekeying/record-range': {
    readonly parameters: readonly []
    readonly row: { readonly first: string | null; readonly last: string | null }
  }
  'rekeying/replace-decided-pseudonyms': {
    readonly parameters: readonly [
      idsOfDecisions: readonly (string | number | bigint | null)[] | null,
      value2: readonly (string | null)[] | null,
    ]
    readonly row: null
  }
  'rekeying/replace-pseudonyms': { readonly parameters: readonly []; readonly row: null }
  'releases/count-breakdowns': {
    readonly parameters: readonly []
    readonly row: {
      readonly attribute: string
      readonly value: number
      readonly year: number | null
      readonly quarters: number | null
      readonly first_quarter: number | null
      readonly people: number
    }
  }
  'releases/count-changes': {
    readonly parameters: readonly [
      laterRelease: string | number | bigint | null,
      earlier: string | number | bigint | null,
      quartersThatBoth: readonly (string | null)[] | null,
    ]
    readonly row: {
      readonly quarter: string
      readonly changed: number
      readonly hidden: number
      readonly shown: number
    }
  }
  'releases/count-doubtful-records': {
    readonly parameters: readonly []
    readonly row: {
      readonly service: number
      readonly strand: number
      readonly place: number
      readonly start_place: number
      readonly year: number
      readonly quarter: number
      readonly quarters: number
      readonly records: number
    }
  }
  'releases/count-lower-starts': {
    readonly parameters: readonly []
    readonly row: {
      readonly level: number
      readonly scope: number
      readonly place: number
      readonly quarter: number
      readonly growth: number
    }
  }
  'releases/count-lower-years': {
    readonly parameters: readonly []
    readonly row: {
      readonly level: number
      readonly scope: number
      readonly place: number
      readonly year: number
      readonly q1: number
      readonly q2: number
      readonly q3: number
      readonly q4: number
      readonly y2: number
      readonly y3: number
      readonly y4: number
    }
  }
  'releases/count-participants': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      last: string | null,
      owners: readonly (number | null)[] | null,
      servicesByTheir: readonly (number | null)[] | null,
      theirCodes: readonly (string | null)[] | null,
    ]
    readonly row: {
      readonly owner: number
      readonly level: number
      readonly scope: number
      readonly year: number
      readonly quarters: number
      readonly people: number
    }
  }
  'releases/count-scores': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      firstQuarterOf: string | null,
      lastQuarter: string | null,
      scales: string | null,
      windows: string | null,
      owners: readonly (number | null)[] | null,
      numbers: readonly (number | null)[] | null,
      codesOfServices: readonly (string | null)[] | null,
    ]
    readonly row: {
      readonly owner: number
      readonly instrument: string
      readonly subScale: string
      readonly scored: number
      readonly paired: number
      readonly improved: number
      readonly worse: number
    }
  }
  'releases/count-starts': {
    readonly parameters: readonly []
    readonly row: {
      readonly level: number
      readonly scope: number
      readonly who: number
      readonly place: number
      readonly first_child: number | null
      readonly first_adult: number | null
      readonly entities: number
    }
  }
  'releases/count-union-breakdowns': {
    readonly parameters: readonly [
      unions: readonly (number | null)[] | null,
      services: readonly (number | null)[] | null,
    ]
    readonly row: {
      readonly scope: number
      readonly attribute: string
      readonly value: number
      readonly year: number | null
      readonly quarters: number | null
      readonly first_quarter: number | null
      readonly people: number
    }
  }
  'releases/count-union-starts': {
    readonly parameters: readonly [
      unions: readonly (number | null)[] | null,
      services: readonly (number | null)[] | null,
    ]
    readonly row: {
      readonly scope: number
      readonly who: number
      readonly place: number
      readonly first_child: number | null
      readonly first_adult: number | null
      readonly entities: number
    }
  }
  'releases/count-union-years': {
    readonly parameters: readonly [
      unions: readonly (number | null)[] | null,
      services: readonly (number | null)[] | null,
    ]
    readonly row: {
      readonly scope: number
      readonly who: number
      readonly year: number
      readonly place: number
      readonly child_quarters: number
      readonly adult_quarters: number
      readonly all_quarters: number
      readonly entities: number
    }
  }
  'releases/count-uses': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      lastQuarter: string | null,
      owners: readonly (number | null)[] | null,
      services: readonly (string | null)[] | null,
    ]
    readonly row: {
      readonly owner: number
      readonly aspect: string
      readonly value: string
      readonly quarter: number
      readonly people: number
    }
  }
  'releases/count-years': {
    readonly parameters: readonly []
    readonly row: {
      readonly level: number
      readonly scope: number
      readonly who: number
      readonly year: number
      readonly place: number
      readonly child_quarters: number
      readonly adult_quarters: number
      readonly all_quarters: number
      readonly entities: number
    }
  }
  'releases/create-working-tables': { readonly parameters: readonly []; readonly row: null }
  'releases/fill-doubtful-component': { readonly parameters: readonly []; readonly row: null }
  'releases/fill-entity-use': {
    readonly parameters: readonly [strands: readonly (number | null)[] | null]
    readonly row: null
  }
  'releases/fill-family-year': { readonly parameters: readonly []; readonly row: null }
  'releases/fill-person-year': {
    readonly parameters: readonly [
      gender: number | null,
      ethnicity: number | null,
      ageBand: number | null,
    ]
    readonly row: null
  }
  'releases/fill-reached-use': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      lastQuarter: string | null,
      services: readonly (string | null)[] | null,
      strands: readonly (number | null)[] | null,
      wards: readonly (string | null)[] | null,
      firstWard: number | null,
      genders: readonly (string | null)[] | null,
      ethnicities: readonly (string | null)[] | null,
      firstAgesOf: readonly (number | null)[] | null,
    ]
    readonly row: null
  }
  'releases/read-breakdowns': {
    readonly parameters: readonly [
      releaseId: string | number | bigint | null,
      quarter: string | null,
      span: string | null,
    ]
    readonly row: {
      readonly quarter: string
      readonly span: 'quarter' | 'year' | 'start'
      readonly scope: 'all' | 'strand' | 'service'
      readonly scopeCode: string
      readonly place: 'everywhere' | 'area' | 'outside' | 'unknown' | 'area-unknown' | 'ward'
      readonly placeCode: string
      readonly attribute: '' | 'age-band' | 'gender' | 'ethnicity'
      readonly attributeValue: string
      readonly measure:
        | 'people'
        | 'children'
        | 'adults'
        | 'families'
        | 'lower'
        | 'upper'
        | 'doubtful'
        | 'new'
        | 'returning'
      readonly printed: number | null
    }
  }
  'releases/read-cells': {
    readonly parameters: readonly [
      releaseId: string | number | bigint | null,
      quarterOrNull: string | null,
    ]
    readonly row: {
      readonly quarter: string
      readonly span: 'quarter' | 'year' | 'start'
      readonly scope: 'all' | 'strand' | 'service'
      readonly scopeCode: string
      readonly place: 'everywhere' | 'area' | 'outside' | 'unknown' | 'area-unknown' | 'ward'
      readonly placeCode: string
      readonly attribute: '' | 'age-band' | 'gender' | 'ethnicity'
      readonly attributeValue: string
      readonly measure:
        | 'people'
        | 'children'
        | 'adults'
        | 'families'
        | 'lower'
        | 'upper'
        | 'doubtful'
        | 'new'
        | 'returning'
      readonly printed: number | null
    }
  }
  'releases/read-coverage': {
    readonly parameters: readonly [lastQuarter: string | null]
    readonly row: { readonly quarter: Quarter; readonly services: readonly string[] }
  }
  'releases/read-crossing': {
    readonly parameters: readonly [
      releaseId: string | number | bigint | null,
      quarter: string | null,
      span: string | null,
      place: string | null,
      placeCode: string | null,
      scope: string | null,
      scopeCode: string | null,
    ]
    readonly row: {
      readonly quarter: string
      readonly span: 'quarter' | 'year' | 'start'
      readonly scope: 'all' | 'strand' | 'service'
      readonly scopeCode: string
      readonly place: 'everywhere' | 'area' | 'outside' | 'unknown' | 'area-unknown' | 'ward'
      readonly placeCode: string
      readonly attribute: '' | 'age-band' | 'gender' | 'ethnicity'
      readonly attributeValue: string
      readonly measure:
        | 'people'
        | 'children'
        | 'adults'
        | 'families'
        | 'lower'
        | 'upper'
        | 'doubtful'
        | 'new'
        | 'returning'
      readonly printed: number | null
    }
  }
  'releases/read-trend': {
    readonly parameters: readonly [
      releaseId: string | number | bigint | null,
      scope: string | null,
      scopeCode: string | null,
      place: string | null,
      placeCode: string | null,
    ]
    readonly row: {
      readonly quarter: string
      readonly span: 'quarter' | 'year' | 'start'
      readonly scope: 'all' | 'strand' | 'service'
      readonly scopeCode: string
      readonly place: 'everywhere' | 'area' | 'outside' | 'unknown' | 'area-unknown' | 'ward'
      readonly placeCode: string
      readonly attribute: '' | 'age-band' | 'gender' | 'ethnicity'
      readonly attributeValue: string
      readonly measure:
        | 'people'
        | 'children'
        | 'adults'
        | 'families'
        | 'lower'
        | 'upper'
        | 'doubtful'
        | 'new'
        | 'returning'
      readonly printed: number | null
    }
  }
  'releases/read-use-cells': {
    readonly parameters: readonly [
      releaseId: string | number | bigint | null,
      quarterOrNull: string | null,
    ]
    readonly row: {
      readonly quarter: string
      readonly span: 'quarter' | 'year'
      readonly scope: 'all' | 'strand' | 'service'
      readonly scopeCode: string
      readonly aspect:
        | 'activities'
        | 'contacts'
        | 'ending'
        | 'declined'
        | 'scored'
        | 'paired'
        | 'improved'
        | 'same'
        | 'worse'
      readonly aspectValue: string
      readonly printed: number | null
    }
  }
  'releases/take-lock': {
    readonly parameters: readonly []
    readonly row: { readonly pg_advisory_xact_lock: unknown }
  }
  'relinking/count-people': {
    readonly parameters: readonly []
    readonly row: { readonly records: number; readonly before: number; readonly after: number }
  }
  'relinking/count-reach': {
    readonly parameters: readonly []
    readonly row: { readonly service: string; readonly before: number; readonly after: number }
  }
  'relinking/create-trial': { readonly parameters: readonly []; readonly row: null }
  'relinking/insert-changes': {
    readonly parameters: readonly [act: string | number | bigint | null, jsonArrayOf: string | null]
    readonly row: null
  }
  'relinking/list-changes': {
    readonly parameters: readonly []
    readonly row: {
      readonly kind: string
      readonly people: readonly string[]
      readonly into_people: number
      readonly rules: readonly string[]
      readonly services: readonly string[]
    }
  }
  'report/count-files': {
    readonly parameters: readonly [
      quarter: string | null,
      firstAnd: Date | string | null,
      lastDay: Date | string | null,
    ]
    readonly row: {
      readonly clear: number
      readonly hashed: number
      readonly automated: number
      readonly medianMinutes: number | null
      readonly longestMinutes: number | null
      readonly asked: number
      readonly answered: number
      readonly minutesKept: number
      readonly minutesUp: number
    }
  }
  'report/count-findings': {
    readonly parameters: readonly [quarter: string | null]
    readonly row: {
      readonly code: string
      readonly severity: 'file' | 'must-fix' | 'confirm' | 'note'
      readonly rows: number
      readonly files: number
    }
  }
  'report/count-others': {
    readonly parameters: readonly [firstAnd: Date | string | null, lastDay: Date | string | null]
    readonly row: { readonly what: string; readonly counted: number }
  }
  'report/keep-minute': { readonly parameters: readonly [now: Date | null]; readonly row: null }
  'reports/lock-report': {
    readonly parameters: readonly [release: string | null]
    readonly row: { readonly locked: unknown }
  }
  'reports/read-words': {
    readonly parameters: readonly [release: string | null]
    readonly row: {
      readonly version: number
      readonly sections: unknown
      readonly digest: string
      readonly written_by: string
      readonly written_at: Date
      readonly approval: string | null
      readonly signed_by: string | null
      readonly signed_at: Date | null
    }
  }
  'reports/read-words-before': {
    readonly parameters: readonly [value1: readonly (string | null)[] | null]
    readonly row: { readonly sections: unknown; readonly release: string }
  }
  'research/count-known': {
    readonly parameters: readonly [references: readonly (string | null)[] | null]
    readonly row: { readonly known: number }
  }
  'research/drop-sealed': {
    readonly parameters: readonly [madeBefore: Date | null, today: Date | string | null]
    readonly row: null
  }
  'research/insert-members': {
    readonly parameters: readonly [
      extract: string | number | bigint | null,
      references: readonly (string | null)[] | null,
    ]
    readonly row: null
  }
  'research/list-keys-over': {
    readonly parameters: readonly [today: Date | string | null]
    readonly row: { readonly id: string; readonly reference: string }
  }
  'research/list-members-among': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      rows: readonly (number | null)[] | null,
      rolesInTheir: readonly (string | null)[] | null,
    ]
    readonly row: {
      readonly extract_id: string
      readonly extract: string
      readonly project: string
      readonly reference: string
    }
  }
  'research/lock-extract': {
    readonly parameters: readonly [reference: string | null]
    readonly row: { readonly id: string }
  }
  'research/name-removals': {
    readonly parameters: readonly [
      extract: string | number | bigint | null,
      pseudonyms: readonly (string | null)[] | null,
      references: readonly (string | null)[] | null,
      when: Date | null,
    ]
    readonly row: null
  }
  'research/read-cohort': {
    readonly parameters: readonly [firstQuarter: string | null, lastQuarter: string | null]
    readonly row: {
      readonly reference: string
      readonly family_id: string | null
      readonly kind: string
      readonly birth: string | null
      readonly gender: string
      readonly ethnicity: string | null
      readonly language: string | null
      readonly send: string
      readonly ward: string | null
      readonly deprivation: number | null
      readonly first_quarter: string
      readonly services: number
      readonly quarters: number
      readonly contacts: number | null
      readonly family_people: number
      readonly certainty: string
    }
  }
  'retention/forget-leavers': {
    readonly parameters: readonly [moment: Date | null]
    readonly row: { readonly forgotten: number }
  }
  'retention/hold-still': {
    readonly parameters: readonly [kind: string | null, whetherRequestsStop: boolean | null]
    readonly row: { readonly held: boolean; readonly asked: boolean }
  }
  'retention/list-over': {
    readonly parameters: readonly [day: Date | string | null]
    readonly row: { readonly code: string }
  }
  'retention/remove-acts': {
    readonly parameters: readonly [momentBeforeWhich: Date | null, whetherDraftsOf: boolean | null]
    readonly row: null
  }
  'reviewing/count-checked-joins': {
    readonly parameters: readonly []
    readonly row: { readonly rule: string; readonly checked: number; readonly wrong: number }
  }
  'reviewing/count-samples': {
    readonly parameters: readonly []
    readonly row: {
      readonly kind: 'joined' | 'decided'
      readonly drawn_in: Quarter
      readonly drawn: number
      readonly checked: number
    }
  }
  'reviewing/list-drawn-joins': {
    readonly parameters: readonly [
      whatTheLot: string | null,
      howManyJoins: string | number | bigint | null,
    ]
    readonly row: { readonly beneficiary: string; readonly joins: number }
  }
  'reviewing/list-to-check': {
    readonly parameters: readonly [
      reviewer: string | null,
      afterHowMany: string | number | bigint | null,
    ]
    readonly row: {
      readonly id: string
      readonly kind: 'joined' | 'decided'
      readonly left_submission: string
      readonly left_row: number
      readonly left_role: 'child' | 'parent' | 'adult'
      readonly right_submission: string
      readonly right_row: number
      readonly right_role: 'child' | 'parent' | 'adult'
    }
  }
  'reviewing/list-two-verdicts': {
    readonly parameters: readonly []
    readonly row: { readonly verdicts: readonly string[] }
  }
  'rights/ask-correction': {
    readonly parameters: readonly [
      reference: string | null,
      request: string | number | bigint | null,
      referenceOfThe: string | null,
      sourceRow: number | null,
      role: string | null,
      whatIsAsked: string | null,
      dayFromWhich: Date | string | null,
    ]
    readonly row: null
  }
  'rights/bring-home': {
    readonly parameters: readonly [
      records: readonly (string | number | bigint | null)[] | null,
      theirSubmissionsIn: readonly (string | number | bigint | null)[] | null,
    ]
    readonly row: null
  }
  'rights/claim-untold': {
    readonly parameters: readonly [now: Date | null]
    readonly row: { readonly id: string; readonly by: string; readonly searcher: string }
  }
  'rights/count-back': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      howMany: number | null,
    ]
    readonly row: null
  }
  'rights/count-down': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      howMany: number | null,
    ]
    readonly row: null
  }
  'rights/count-events-down': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      rows: readonly (number | null)[] | null,
      rolesInTheir: readonly (string | null)[] | null,
    ]
    readonly row: null
  }
  'rights/count-untold': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      howManyMore: number | null,
    ]
    readonly row: null
  }
  'rights/describe-clients': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      rows: readonly (number | null)[] | null,
      rolesInTheir: readonly (string | null)[] | null,
    ]
    readonly row: {
      readonly epoch: number
      readonly client: string
      readonly says: string
      readonly telling: unknown
      readonly whole: string
    }
  }
  'rights/find-carriers': {
    readonly parameters: readonly [pseudonyms: readonly (string | null)[] | null]
    readonly row: {
      readonly id: string
      readonly beneficiary_id: string | null
      readonly submission: string
      readonly service: string
      readonly quarter: Quarter
      readonly source_row: number
      readonly role: string
      readonly columns: unknown
    }
  }
  'rights/find-stopped': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      pseudonyms: readonly (string | null)[] | null,
    ]
    readonly row: { readonly source_row: number; readonly role: string; readonly columns: unknown }
  }
  'rights/forget-decisions': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      clientPseudonyms: readonly (string | null)[] | null,
    ]
    readonly row: null
  }
  'rights/forget-found': {
    readonly parameters: readonly [request: string | number | bigint | null]
    readonly row: null
  }
  'rights/forget-restricted': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      rows: readonly (number | null)[] | null,
      rolesInTheir: readonly (string | null)[] | null,
    ]
    readonly row: null
  }
  'rights/forget-said': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      rows: readonly (number | null)[] | null,
      rolesInTheir: readonly (string | null)[] | null,
    ]
    readonly row: null
  }
  'rights/give-back': {
    readonly parameters: readonly [
      records: readonly (string | number | bigint | null)[] | null,
      theirPseudonymsAs: readonly (string | null)[] | null,
      submissionsThatThey: readonly (string | number | bigint | null)[] | null,
    ]
    readonly row: null
  }
  'rights/keep-marks': {
    readonly parameters: readonly [
      request: string | number | bigint | null,
      fields: readonly (string | null)[] | null,
      sealedPseudonyms: readonly (string | null)[] | null,
      epochs: readonly (number | null)[] | null,
      howManyPlatform: number | null,
    ]
    readonly row: null
  }
  'rights/keep-sealed': {
    readonly parameters: readonly [
      request: string | number | bigint | null,
      fields: readonly (string | null)[] | null,
      sealedPseudonyms: readonly (string | null)[] | null,
      epochs: readonly (number | null)[] | null,
      howManyPlatform: readonly (number | null)[] | null,
    ]
    readonly row: null
  }
  'rights/keep-untold': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      epochs: readonly (number | null)[] | null,
      sealedPseudonyms: readonly (string | null)[] | null,
      whatTellsThe: readonly (string | number | bigint | null)[] | null,
      whatTheRows: readonly (string | number | bigint | null)[] | null,
      howManyPlatform: number | null,
      thoseThatTell: readonly (string | null)[] | null,
    ]
    readonly row: null
  }
  'rights/list-lifted': {
    readonly parameters: readonly [
      request: string | number | bigint | null,
      submission: string | number | bigint | null,
    ]
    readonly row: {
      readonly id: string
      readonly dataset: 'production' | 'staging'
      readonly submission_id: string
      readonly is_linked: boolean
      readonly source_row: number
      readonly role: string
      readonly platform_keys: number
      readonly kept: unknown
      readonly is_told: boolean
    }
  }
  'rights/list-restricted': {
    readonly parameters: readonly []
    readonly row: {
      readonly id: string
      readonly dataset: 'production' | 'staging'
      readonly submission: string
      readonly service: string
      readonly quarter: Quarter
      readonly source_row: number
      readonly role: string
      readonly platform_keys: number
      readonly kept: unknown
    }
  }
  'rights/list-stops': {
    readonly parameters: readonly []
    readonly row: {
      readonly request_id: string
      readonly kind: 'access' | 'rectification' | 'erasure' | 'restriction' | 'objection'
      readonly field: string
      readonly sealed: string
      readonly platform_keys: number
      readonly epoch: number
    }
  }
  'rights/list-untold': {
    readonly parameters: readonly [submission: string | number | bigint | null]
    readonly row: {
      readonly submission: string
      readonly epoch: number
      readonly sealed: string
      readonly platform_keys: number
      readonly says: string
      readonly whole: string
      readonly telling: unknown
    }
  }
  'rights/lock-request': {
    readonly parameters: readonly [reference: string | null]
    readonly row: null
  }
  'rights/read-apart': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      rows: readonly (number | null)[] | null,
      rolesInTheir: readonly (string | null)[] | null,
    ]
    readonly row: { readonly platform_keys: number; readonly kept: unknown }
  }
  'rights/read-held': {
    readonly parameters: readonly [
      request: string | number | bigint | null,
      dataset: ('production' | 'staging') | null,
    ]
    readonly row: {
      readonly number: number
      readonly beneficiary_id: string | null
      readonly service: string
      readonly provider: string
      readonly quarter: string
      readonly ward: string | null
      readonly columns: unknown
      readonly restricted: boolean
      readonly attended: unknown
      readonly scores: unknown
      readonly kind:
        | (
            | 'school'
            | 'adult-social-care'
            | 'housing'
            | 'police'
            | 'childrens-social-care'
            | 'community-health'
            | 'acute-care'
            | 'primary-care'
            | 'mental-health'
          )
        | null
      readonly involvements: unknown
      readonly counted_records: number
      readonly counted_services: number
      readonly family_children: number
      readonly family_adults: number
      readonly controller: string | null
    }
  }
  'rights/read-rows': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      rows: readonly (number | null)[] | null,
      rolesInTheir: readonly (string | null)[] | null,
    ]
    readonly row: { readonly columns: unknown }
  }
  'rights/remove-apart': {
    readonly parameters: readonly []
    readonly row: { readonly client: string }
  }
  'rights/remove-restricted': {
    readonly parameters: readonly [submission: string | number | bigint | null]
    readonly row: null
  }
  'rights/remove-rows': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      rows: readonly (number | null)[] | null,
      rolesInTheir: readonly (string | null)[] | null,
    ]
    readonly row: null
  }
  'rights/restrict-rows': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      rows: readonly (number | null)[] | null,
      rolesInTheir: readonly (string | null)[] | null,
      dataset: ('production' | 'staging') | null,
      request: string | number | bigint | null,
      howManyPlatform: number | null,
    ]
    readonly row: null
  }
  'rights/set-apart': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      rows: readonly (number | null)[] | null,
      rolesInTheir: readonly (string | null)[] | null,
    ]
    readonly row: null
  }
  'rights/set-apart-untold': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      row: number | null,
      role: string | null,
    ]
    readonly row: null
  }
  'shared-contacts/create-contact-carriers': {
    readonly parameters: readonly []
    readonly row: null
  }
  'shared-contacts/fill-contact-carriers': {
    readonly parameters: readonly [recordIds: readonly (string | number | bigint | null)[] | null]
    readonly row: null
  }
  'shared-contacts/fill-contact-carriers-of-submissions': {
    readonly parameters: readonly [
      submissionIds: readonly (string | number | bigint | null)[] | null,
    ]
    readonly row: null
  }
  'shared-contacts/find-shared-contacts': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      limitAsOwn: number | null,
      limitAsA: number | null,
    ]
    readonly row: null
  }
  'shared-contacts/keep-crossed-contacts': {
    readonly parameters: readonly [dataset: ('production' | 'staging') | null]
    readonly row: null
  }
  'shared-contacts/list-changed-contacts': {
    readonly parameters: readonly [
      submissionIds: readonly (string | number | bigint | null)[] | null,
    ]
    readonly row: null
  }
  'shared-contacts/list-shared-contacts': {
    readonly parameters: readonly [dataset: ('production' | 'staging') | null]
    readonly row: { readonly value: string }
  }
  'shared-contacts/recount-changed-contacts': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      limitAsOwn: number | null,
      limitAsA: number | null,
    ]
    readonly row: null
  }
  'shared-contacts/remove-shared-contacts': {
    readonly parameters: readonly [dataset: ('production' | 'staging') | null]
    readonly row: null
  }
  'sources/insert-sources': {
    readonly parameters: readonly [
      sources: string | null,
      whoMakesThem: string | null,
      when: Date | null,
    ]
    readonly row: null
  }
  'sources/kind-of-source': {
    readonly parameters: readonly [service: string | null]
    readonly row: {
      readonly kind:
        | 'school'
        | 'adult-social-care'
        | 'housing'
        | 'police'
        | 'childrens-social-care'
        | 'community-health'
        | 'acute-care'
        | 'primary-care'
        | 'mental-health'
    }
  }
  'sources/list-old-feeds': {
    readonly parameters: readonly [day: Date | string | null]
    readonly row: { readonly reference: string }
  }
  'sources/list-sources': {
    readonly parameters: readonly [day: Date | string | null, whetherItsParticulars: boolean | null]
    readonly row: {
      readonly code: string
      readonly name: string
      readonly provider: string
      readonly kind:
        | 'school'
        | 'adult-social-care'
        | 'housing'
        | 'police'
        | 'childrens-social-care'
        | 'community-health'
        | 'acute-care'
        | 'primary-care'
        | 'mental-health'
      readonly area: string
      readonly coveredFrom: string
      readonly coveredTo: string | null
      readonly noRecord: string
      readonly version: number
      readonly rules: unknown
      readonly rulesVersion: number
      readonly stage: 'profiling' | 'pipeline' | 'staging' | 'production'
      readonly asOf: string | null
      readonly receivedAt: Date | null
      readonly isCovered: boolean
    }
  }
  'sources/lock-rules': {
    readonly parameters: readonly [service: string | null]
    readonly row: { readonly locked: unknown }
  }
  'submissions/await-loading': {
    readonly parameters: readonly [submission: string | null]
    readonly row: { readonly held: unknown }
  }
  'submissions/compare-clients': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      newSubmission: string | number | bigint | null,
      oneItIs: string | number | bigint | null,
      submissions: readonly (string | number | bigint | null)[] | null,
      epochs: readonly (number | null)[] | null,
      clients: readonly (string | null)[] | null,
      whatTheirRows: readonly (string | number | bigint | null)[] | null,
    ]
    readonly row: {
      readonly same: number
      readonly changed: number
      readonly new: number
      readonly removed: number
    }
  }
  'submissions/compare-earlier': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      submission: string | number | bigint | null,
      submissions: readonly (string | number | bigint | null)[] | null,
      epochs: readonly (number | null)[] | null,
      clients: readonly (string | null)[] | null,
      whatTellsThem: readonly (string | number | bigint | null)[] | null,
      theirNHSNumbers: readonly (string | null)[] | null,
      namesWithBirth: readonly (string | null)[] | null,
      allThatTells: readonly (string | null)[] | null,
    ]
    readonly row: {
      readonly otherId: string
      readonly quarter: string
      readonly same: number
      readonly changed: number
      readonly others: number
      readonly new: number
      readonly removed: number
    }
  }
  'submissions/count-figures': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      submission: string | number | bigint | null,
    ]
    readonly row: {
      readonly people: number
      readonly children: number
      readonly adults: number
      readonly contacts: number | null
      readonly nhsNumber: number
      readonly birth: number
      readonly postcode: number
      readonly email: number
      readonly mobile: number
      readonly contactable: number
      readonly reference: number
    }
  }
  'submissions/count-seen-again': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      submission: string | number | bigint | null,
      submissionsAnd: readonly (string | number | bigint | null)[] | null,
      clients: readonly (string | null)[] | null,
    ]
    readonly row: { readonly clients: number | null }
  }
  'submissions/count-submissions': {
    readonly parameters: readonly [
      service: string | null,
      quarter: string | null,
      state: string | null,
    ]
    readonly row: { readonly total: number }
  }
  'submissions/insert-finding-rows': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      codes: readonly (string | null)[] | null,
      fields: readonly (string | null)[] | null,
      severities: readonly (string | null)[] | null,
      rowLists: readonly (Uint8Array | null)[] | null,
    ]
    readonly row: null
  }
  'submissions/list-submissions': {
    readonly parameters: readonly [
      service: string | null,
      quarter: string | null,
      state: string | null,
      howMany: string | number | bigint | null,
      afterHowMany: string | number | bigint | null,
    ]
    readonly row: {
      readonly reference: string
      readonly dataset: 'production' | 'staging'
      readonly serviceName: string
      readonly providerName: string
      readonly quarter: Quarter
      readonly kind:
        | 'people'
        | 'activities'
        | 'outcomes'
        | 'school'
        | 'adult-social-care'
        | 'housing'
        | 'police'
        | 'childrens-social-care'
        | 'community-health'
        | 'acute-care'
        | 'primary-care'
        | 'mental-health'
      readonly state:
        | 'received'
        | 'mapped'
        | 'checked'
        | 'accepted'
        | 'pseudonymised'
        | 'linked'
        | 'rejected'
        | 'withdrawn'
      readonly isBeingWithdrawn: boolean
      readonly rows: unknown
      readonly findings: unknown
      readonly receivedAt: Date
      readonly receivedBy: string
    }
  }
  'submissions/lock': {
    readonly parameters: readonly [submission: string | number | bigint | null]
    readonly row: null
  }
  'submissions/measure-file': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      submission: string | number | bigint | null,
    ]
    readonly row: {
      readonly records: number
      readonly facts: number
      readonly reachedByContacts: number
      readonly reachedByEnrolment: number
      readonly started: number
      readonly waits: number
      readonly longWaits: number
      readonly medianWait: number | null
      readonly waiting: number
      readonly completed: number
      readonly leftEarly: number
      readonly declined: number
    }
  }
  'submissions/owe-mail': {
    readonly parameters: readonly [kind: string | null, submission: string | number | bigint | null]
    readonly row: { readonly owed: string | null }
  }
  'submissions/read-account': {
    readonly parameters: readonly [reference: string | null]
    readonly row: {
      readonly reference: string
      readonly dataset: 'production' | 'staging'
      readonly serviceCode: string
      readonly serviceName: string
      readonly providerName: string
      readonly quarter: Quarter
      readonly kind:
        | 'people'
        | 'activities'
        | 'outcomes'
        | 'school'
        | 'adult-social-care'
        | 'housing'
        | 'police'
        | 'childrens-social-care'
        | 'community-health'
        | 'acute-care'
        | 'primary-care'
        | 'mental-health'
      readonly events: unknown
      readonly state:
        | 'received'
        | 'mapped'
        | 'checked'
        | 'accepted'
        | 'pseudonymised'
        | 'linked'
        | 'rejected'
        | 'withdrawn'
      readonly isBeingWithdrawn: boolean
      readonly rows: unknown
      readonly findings: unknown
      readonly findingCounts: unknown
      readonly receivedAt: Date
      readonly receivedBy: string
      readonly records: number | null
      readonly familyTies: number | null
      readonly fileBytes: number
      readonly fileHeld: boolean
      readonly epoch: number
      readonly counting: 'contacts' | 'active-enrolment'
      readonly reason: string | null
      readonly replaces: string | null
    }
  }
  'submissions/recall-records': {
    readonly parameters: readonly [
      submission: string | number | bigint | null,
      sourceRows: readonly (number | null)[] | null,
    ]
    readonly row: null
  }
  'submissions/reserve-record-ids': {
    readonly parameters: readonly [numberOfRecords: string | number | bigint | null]
    readonly row: { readonly first: string }
  }
  'submissions/return-habit': {
    readonly parameters: readonly [
      dataset: ('production' | 'staging') | null,
      submission: string | number | bigint | null,
      submissions: readonly (string | number | bigint | null)[] | null,
      epochsAnd: readonly (number | null)[] | null,
      clients: readonly (string | null)[] | null,
    ]
    readonly row: { readonly id: string; readonly clients: number; readonly returning: number }
  }
  'submissions/same-bytes-elsewhere': {
    readonly parameters: readonly [submission: string | number | bigint | null]
    readonly row: { readonly kind: string }
  }
  'submissions/try-lock-loading': {
    readonly parameters: readonly [submission: string | null]
    readonly row: { readonly held: boolean }
  }
  'support/claim-questions': {
    readonly parameters: readonly [today: Date | string | null, now: Date | null]
    readonly row: {
      readonly provider: string
      readonly questions: number
      readonly isReminder: boolean
    }
  }
  'support/service-level': {
    readonly parameters: readonly []
    readonly row: {
      readonly asked: number
      readonly answered: number
      readonly medianHours: number | null
      readonly inTwoDays: number
    }
  }
  'tables/analyze': { readonly parameters: readonly []; readonly row: null }
  'tables/analyze-kept': {
    readonly parameters: readonly [table: string | null, columns: readonly (string | null)[] | null]
    readonly row: { readonly done: unknown }
  }
  'tables/answer': {
    readonly parameters: readonly []
    readonly row: { readonly answers: boolean | null }
  }
  'tables/build-indexes': {
    readonly parameters: readonly [table: string | null]
    readonly row: { readonly done: unknown }
  }
  'tables/drop': { readonly parameters: readonly []; readonly row: null }
  'tables/is-empty': {
    readonly parameters: readonly []
    readonly row: { readonly is_empty: boolean }
  }
  'tables/list-columns': {
    readonly parameters: readonly []
    readonly row: {
      readonly table: number
      readonly tableName: string
      readonly attribute: number
      readonly notNull: boolean
      readonly checks: readonly string[] | null
    }
  }
  'tables/list-types': {
    readonly parameters: readonly []
    readonly row: {
      readonly oid: number
      readonly name: string
      readonly element: string | null
      readonly labels: readonly string[] | null
    }
  }
  'tables/read-clock': { readonly parameters: readonly []; readonly row: { readonly now: Date } }
  'tables/read-version': {
    readonly parameters: readonly []
    readonly row: { readonly version: string }
  }
  'tables/set-indexes-aside': {
    readonly parameters: readonly [table: string | null]
    readonly row: { readonly done: unknown }
  }
  'tables/truncate': { readonly parameters: readonly []; readonly row: null }
  'targets/insert-targets': {
    readonly parameters: readonly [
      services: readonly (string | null)[] | null,
      quarters: readonly (string | null)[] | null,
      indicators: readonly (string | null)[] | null,
      values: readonly (number | null)[] | null,
      who: string | null,
      when: Date | null,
    ]
    readonly row: null
  }
  'targets/lock-targets': {
    readonly parameters: readonly []
    readonly row: { readonly locked: unknown }
  }
  'targets/read-targets': {
    readonly parameters: readonly [quarter: string | null]
    readonly row: {
      readonly service: string
      readonly quarter: Quarter
      readonly indicator: string
      readonly value: number
      readonly set_by: string
      readonly set_at: Date
    }
  }
  'tokens/claim-ending': {
    readonly parameters: readonly [now: Date | null]
    readonly row: {
      readonly reference: string
      readonly service: string
      readonly serviceName: string
      readonly expiresAt: Date
      readonly madeBy: string
      readonly approvedBy: string
    }
  }
  'tokens/count-refusal': {
    readonly parameters: readonly [subject: string | null, now: Date | null]
    readonly row: { readonly refused: number }
  }
  'tokens/lock': {
    readonly parameters: readonly [reference: string | null]
    readonly row: { readonly id: string }
  }
}
