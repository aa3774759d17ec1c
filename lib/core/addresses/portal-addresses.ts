import type { FileKind } from '#core/standard/further-fields.ts'

/** Where a file is sent for, and what its rows are about: people and service use where it is not said. */
export interface PlaceOfUpload {
  readonly service: string
  readonly quarter: string
  readonly kind?: FileKind | undefined
}

/** Of people and service use, which most files are, an address says nothing. */
function kindIn(kind: FileKind | undefined): { readonly kind?: FileKind } {
  return kind === undefined || kind === 'people' ? {} : { kind }
}

/**
 * Every address of the portal, built here and nowhere else: links, redirects, the targets of forms,
 * what scripts fetch, and the links in mails.
 */
export const addresses = {
  home: '/',
  icon: '/favicon.svg',
  privacy: '/privacy',
  /** What is held about people by the programme and how to object, for anybody; and the same in short words. */
  aboutYourData: '/about-your-data',
  aboutYourDataEasy: '/about-your-data/easy-read',

  signIn: '/sign-in',
  signInCode: '/sign-in/code',
  signInEnrol: '/sign-in/enrol',
  signInRecoveryCode: '/sign-in/recovery-code',
  forgottenPassword: '/sign-in/forgotten-password',
  /** Where the form of who signs on at their organisation goes, and from there to next-auth's own route. */
  signOn: '/sign-in/organisation',
  beginSignOn: '/api/auth/signin/organisation',
  setPassword: '/set-password',
  signOut: '/sign-out',

  account: '/account',
  ownPassword: '/account/password',
  /** Where somebody connects their organisation's account with theirs. */
  connectSignOn: '/account/organisation',
  recoveryCodes: '/account/recovery-codes',
  ownSessions: '/account/sessions',
  /** Where somebody who has another second factor adds an authenticator app. */
  ownApp: '/account/app',
  passkeys: '/account/passkeys',
  newPasskey: '/account/passkeys/new',
  removePasskey: (passkey: string) => withQuery('/account/passkeys/remove', { passkey }),
  /** What a passkey is asked to sign: for an act, by somebody signed in; when it is made; and at sign-in. */
  passkeyChallenge: '/account/passkeys/challenge',
  newPasskeyChallenge: '/account/passkeys/new/challenge',
  signInChallenge: '/sign-in/code/challenge',
  /** How long the session goes on; a post is use of it. */
  session: '/account/session',

  /** What a file may hold, with its template and dictionary. */
  standard: '/standard',
  standardFile: (name: string) => `/standard/${name}`,
  /** What the hasher is, and where to get it. */
  hasher: '/hasher',
  hasherFile: (name: string) => `/hasher/${name}`,

  /** A provider's services and quarters. */
  send: '/send',
  /** How the quarters of one of a provider's services went, by its own files. */
  ownService: (service: string) => `/send/${service}`,
  /** What was sent for a service and quarter. */
  history: (service: string, quarter: string) => `/send/${service}/${quarter}`,
  /**
   * Where a file is chosen; `problem` says why the last one was not taken, `detail` with which
   * numbers and headings.
   */
  upload: (
    { service, quarter, kind }: PlaceOfUpload,
    problem?: string,
    detail: Readonly<Record<string, string | number>> = {},
  ) => withQuery(`/send/${service}/${quarter}/upload`, { ...detail, ...kindIn(kind), problem }),
  /** Where a file is chosen that takes the place of one that was checked and not submitted. */
  uploadInstead: ({ service, quarter, kind }: PlaceOfUpload, instead: string) =>
    withQuery(`/send/${service}/${quarter}/upload`, { ...kindIn(kind), instead }),
  /** Where a provider says that nobody was reached. */
  nobody: (service: string, quarter: string) => `/send/${service}/${quarter}/nobody`,
  /** Where the file itself goes; `instead` is the checked file whose place it takes. */
  uploadedFile: ({ service, quarter, kind }: PlaceOfUpload, instead?: string) =>
    withQuery(`/send/${service}/${quarter}/file`, { ...kindIn(kind), instead }),

  /** A step of a file on its way to the figures. */
  step: (reference: string, step: FileStep) => `/files/${reference}/${step}`,
  /** Where rules for filling gaps are listed, and one of a kind is added. */
  fill: (reference: string, add?: string) => withQuery(`/files/${reference}/fill`, { add }),
  /** The columns to be matched with a few of their values shown, to who uploaded the file. */
  matchShown: (reference: string) => withQuery(`/files/${reference}/match`, { show: 'values' }),
  /** The columns to be matched, at the box that adds one for a field. */
  addColumn: (reference: string, field: string) =>
    `${withQuery(`/files/${reference}/match`, { add: field })}#add-${field}`,
  /** What was found, with a few values of the columns that it names. */
  checkShown: (reference: string) => withQuery(`/files/${reference}/check`, { show: 'values' }),
  /** The rows of a finding. */
  rows: (
    reference: string,
    { code, field }: { readonly code: string; readonly field: string },
    page = 1,
  ) => withQuery(`/files/${reference}/check/rows`, { code, field, page }),
  /** Where a file is corrected in the browser, at some of its rows. */
  correct: (
    reference: string,
    rows: {
      readonly show?: string
      readonly code?: string
      readonly field?: string
      readonly page?: number
    } = {},
  ) => withQuery(`/files/${reference}/check/correct`, rows),
  /** The same for one row, by its number from 1 below the headings. */
  correctRow: (reference: string, row: number) => `/files/${reference}/check/correct/${row}`,
  /** The rows themselves, for the page that shows them. */
  rowsToCorrect: (reference: string) => `/files/${reference}/check/correct/rows`,
  /** The provider's own file as it is corrected. */
  correctedFile: (reference: string, format: 'csv' | 'xlsx') =>
    withQuery(`/files/${reference}/check/correct/file`, { format }),
  /** The provider's own file with its findings. */
  findingsFile: (reference: string) => `/files/${reference}/check/findings`,
  /** How far a job is, for the page that watches it. */
  progressState: (reference: string) => `/files/${reference}/progress/state`,
  /** Taking a file out of the figures. */
  withdraw: (reference: string) => `/files/${reference}/withdraw`,

  /** What is done to a service's file, and the same as a document. */
  treatment: (service: string) => `/treatment/${service}`,
  treatmentFile: (service: string) => `/treatment/${service}/file`,
  /** The mapping of its last file, for the hasher and the command line. */
  mappingFile: (service: string) => `/treatment/${service}/mapping`,

  /** Tokens of programs that send files. */
  tokens: '/tokens',
  /** Requests that need a second person, and one request. */
  approvals: '/approvals',
  approval: (request: string) => `/approvals/${request}`,
  /** Where a program sends a file. */
  sentFile: (service: string, quarter: string) => `/api/submissions/${service}/${quarter}`,
  /** What became of it, for the program. */
  sentState: (service: string, quarter: string, reference: string) =>
    `/api/submissions/${service}/${quarter}/${reference}`,

  /** What anybody may read without signing in: the releases there are, one of them, and its files. */
  published: '/published',
  publishedRelease: (reference: string) => `/published/${reference}`,
  publishedFile: (reference: string, name: string) => `/published/${reference}/${name}`,
  /** The page with which anybody checks signed figures, for those who do not sign in. */
  publishedVerifier: '/published/count-once-verifier.html',

  reach: '/reach',
  reachDownload: '/reach/download',
  /** How the programme did in a quarter, from releases. */
  dashboard: '/reach/programme',
  /** How scores changed, by outcome, from releases. */
  impact: '/reach/impact',
  /** The quarterly report of a release: its words, who signed it off, and its files. */
  reachReport: (release: string) => `/reach/report/${release}`,
  /** The report itself; `form` is read, html or xlsx. */
  reachReportFile: (release: string, form: 'read' | 'html' | 'xlsx') =>
    `/reach/report/${release}/${form}`,
  /** The page with which anybody checks signed figures, as a file. */
  verifier: '/reach/verifier',
  exactReach: '/reach/exact',
  overlap: '/reach/overlap',
  /** How services were used: waits, contacts, how use ended, which service came next. */
  use: '/reach/use',
  /** Services as rows, indicators of one quarter as columns. */
  scorecard: '/reach/scorecard',
  /** The same as a file. */
  scorecardFile: (asked: Readonly<Record<string, string>>) =>
    withQuery('/reach/scorecard/file', asked),
  /** How one service did in a quarter. */
  serviceQuarter: (service: string, quarter = '') =>
    withQuery(`/reach/services/${service}`, { quarter }),
  pathways: '/reach/pathways',
  wards: '/reach/wards',
  notReached: '/reach/not-reached',
  /** The tables of one of the pages of figures as a file; `form` is csv or xlsx. */
  reachFile: (page: string, asked: Readonly<Record<string, string>>) =>
    withQuery(`/reach/file/${page}`, asked),
  /** How good the files of every service were, quarter by quarter. */
  quality: '/reach/quality',
  method: '/reach/method',

  doubts: '/doubts',
  decideDoubt: '/doubts/decide',
  decisions: '/doubts/decisions',
  /** What samples tell of links and decisions, and the next pair to be checked. */
  checks: '/doubts/checks',
  checkPair: '/doubts/checks/pair',
  explain: '/doubts/explain',

  /** By which policy people are linked; what another would change, and the same as a file. */
  linkage: '/programme/linkage',
  linkageReport: (act: string) => withQuery('/programme/linkage', { report: act }),
  linkageReportFile: (act: string) => withQuery('/programme/linkage/file', { report: act }),

  /** The register, the entries of a kind, and one entry. */
  register: '/programme/register',
  registerKind: (kind: string) => `/programme/register/${kind}`,
  registerEntry: (kind: string, code: string) => `/programme/register/${kind}/${code}`,
  /** Where a register is brought in as one file, and the file that it is taken out as. */
  importRegister: '/programme/register/import',
  registerFile: '/programme/register/file',
  /** Where somebody says that something is wrong, and what the programme is told and answers. */
  support: '/support',
  supportQueue: '/support/queue',
  /** How the work of a quarter went, and the same as a file. */
  managementReport: '/programme/report',
  managementReportFile: '/programme/report/file',
  /** When files are due and who is late. */
  calendar: '/programme/calendar',
  /** Where each service is on its way into the figures. */
  board: '/programme/board',
  boardCard: (service: string) => `/programme/board/${service}`,
  /** What a provider is asked, and what it was told of its files. */
  inbox: '/inbox',
  /** What scores are of: the framework in force or an earlier version, as a file, and its draft with one entry of that. */
  framework: '/programme/framework',
  frameworkVersion: (version: number) => withQuery('/programme/framework', { version }),
  frameworkFile: (version: number) => withQuery('/programme/framework/file', { version }),
  frameworkDraft: '/programme/framework/draft',
  frameworkEntry: (part: string, code?: string) =>
    withQuery(`/programme/framework/draft/${part}`, { code }),
  importFramework: '/programme/framework/import',
  /** What services aim at in a quarter; of one service; as a file. */
  targets: '/programme/targets',
  serviceTargets: (service: string, quarter: string) =>
    withQuery(`/programme/targets/${service}`, { quarter }),
  targetsFile: '/programme/targets/file',
  importTargets: '/programme/targets/import',
  /** What is processed, by whom and on which basis, to be printed. */
  governance: '/programme/governance',
  services: '/programme/services',
  service: (service: string) => `/programme/services/${service}`,
  submissions: '/programme/submissions',
  submission: (reference: string) => `/programme/submissions/${reference}`,
  withdrawSubmission: (reference: string) => `/programme/submissions/${reference}/withdraw`,

  releases: '/releases',
  newRelease: '/releases/new',
  /** Whether anybody may read a release, and the way to that. */
  release: (reference: string) => `/releases/${reference}`,
  releaseDraft: (draft: string) => `/releases/drafts/${draft}`,

  users: '/users',
  newUser: '/users/new',
  /** Where somebody new is asked for whose role takes two people. */
  askNewUser: (kind: string) => withQuery('/users/new/ask', { kind }),
  user: (user: string) => `/users/${user}`,
  /** Where something about a user is asked for that takes two people. */
  askAboutUser: (user: string, kind: string) => withQuery(`/users/${user}/ask`, { kind }),

  /** What is missing before the first real file, and where one line of it is confirmed. */
  checklist: '/programme/checklist',
  confirmCheck: (check: string) => `/programme/checklist/${check}`,
  /** What people ask about their own data; where one is written down; one of them, and its letter. */
  rights: '/rights',
  newRights: '/rights/new',
  rightsRequest: (reference: string) => `/rights/${reference}`,
  findPerson: (reference: string) => `/rights/${reference}/find`,
  accessLetter: (reference: string) => `/rights/${reference}/letter`,
  accessLetterFile: (reference: string) => `/rights/${reference}/letter/file`,
  /** Pieces of research; where one is written down; one of them; an extract's sealed file, and who has left it. */
  research: '/research',
  newResearch: '/research/new',
  researchProject: (reference: string) => `/research/${reference}`,
  researchExtract: (reference: string) => `/research/extracts/${reference}`,
  extractFile: (reference: string) => `/research/extracts/${reference}/file`,
  extractRemovals: (reference: string) => `/research/extracts/${reference}/removals`,
  /** Who is involved with a person: the form, what it answered, and what a practitioner reads first. */
  lookUp: '/look-up',
  lookUpAnswer: (reference: string) => `/look-up/${reference}`,
  lookUpGuidance: '/look-up/guidance',
  /** What each source shows and when. */
  lookUpSources: '/look-up/sources',
  /** Who looked whom up, as a file, and one of these look-ups; who looked up a person that is typed. */
  lookUps: '/look-up/watch',
  lookUpsFile: (asked: Readonly<Record<string, string>>) => withQuery('/look-up/watch/file', asked),
  watchedLookUp: (reference: string) => `/look-up/watch/${reference}`,
  lookUpsOfPerson: '/look-up/watch/person',
  /** When each source is shown, and the rules of one, which two people change. */
  lookUpRules: '/look-up/rules',
  rulesOfSource: (source: string) => `/look-up/rules/${source}`,
  /** Who may open which source; how much look-ups were used, and the same as a file. */
  lookUpGrants: '/look-up/grants',
  lookUpMeasures: '/look-up/measures',
  lookUpMeasuresFile: '/look-up/measures/file',
  /** How long everything is kept, what goes next, and what stops it. */
  retention: '/retention',
  audit: '/audit',
  system: '/system',
} as const

