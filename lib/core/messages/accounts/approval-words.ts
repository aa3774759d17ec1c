/**
 * The words of what takes two people: what a request is called, why one is asked for and why one is
 * refused. Kinds and codes are those of lib/server/identity/approvals.
 */

/** A request in words. */
interface RequestWords {
  /** As a heading and in a list. */
  readonly title: string
  /** What somebody did who asked: "Ada Administrator asked …". */
  readonly asked: string
  /** What whoever approves ought to know. */
  readonly warning: string
}

/** Each kind of request in words. */
export const APPROVAL_WORDS_OF = {
  'submission-token': {
    title: 'Token for automated submission',
    asked: 'asked for a token with which a program sends files',
    warning: 'Whoever has the token can send files for this service.',
  },
  'administrator-grant': {
    title: 'New administrator',
    asked: 'asked that somebody become an administrator',
    warning:
      'An administrator manages users and services, and is a second person for other requests.',
  },
  'officer-grant': {
    title: 'New data protection officer',
    asked: 'asked that somebody become a data protection officer',
    warning:
      'A data protection officer finds people by what is typed, and is a second person for what is done about their records.',
  },
  'administrator-restore': {
    title: 'Administrator to be let in again',
    asked: 'asked that a disabled administrator be let in again',
    warning: 'Find out why the account was disabled before you approve it.',
  },
  'officer-restore': {
    title: 'Data protection officer to be let in again',
    asked: 'asked that a disabled data protection officer be let in again',
    warning: 'Find out why the account was disabled before you approve it.',
  },
  'factor-reset': {
    title: 'Reset of an authenticator app',
    asked: 'asked that somebody’s authenticator app be reset',
    warning: 'Make sure that it is really the user who lost it, by voice or in person.',
  },
  'source-key-export': {
    title: 'Export of the source key',
    asked: 'asked to export the source key',
    warning:
      'Whoever has the key can try every NHS number. Check with whoever asked, by voice, for which trust it is.',
  },
  'platform-key-rotation': {
    title: 'New platform key',
    asked: 'asked for a new platform key',
    warning: 'Everything stored is carried forward to the new key. No figure changes.',
  },
  'source-key-rotation': {
    title: 'New source key',
    asked: 'asked for a new source key',
    warning: 'Every trust that has the present key needs the new one before its next file.',
  },
  'service-stage': {
    title: 'Service into production or out of it',
    asked: 'asked that a service be moved into production or out of it',
    warning: 'In production its files count in every figure. Look at its checklist first.',
  },
  relink: {
    title: 'Everybody decided again',
    asked: 'asked that everybody be decided again, as a report says',
    warning:
      'Links and every figure change as the report says. Releases that were made stay as they are.',
  },
  release: {
    title: 'Release of figures',
    asked: 'asked for a release of figures',
    warning: 'Once a release is made it is never changed or withdrawn.',
  },
  'release-publication': {
    title: 'Release for everybody to read',
    asked: 'asked that everybody may read a release',
    warning:
      'Anybody can read and keep these figures from then on. Withdrawing them does not take back what others have kept.',
  },
  report: {
    title: 'Quarterly report to be signed off',
    asked: 'asked for the words of a quarterly report to be signed off',
    warning:
      'Read the whole report first. It is then the programme’s word: a later change needs another sign-off.',
  },
  framework: {
    title: 'New version of the measurement framework',
    asked: 'asked that a new version of the measurement framework be put in force',
    warning:
      'Scores of files that come from then on are checked against it. Scores that are there keep the version they were read by.',
  },
  'source-rules': {
    title: 'Other rules of when a source is shown',
    asked: 'asked for other rules of when a source is shown to practitioners',
    warning:
      'Practitioners are shown what these rules say from then on, and data that are older than they are kept are removed. Approve them only if the source’s controller agreed.',
  },
  'rights-request': {
    title: 'Request of a person about their own data',
    asked: 'asked for a second officer about the request of a person',
    warning:
      'Look at every record that is picked. Where they ask for erasure or object, these are gone, and so are held files that are to be sent again: if organisations are at work, approve it in the evening.',
  },
  'restriction-lift': {
    title: 'Restriction to be lifted',
    asked: 'asked that a restriction of a person’s records be lifted',
    warning:
      'The records count again, and so do those of later files. The person has to be told before it is lifted.',
  },
  'research-extract': {
    title: 'Extract for researchers',
    asked: 'asked for an extract of people for a project of research',
    warning:
      'Look at the project and at what is asked for. What is given out cannot be taken back; everything in it is shared by five people at least.',
  },
} as const satisfies Record<string, RequestWords>

/** Why something is asked for, by its code. */
export const ASKING_REASONS: Readonly<Record<string, string>> = {
  'scheduled-task': 'A scheduled task will send the files',
  'case-system': 'Our own system will send the files',
  'token-ends': 'The present token ends soon',
  'token-lost': 'The present token was lost or may be known to others',
  'new-colleague': 'They are new and will look after the portal',
  'new-officer': 'They are new and will answer people’s requests',
  'other-duties': 'They take over duties of somebody else',
  'stands-in': 'They stand in for somebody who is away',
  'back-again': 'They have come back',
  'disabled-by-mistake': 'The account was disabled by mistake',
  'app-lost': 'They lost their authenticator app',
  'device-replaced': 'They have a new phone or computer',
  'new-trust': 'A trust is given the key for the first time',
  'key-file-lost': 'A trust lost its key file',
  'key-replaced': 'The source key was replaced',
  planned: 'It was planned',
  'may-be-known': 'The present key may be known to others',
  'staff-left': 'Somebody who could reach the present key has left',
  'rules-better': 'The program’s rules are better than those that the links were made by',
  'to-compare': 'To compare with the programme’s earlier way of counting',
  'back-to-usual': 'To go back to the usual policy',
  'draft-counted': 'A draft was counted',
  'checklist-passed': 'Its checklist is passed',
  'files-not-right': 'Its files are not right',
  'agreement-lacking': 'Its agreement is not in order',
  'organisation-asked': 'Its organisation asked for it',
  'person-asked': 'The person asked for it',
  'accuracy-settled': 'It is settled whether what is held is right',
  'objection-settled': 'It is settled whether what they objected to goes on',
  'set-by-mistake': 'It was set by mistake',
  'project-asked': 'The project asked for it',
  'framework-agreed': 'The programme and its services agreed to it',
  'framework-fixed': 'Something in the present version is not right',
  'source-agreed': 'The source’s controller agreed to it',
  'source-asked': 'The source’s controller asked for it',
  'rules-fixed': 'Something in the present rules is not right',
  'to-publish': 'The programme publishes its figures',
  'report-ready': 'The report is ready',
  'report-fixed': 'Something in the signed report was put right',
}

/** Why a request is refused, by its code. */
export const REFUSING_REASONS: Readonly<Record<string, string>> = {
  'not-needed': 'It is not needed',
  'not-known': 'I do not know why it was asked for',
  'not-right': 'Something in it is not right',
  'other-way': 'It will be done another way',
}
