import type { Right } from '#server/identity/actors/actor.ts'

/** What needs two people: who may ask and approve, why it may be asked, and how long it serves. */
export interface ApprovalRule {
  /** Whoever approves has this right, and so has whoever asks where no other is named. */
  readonly right: Right
  /** What whoever asks has, where more people ask than approve. */
  readonly asking?: Right
  /** Codes of the reasons to choose from; their words are in lib/core/messages. */
  readonly reasons: readonly string[]
  /** Days after its approval within which it is used. */
  readonly usableDays: number
  /** Who does what was approved: the one who asked, with a fresh code, or a worker or the approval itself at once. */
  readonly doneBy: 'asker' | 'worker' | 'approval'
}

/** Days that a request waits for a second person. */
export const WAITING_DAYS = 7

/**
 * Days for which somebody who made another's account, or let its owner in again, is no second
 * person to them; nor are two of whom one and the same person did.
 */
export const APART_DAYS = 30

/**
 * Everything that is asked for and approved. Another line is another act of two people.
 */
export const APPROVAL_KINDS = {
  /** A token with which a service's files are sent by a program; its subject is the service. */
  'submission-token': {
    right: 'token.manage',
    reasons: ['scheduled-task', 'case-system', 'token-ends', 'token-lost'],
    usableDays: 7,
    doneBy: 'asker',
  },
  /** An administrator to be; the subject is a user, or the reference of one to be made. */
  'administrator-grant': {
    right: 'user.manage',
    reasons: ['new-colleague', 'other-duties', 'stands-in'],
    usableDays: 7,
    doneBy: 'asker',
  },
  /** A data protection officer to be; the subject is a user, or the reference of one to be made. */
  'officer-grant': {
    right: 'user.manage',
    reasons: ['new-officer', 'other-duties', 'stands-in'],
    usableDays: 7,
    doneBy: 'asker',
  },
  /** A disabled administrator let in again; the subject is the user. */
  'administrator-restore': {
    right: 'user.manage',
    reasons: ['back-again', 'disabled-by-mistake'],
    usableDays: 7,
    doneBy: 'asker',
  },
  /** A disabled data protection officer let in again; the subject is the user. */
  'officer-restore': {
    right: 'user.manage',
    reasons: ['back-again', 'disabled-by-mistake'],
    usableDays: 7,
    doneBy: 'asker',
  },
  /** A user's authenticator forgotten, so that they set up another; the subject is the user. */
  'factor-reset': {
    right: 'user.manage',
    reasons: ['app-lost', 'device-replaced'],
    usableDays: 1,
    doneBy: 'asker',
  },
  /** The source key in a key file; the subject is its epoch. */
  'source-key-export': {
    right: 'key.export',
    reasons: ['new-trust', 'key-file-lost', 'key-replaced'],
    usableDays: 1,
    doneBy: 'asker',
  },
  /** Another platform key; the subject is the programme. */
  'platform-key-rotation': {
    right: 'key.rotate',
    reasons: ['planned', 'may-be-known', 'staff-left'],
    usableDays: 1,
    doneBy: 'asker',
  },
  /** Another source key; the subject is the programme. */
  'source-key-rotation': {
    right: 'key.rotate',
    reasons: ['planned', 'may-be-known', 'staff-left'],
    usableDays: 1,
    doneBy: 'asker',
  },
  /** A service into production or out of it; its subject is the service. */
  'service-stage': {
    right: 'stage.change',
    reasons: ['checklist-passed', 'files-not-right', 'agreement-lacking', 'organisation-asked'],
    usableDays: 7,
    doneBy: 'asker',
  },
  /** Everything decided again as it was reported, maybe by another policy; the subject is the act of the report. */
  relink: {
    right: 'linkage.change',
    reasons: ['rules-better', 'to-compare', 'back-to-usual'],
    usableDays: 1,
    doneBy: 'worker',
  },
  /** A release made of a draft that was counted; the subject is the act of the draft. */
  release: {
    right: 'release.make',
    reasons: ['draft-counted'],
    usableDays: 1,
    doneBy: 'worker',
  },
  /** A release that anybody may read; the subject is its reference. */
  'release-publication': {
    right: 'release.make',
    reasons: ['to-publish'],
    usableDays: 1,
    doneBy: 'approval',
  },
  /** Words of a quarterly report signed off; the subject is its release. */
  report: {
    right: 'report.sign',
    asking: 'report.write',
    reasons: ['report-ready', 'report-fixed'],
    usableDays: 1,
    doneBy: 'approval',
  },
  /** A draft of the measurement framework put in force; its subject is the number of the version. */
  framework: {
    right: 'register.change',
    reasons: ['framework-agreed', 'framework-fixed'],
    usableDays: 1,
    doneBy: 'approval',
  },
  /** Other rules of when a source of a look-up is shown; its subject is the source. */
  'source-rules': {
    right: 'register.change',
    reasons: ['source-agreed', 'source-asked', 'rules-fixed'],
    usableDays: 1,
    doneBy: 'approval',
  },
  /** What is done about the records of a person who asked for it; its subject is their request. */
  'rights-request': {
    right: 'rights.handle',
    reasons: ['person-asked'],
    usableDays: 7,
    doneBy: 'worker',
  },
  /** A restriction of a person's records that is lifted; its subject is their request. */
  'restriction-lift': {
    right: 'rights.handle',
    // Source: UK GDPR, article 18(1) and (3): what a restriction waits for, and what ends it.
    reasons: ['person-asked', 'accuracy-settled', 'objection-settled', 'set-by-mistake'],
    usableDays: 7,
    doneBy: 'worker',
  },
  /** An extract for researchers; the subject is its reference. */
  'research-extract': {
    right: 'research.manage',
    reasons: ['project-asked'],
    usableDays: 7,
    doneBy: 'worker',
  },
} as const satisfies Record<string, ApprovalRule>

/** The name of a kind. */
export type ApprovalKind = keyof typeof APPROVAL_KINDS

/** The right of whoever asks for a kind. */
export function askingRight(kind: ApprovalKind): Right {
  const rule: ApprovalRule = APPROVAL_KINDS[kind]
  return rule.asking ?? rule.right
}

/** Whether a text is the name of a kind. */
export function isApprovalKind(text: string): text is ApprovalKind {
  return Object.hasOwn(APPROVAL_KINDS, text)
}

/** Why a second person refuses; their words are in lib/core/messages. */
export const REFUSAL_REASONS = ['not-needed', 'not-known', 'not-right', 'other-way'] as const

/** A code of REFUSAL_REASONS. */
export type RefusalReason = (typeof REFUSAL_REASONS)[number]
