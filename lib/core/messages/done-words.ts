/** What is told on the page that somebody comes to when something was done for them. */
const DONE = {
  user: {
    'link-sent': 'We will email them a link to set a password.',
    disabled: 'The user is disabled and signed out.',
    enabled: 'The user may sign in again.',
    'owner-named': 'They are an owner. They are mailed the report of each quarter.',
    'owner-relieved': 'They are no owner any more.',
    'factor-reset': 'The authenticator app is reset. We will tell them by email.',
    'administrator-grant': 'They are an administrator. We will tell them by email.',
    'administrator-restore': 'They may sign in again. We will tell them by email.',
    'officer-grant': 'They are a data protection officer. We will tell them by email.',
    'officer-restore': 'They may sign in again. We will tell them by email.',
  },
  request: {
    asked: 'You asked. Somebody else must approve it; we tell them by email.',
    approved: 'The request is approved. Whoever asked for it can go on.',
    refused: 'The request is refused.',
    withdrawn: 'The request is taken back.',
  },
  token: {
    revoked: 'The token is revoked. Nothing can be sent with it any more.',
  },
  register: {
    added: 'It was added.',
    changed: 'The change was saved.',
  },
  framework: {
    saved: 'The draft was saved. Nothing is in force yet.',
    asked: 'You asked. Another administrator must approve it; we tell them by email.',
    'in-force': 'The new version is in force.',
    'given-up': 'The draft was given up. What is in force stays.',
  },
  rules: {
    asked: 'You asked. Another administrator must approve it; we tell them by email.',
    'in-force': 'The new rules are in force.',
  },
  report: {
    written:
      'The words were saved as a new version. It is a draft until somebody else signs it off.',
    asked: 'You asked. Another person must sign it off; we tell them by email.',
    signed: 'The report is signed off.',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>

/** What was done, in words; undefined for a code of nothing, as somebody may type it into an address. */
export function doneWords(about: keyof typeof DONE, code: string): string | undefined {
  return Object.entries(DONE[about]).find(([known]) => known === code)?.[1]
}