/** The pages of a file, in the order of its way. */
const FILE_STEPS = [
  ...(['read', 'shape', 'match', 'values'] as const),
  ...(['check', 'answers', 'progress', 'result'] as const),
] as const

/** A page of a file. */
export type FileStep = (typeof FILE_STEPS)[number]

/** An address with these values as its query; those that are empty are left out. */
export function withQuery(
  address: string,
  values: Readonly<Record<string, string | number | undefined>>,
): string {
  const query = new URLSearchParams(
    Object.entries(values)
      .map(([name, value = '']) => [name, String(value)])
      .filter(([, value]) => value !== ''),
  )
  return query.size === 0 ? address : `${address}?${query.toString()}`
}

/**
 * Whether this is a page of a provider's way with a file: the only ones that signing in leads back
 * to.
 */
export function isSendersAddress(given: string): boolean {
  return /^\/(send|files)\/[A-Za-z0-9/_-]{1,200}(\?kind=(activities|outcomes))?$/.test(given)
}

/** The first words of addresses; what a stranger types is never one that is not here. */
const AREAS = new Set([
  'api',
  'files',
  ...Object.values(addresses).flatMap((address) =>
    typeof address === 'string' ? [firstWord(address)] : [],
  ),
])

/** In which part of the portal an address lies, in a word of ours; `other` for any other. */
export function areaOf(path: string): string {
  const area = firstWord(path)
  return area !== '' && AREAS.has(area) ? area : 'other'
}

/** Every word of an address that is ours. */
const WORDS = new Set(
  [
    ...Object.values<string | ((...given: readonly string[]) => string)>(addresses as never),
    ...FILE_STEPS.map((step) => addresses.step('', step)),
  ].flatMap((address) =>
    wordsIn(typeof address === 'string' ? address : address('0', '0', '0', '0')),
  ),
)

/** The page of an address in words of ours, without what is in it of anybody: `/files/check`. */
export function pageNameOf(path: string): string {
  return `/${wordsIn(path)
    .filter((word) => WORDS.has(word))
    .slice(0, 3)
    .join('/')}`
}

function wordsIn(path: string): string[] {
  return (path.split(/[?#]/)[0] ?? '').split('/').filter((word) => /^[a-z][a-z-]{0,30}$/.test(word))
}

function firstWord(path: string): string {
  return /^\/([a-z-]*)/.exec(path)?.[1] ?? ''
}
