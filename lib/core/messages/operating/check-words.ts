import type { ServerCode } from './refusals.ts'
import { stopWordsOf } from '#core/messages/words-of.ts'

/** A check of a programme that is run: what it is called, what it is for, and what to do where it is not met. */
interface CheckWords {
  readonly name: string
  readonly purpose: string
  readonly fix: string
}

/** What must be so before the first real file: the portal's list, and a part of what `countonce doctor` says. */
export const CHECKLIST_WORDS = {
  administrators: {
    name: 'Two administrators',
    purpose:
      'Keys, releases, other administrators and resets of authenticators take two people. One alone can do none of it.',
    fix: 'Have both set a password and an authenticator. An invitation can be sent again under Users.',
  },
  'keys-held': {
    name: 'Keys held by two people',
    purpose:
      'Without its keys the programme can never be continued, and a restored backup matches nobody. Two people keep a copy of them, apart from the data.',
    fix: 'Copy the key ring and the portal’s key to a place that two people reach, and name the two here.',
  },
  'backup-tested': {
    name: 'Backup tested',
    purpose: 'A backup that was never restored may not be one. Restore it once before it matters.',
    fix: 'Run countonce backup test on the server: it brings a backup back beside the programme, checks it, and leaves the day here.',
  },
  'mail-proven': {
    name: 'Mail arrives',
    purpose: 'Invitations, results and reminders go by mail. What is never received helps nobody.',
    fix: 'Send yourself a mail and enter the code that it holds.',
  },
  agreements: {
    name: 'Agreements',
    purpose: 'No file of a service is taken without a current agreement that covers it.',
    fix: 'Register an agreement for each service that sends files.',
  },
  postcodes: {
    name: 'Postcodes of the wards',
    purpose:
      'A person’s ward comes from the postcode in the file, when the file is read. What was read without postcodes has no ward for good.',
    fix: 'Download the ONS Postcode Directory, and run countonce postcodes import on the server. After a ward was split, import one that has the new codes.',
  },
  'privacy-notice': {
    name: 'Privacy notice',
    purpose:
      'The people in the files must be told what is done with their data. Each service tells them, and the programme publishes it.',
    fix: 'Publish the programme’s privacy notice and enter its address.',
  },
  anchors: {
    name: 'Audit trail anchored elsewhere',
    purpose:
      'Anchors show if somebody rewrites the whole audit trail. They are worth most where nobody of this installation can change them.',
    fix: 'Run a worker, and name storage with an immutability policy in ANCHOR_STORAGE.',
  },
} as const satisfies Record<string, CheckWords>

/** What `countonce doctor` looks at besides. */
export const DOCTOR_WORDS = {
  settings: {
    name: 'Address of the portal',
    purpose: 'Links in mails lead there, and forms are taken from there alone.',
    fix: 'Set COUNTONCE_ORIGIN to the https address that people open.',
  },
  database: {
    name: 'Database',
    purpose: 'Everything is kept there.',
    fix: 'Check DATABASE_URL, and that PostgreSQL 15 or later answers there.',
  },
  'database-tls': {
    name: 'Connection to the database',
    purpose: 'What goes over a network must be encrypted.',
    fix: 'Add sslmode=verify-full to DATABASE_URL.',
  },
  migrations: {
    name: 'Structure of the database',
    purpose: 'The program and the database must fit each other.',
    fix: 'Start the version that you mean to run once with the owner’s address: it brings the database up to date.',
  },
  logins: {
    name: 'Logins of the database',
    purpose:
      'Pages, workers, exact figures, the audit trail and releases each sign in as themselves.',
    fix: 'Run countonce migrate with the owner’s address, or make the roles by hand (docs/decisions/login-roles.md).',
  },
  keys: {
    name: 'Keys',
    purpose: 'They are the whole protection.',
    fix: 'Read what the fault says: the keys are missing, weak, open to others, or lie with the data.',
  },
  mail: {
    name: 'Mail server',
    purpose: 'Mails leave through it.',
    fix: 'Check SMTP_URL, its password, and that this machine may reach it.',
  },
  storage: {
    name: 'Storage of files',
    purpose: 'Files lie there, sealed, while they are held.',
    fix: 'Check BLOB_STORAGE, or that the data folder can be written.',
  },
  clock: {
    name: 'Clock',
    purpose: 'One-time codes, links and deadlines go by it.',
    fix: 'Let this machine and the database set their clocks by the network (NTP).',
  },
  disk: {
    name: 'Space',
    purpose: 'A full disk stops uploads and the embedded database.',
    fix: 'Make room for the data folder.',
  },
  versions: {
    name: 'Versions',
    purpose: 'Older versions have known flaws.',
    fix: 'Install the packages anew with npm ci, under Node 24.',
  },
} as const satisfies Record<string, CheckWords>

/** A check of the portal's list. */
export type ChecklistCode = keyof typeof CHECKLIST_WORDS

/** Any check. */
export type CheckCode = ChecklistCode | keyof typeof DOCTOR_WORDS

/** What a person reads of a check. */
export function checkWords(code: CheckCode): CheckWords {
  return { ...CHECKLIST_WORDS, ...DOCTOR_WORDS }[code]
}

/** Faults that say only that something failed: what the check is for says more. */
const OF_ANYTHING: ReadonlySet<ServerCode> = new Set([
  ...(['unexpected', 'database-gone', 'database-busy', 'database-refused'] as const),
])

/** What to do where a check is not met: where a fault ended it, what fixes that fault. */
export function fixOfCheck(code: CheckCode, fault?: ServerCode): string {
  if (fault === undefined || OF_ANYTHING.has(fault)) return checkWords(code).fix
  const { title, fix } = stopWordsOf(fault)
  return `${title} ${fix}`
}
