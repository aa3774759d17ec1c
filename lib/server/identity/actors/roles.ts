import type { RightCode } from '#core/messages/accounts/right-words.ts'
import type { Purpose } from '#core/purpose/purposes.ts'

/** A role: what it is called, and whether its people belong to one organisation. */
export interface Role {
  readonly name: string
  /** Said where a role is chosen. */
  readonly hint: string
  /** Whose rows they reach: their own organisation's, or the programme's. */
  readonly of: 'provider' | 'programme'
  /** What a deployment must be for to have people of it; both where it is not said. */
  readonly in?: Purpose
}

/** The roles, by the code that the database keeps. */
export const ROLES = {
  provider: {
    name: 'Provider lead',
    hint: 'Sends the files of one organisation, sees only those, and manages its tokens.',
    of: 'provider',
  },
  uploader: {
    name: 'Provider uploader',
    hint: 'Sends the files of one organisation and sees only those.',
    of: 'provider',
  },
  analyst: {
    name: 'Analyst',
    hint: 'Reads the programme’s figures.',
    of: 'programme',
    in: 'reach',
  },
  reviewer: {
    name: 'Reviewer',
    hint: 'Decides whether two records are the same person.',
    of: 'programme',
  },
  administrator: {
    name: 'Administrator',
    hint: 'Manages users and services. Another administrator must agree.',
    of: 'programme',
  },
  officer: {
    name: 'Data protection officer',
    hint: 'Answers requests about people’s own data. Reads and checks the audit trail.',
    of: 'programme',
  },
  auditor: {
    name: 'Auditor',
    hint: 'Reads and checks the audit trail.',
    of: 'programme',
  },
  practitioner: {
    name: 'Practitioner',
    hint: 'Looks up which services are involved with the person in front of them.',
    of: 'provider',
    in: 'look-up',
  },
  manager: {
    name: 'Look-up manager',
    hint: 'Watches over look-ups, checks samples of them, and says who may open which source.',
    of: 'programme',
    in: 'look-up',
  },
} as const satisfies Record<string, Role>

type RoleCode = keyof typeof ROLES

/** A right is held outright, or only with leave to see exact figures. */
type Held = 'holds' | 'with leave'

/**
 * The one table of roles and rights: pages, server functions, menus and the tests of every route
 * follow from it. What a line does not name, a role does not hold.
 */
export const RIGHTS = {
  'submission.send': { provider: 'holds', uploader: 'holds' },
  'submission.see': { provider: 'holds', uploader: 'holds', administrator: 'holds' },
  'submission.withdraw-own': { provider: 'holds', uploader: 'holds' },
  'submission.withdraw-any': { administrator: 'holds' },
  'hasher.get': { provider: 'holds', uploader: 'holds', administrator: 'holds' },
  'token.manage': { provider: 'holds', administrator: 'holds' },
  'reach.see': { analyst: 'holds', administrator: 'holds' },
  'report.write': { analyst: 'holds', administrator: 'holds' },
  'report.sign': { administrator: 'holds' },
  'exact.see': { analyst: 'with leave', administrator: 'with leave' },
  'doubt.see': { analyst: 'with leave', reviewer: 'holds', administrator: 'holds' },
  'doubt.decide': { reviewer: 'holds', administrator: 'holds' },
  'linkage.change': { administrator: 'holds' },
  'register.see': { administrator: 'holds' },
  'register.change': { administrator: 'holds' },
  'stage.change': { administrator: 'holds' },
  'question.see': {
    ...{ provider: 'holds', uploader: 'holds' },
    ...{ administrator: 'holds', reviewer: 'holds' },
  },
  'look-up.ask': { practitioner: 'holds' },
  'look-up.watch': { manager: 'holds', officer: 'holds' },
  'support.answer': { administrator: 'holds' },
  'release.make': { administrator: 'holds' },
  'user.manage': { administrator: 'holds' },
  'key.export': { administrator: 'holds' },
  'key.rotate': { administrator: 'holds' },
  'system.see': { administrator: 'holds' },
  'audit.see': { administrator: 'holds', officer: 'holds', auditor: 'holds' },
  'approval.see': { provider: 'holds', administrator: 'holds', officer: 'holds' },
  'rights.handle': { officer: 'holds' },
  'research.manage': { administrator: 'holds', officer: 'holds' },
  'retention.see': { administrator: 'holds', officer: 'holds' },
  'retention.hold': { officer: 'holds' },
} as const satisfies Record<RightCode, Readonly<Partial<Record<RoleCode, Held>>>>
