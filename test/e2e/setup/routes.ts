import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { PortalBuild } from '#server/portal/serving/build-portal.ts'

/**
 * Who may open what: one line for every page, route handler and server action of the build. What a
 * build has and this list has not fails the tests of the matrix, so that nothing is added without
 * saying whose it is.
 */

/** Who asks. */
export const ASKERS = [
  'nobody',
  'between password and code',
  'provider',
  'other provider',
  'analyst',
  'administrator',
] as const

export type Asker = (typeof ASKERS)[number]

/** Those with a session. */
export const SIGNED_IN = ['provider', 'other provider', 'analyst', 'administrator'] as const

/** Things of the programme that addresses and forms name. */
export interface Subjects {
  /** A checked submission of `provider`. */
  readonly submission: string
  /** A finding of it. */
  readonly finding: string
  /** A submission in the figures. */
  readonly linked: string
  /** A draft of a release, and the release made of it. */
  readonly draft: string
  readonly release: string
  /** An export of the source key that the administrator asked for. */
  readonly keyExport: string
  /** A request for a token of a service of nobody here, which the administrator asked for. */
  readonly tokenRequest: string
  /** Ids of users. */
  readonly administrator: string
  readonly otherProvider: string
}

/** A page or route handler: who may have it, and an address of it. */
export interface Route {
  readonly who: readonly Asker[]
  readonly path: (subjects: Subjects) => string
  /** How a handler is called when it is not read. */
  readonly method?: 'POST' | 'PUT'
  /** It is a program's, with a token: whoever is signed in is nobody there. */
  readonly byToken?: true
}

const ANYBODY = ASKERS
const PROVIDERS = ['provider', 'other provider'] as const
const OWNER = ['provider'] as const
const MANAGERS = ['provider', 'other provider', 'administrator'] as const
const READERS = ['analyst', 'administrator'] as const
const ADMINISTRATORS = ['administrator'] as const
/** A person between password and code, and for what happens to be open to them, everybody. */
const SIGNING_IN = ['between password and code'] as const

const at =
  (path: string): Route['path'] =>
  () =>
    path
const step =
  (name: string): Route['path'] =>
  ({ submission }) =>
    `/files/${submission}/${name}`

/** Every page and route handler by its name in the build. */
export const ROUTES: Readonly<Record<string, Route>> = {
  '/page': { who: SIGNED_IN, path: at('/') },
  '/privacy/page': { who: ANYBODY, path: at('/privacy') },
  '/sign-in/page': { who: ANYBODY, path: at('/sign-in') },
  '/sign-in/code/page': { who: SIGNING_IN, path: at('/sign-in/code') },
  // For who has no app yet; who has one is led to the page of its code.
  '/sign-in/enrol/page': { who: [], path: at('/sign-in/enrol') },
  '/sign-in/recovery-code/page': { who: SIGNING_IN, path: at('/sign-in/recovery-code') },
  '/sign-in/forgotten-password/page': { who: ANYBODY, path: at('/sign-in/forgotten-password') },
  '/set-password/page': { who: ANYBODY, path: at('/set-password?link=none') },
  '/sign-out/page': { who: SIGNED_IN, path: at('/sign-out') },
  '/api/auth/[...nextauth]/route': { who: ANYBODY, path: at('/api/auth/csrf') },
  '/account/page': { who: SIGNED_IN, path: at('/account') },
  '/account/password/page': { who: SIGNED_IN, path: at('/account/password') },
  '/account/recovery-codes/page': { who: SIGNED_IN, path: at('/account/recovery-codes') },
  '/standard/page': { who: SIGNED_IN, path: at('/standard') },
  '/standard/[file]/route': {
    who: SIGNED_IN,
    path: at('/standard/count-once-template-v1.xlsx'),
  },
  '/hasher/page': { who: ['provider', 'other provider', 'administrator'], path: at('/hasher') },
  '/hasher/[file]/route': {
    who: ['provider', 'other provider', 'administrator'],
    path: at('/hasher/count-once-hasher.html'),
  },
  '/send/page': { who: PROVIDERS, path: at('/send') },
  '/send/[service]/[quarter]/page': { who: OWNER, path: at('/send/natural-thinkers/2024-Q3') },
  '/send/[service]/[quarter]/upload/page': {
    who: OWNER,
    path: at('/send/natural-thinkers/2024-Q3/upload'),
  },
  '/send/[service]/[quarter]/nobody/page': {
    who: OWNER,
    path: at('/send/natural-thinkers/2024-Q3/nobody'),
  },
  '/send/[service]/[quarter]/file/route': {
    who: OWNER,
    path: at('/send/natural-thinkers/2024-Q3/file'),
    method: 'POST',
  },
  '/files/[reference]/read/page': { who: OWNER, path: step('read') },
  '/files/[reference]/shape/page': { who: OWNER, path: step('shape') },
  '/files/[reference]/match/page': { who: OWNER, path: step('match') },
  '/treatment/[service]/page': {
    who: ['provider', 'administrator'],
    path: at('/treatment/natural-thinkers'),
  },
  '/treatment/[service]/file/route': {
    who: ['provider', 'administrator'],
    path: at('/treatment/natural-thinkers/file'),
  },
  '/treatment/[service]/mapping/route': {
    who: ['provider', 'administrator'],
    path: at('/treatment/natural-thinkers/mapping'),
  },
  '/files/[reference]/fill/page': { who: OWNER, path: step('fill') },
  '/files/[reference]/values/page': { who: OWNER, path: step('values') },
  '/files/[reference]/check/page': { who: OWNER, path: step('check') },
  '/files/[reference]/check/rows/page': {
    who: OWNER,
    path: ({ submission, finding }) => `/files/${submission}/check/rows?${finding}`,
  },
  '/files/[reference]/check/correct/page': { who: OWNER, path: step('check/correct') },
  '/files/[reference]/check/correct/[row]/page': { who: OWNER, path: step('check/correct/11') },
  '/files/[reference]/check/correct/rows/route': {
    who: OWNER,
    path: step('check/correct/rows?show=all&count=9'),
  },
  '/files/[reference]/check/correct/file/route': { who: OWNER, path: step('check/correct/file') },
  '/files/[reference]/check/findings/route': { who: OWNER, path: step('check/findings') },
  '/files/[reference]/answers/page': { who: OWNER, path: step('answers') },
  '/files/[reference]/progress/page': { who: OWNER, path: step('progress') },
  '/files/[reference]/progress/state/route': { who: OWNER, path: step('progress/state') },
  '/files/[reference]/result/page': { who: OWNER, path: step('result') },
  '/files/[reference]/withdraw/page': { who: OWNER, path: step('withdraw') },
  '/tokens/page': { who: MANAGERS, path: at('/tokens') },
  '/tokens/[request]/page': {
    who: ADMINISTRATORS,
    path: ({ tokenRequest }) => `/tokens/${tokenRequest}`,
  },
  // Of programs with a token, whoever is signed in.
  '/api/submissions/[service]/[quarter]/route': {
    who: [],
    path: at('/api/submissions/natural-thinkers/2024-Q3'),
    method: 'PUT',
    byToken: true,
  },
  '/api/submissions/[service]/[quarter]/[reference]/route': {
    who: [],
    path: ({ submission }) => `/api/submissions/natural-thinkers/2024-Q3/${submission}`,
    byToken: true,
  },
  '/reach/page': { who: READERS, path: at('/reach') },
  '/reach/method/page': { who: READERS, path: at('/reach/method') },
  '/reach/exact/page': { who: READERS, path: at('/reach/exact') },
  '/reach/overlap/page': { who: READERS, path: at('/reach/overlap') },
  '/reach/download/route': {
    who: READERS,
    path: ({ release }) => `/reach/download?release=${release}`,
  },
  '/doubts/page': { who: READERS, path: at('/doubts') },
  '/doubts/explain/page': { who: READERS, path: at('/doubts/explain') },
  '/doubts/decide/page': {
    who: ADMINISTRATORS,
    path: ({ linked }) => `/doubts/decide?left=${linked}.1.child&right=${linked}.2.child`,
  },
  '/doubts/decisions/page': { who: ADMINISTRATORS, path: at('/doubts/decisions') },
  '/programme/services/page': { who: ADMINISTRATORS, path: at('/programme/services') },
  '/programme/services/[service]/page': {
    who: ADMINISTRATORS,
    path: at('/programme/services/baby-steps'),
  },
  '/programme/submissions/page': { who: ADMINISTRATORS, path: at('/programme/submissions') },
  '/programme/submissions/[reference]/page': {
    who: ADMINISTRATORS,
    path: ({ linked }) => `/programme/submissions/${linked}`,
  },
  '/programme/submissions/[reference]/withdraw/page': {
    who: ADMINISTRATORS,
    path: ({ linked }) => `/programme/submissions/${linked}/withdraw`,
  },
  '/releases/page': { who: ADMINISTRATORS, path: at('/releases') },
  '/releases/new/page': { who: ADMINISTRATORS, path: at('/releases/new') },
  '/releases/drafts/[act]/page': {
    who: ADMINISTRATORS,
    path: ({ draft }) => `/releases/drafts/${draft}`,
  },
  '/audit/page': { who: ADMINISTRATORS, path: at('/audit') },
  '/system/page': { who: ADMINISTRATORS, path: at('/system') },
  '/users/page': { who: ADMINISTRATORS, path: at('/users') },
  '/users/new/page': { who: ADMINISTRATORS, path: at('/users/new') },
  '/users/[user]/page': {
    who: ADMINISTRATORS,
    path: ({ administrator }) => `/users/${administrator}`,
  },
}

/** Pages of the framework that are no addresses. */
export const NO_ADDRESS = ['/_global-error/page', '/_not-found/page']

/**
 * A server action: who may call it, and fields that its form would send. What whoever may call it
 * asks for is refused, or does no harm to tests of others: administrators, who come last, have the
 * file in the figures withdrawn.
 */
export interface Action {
  readonly who: readonly Asker[]
  readonly fields: (subjects: Subjects) => Readonly<Record<string, string>>
}

const none = (): Record<string, string> => ({})
/**
 * A step of a submission, from a page that is older than any: whose it is gets to hear that, and
 * nothing is changed.
 */
const stale = ({ submission }: Subjects): Record<string, string> => ({
  reference: submission,
  version: '999999',
})
const user = ({ administrator }: Subjects): Record<string, string> => ({ user: administrator })

/** Every server action by its file and name. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  'app/account/password/actions.ts changeOwnPassword': {
    who: SIGNED_IN,
    fields: () => ({ present: 'not the password', password: 'walnut trombone ferry lichen' }),
  },
  'app/account/recovery-codes/actions.ts makeCodes': { who: SIGNED_IN, fields: none },
  'app/audit/actions.ts checkTrail': { who: ADMINISTRATORS, fields: none },
  'app/doubts/decide/actions.ts decide': {
    who: ADMINISTRATORS,
    fields: ({ linked }) => ({
      left: `${linked}.1.child`,
      right: `${linked}.1.child`,
      decision: 'different',
      reason: 'provider-confirmed',
    }),
  },
  'app/doubts/decisions/actions.ts undo': {
    who: ADMINISTRATORS,
    fields: () => ({ decision: '999999' }),
  },
  'app/programme/services/[service]/actions.ts add': {
    who: ADMINISTRATORS,
    fields: () => ({
      service: 'baby-steps',
      'from-day': '2',
      'from-month': '2',
      'from-year': '2025',
      'to-day': '1',
      'to-month': '2',
      'to-year': '2025',
    }),
  },
  'app/programme/submissions/[reference]/withdraw/actions.ts withdraw': {
    who: ADMINISTRATORS,
    fields: ({ linked }) => ({ submission: linked, reason: 'wrong-file' }),
  },
  'app/releases/new/actions.ts draft': {
    who: ADMINISTRATORS,
    fields: () => ({ quarter: '2023-Q1', profile: 'programme' }),
  },
  'app/releases/drafts/[act]/actions.ts publish': {
    who: ADMINISTRATORS,
    fields: ({ draft }) => ({ draft }),
  },
  'app/send/[service]/[quarter]/nobody/actions.ts sayNobody': {
    who: OWNER,
    fields: () => ({ service: 'natural-thinkers', quarter: '2023-Q4' }),
  },
  'app/send/[service]/[quarter]/nobody/actions.ts takeBack': {
    who: OWNER,
    fields: () => ({ service: 'natural-thinkers', quarter: '2023-Q4' }),
  },
  'app/files/[reference]/read/actions.ts confirm': { who: OWNER, fields: stale },
  'app/files/[reference]/read/actions.ts choose': {
    who: OWNER,
    fields: (subjects) => ({
      ...stale(subjects),
      ...{ encoding: '', separator: '', sheet: '', headerRow: '' },
    }),
  },
  'app/files/[reference]/shape/actions.ts chooseShapes': { who: OWNER, fields: stale },
  'app/files/[reference]/match/actions.ts match': {
    who: OWNER,
    fields: (subjects) => ({ ...stale(subjects), shape: 'person', role: '', 'column-0': 'none' }),
  },
  'app/files/[reference]/fill/actions.ts changeList': {
    who: OWNER,
    fields: (subjects) => ({ ...stale(subjects), change: 'remove-0' }),
  },
  'app/files/[reference]/fill/actions.ts addRule': {
    who: OWNER,
    fields: (subjects) => ({
      ...stale(subjects),
      ...{ kind: 'default', column: '', added: 'Note', value: 'none' },
    }),
  },
  'app/files/[reference]/values/actions.ts giveMeanings': { who: OWNER, fields: stale },
  'app/files/[reference]/check/actions.ts confirm': {
    who: OWNER,
    fields: (subjects) => ({
      ...stale(subjects),
      ...{ at: 'reason-none', reason: 'looked-and-right', code: 'few-clients-return', field: '' },
    }),
  },
  'app/files/[reference]/check/actions.ts leaveOut': {
    who: OWNER,
    fields: (subjects) => ({
      ...stale(subjects),
      at: 'reason-leave-out',
      reason: 'in-a-later-file',
    }),
  },
  'app/files/[reference]/check/actions.ts keepAsPeople': {
    who: OWNER,
    fields: (subjects) => ({
      ...stale(subjects),
      ...{ code: 'rows-total', at: 'people-rows-total', rows: '' },
    }),
  },
  'app/files/[reference]/check/actions.ts leaveOutAsBefore': { who: OWNER, fields: stale },
  'app/files/[reference]/check/actions.ts keepRows': { who: OWNER, fields: stale },
  'app/files/[reference]/check/actions.ts again': { who: OWNER, fields: stale },
  'app/files/[reference]/check/correct/actions.ts changeCellsOf': {
    who: OWNER,
    fields: (subjects) => ({ ...stale(subjects), change: '{"kind":"undo"}' }),
  },
  // Checked already: it is told so.
  'app/files/[reference]/check/correct/actions.ts checkCorrected': {
    who: OWNER,
    fields: ({ submission }) => ({ reference: submission }),
  },
  'app/files/[reference]/check/correct/[row]/actions.ts correctRow': {
    who: OWNER,
    fields: (subjects) => ({ ...stale(subjects), row: '11', next: '', 'cell-0': 'C-1' }),
  },
  'app/files/[reference]/answers/actions.ts submit': {
    who: OWNER,
    fields: (subjects) => ({ ...stale(subjects), declared: 'yes' }),
  },
  'app/files/[reference]/withdraw/actions.ts withdraw': {
    who: OWNER,
    fields: ({ submission }) => ({ reference: submission, reason: 'wrong-file' }),
  },
  // Their own: somebody else has to agree, and the administrator is told so.
  'app/system/actions.ts approveExport': {
    who: ADMINISTRATORS,
    fields: ({ keyExport }) => ({ reference: keyExport }),
  },
  'app/tokens/actions.ts ask': {
    who: MANAGERS,
    fields: () => ({ service: 'natural-thinkers', days: '401', reason: 'scheduled-task' }),
  },
  'app/tokens/actions.ts revoke': { who: [], fields: () => ({ reference: 'TK-2222-2222-2' }) },
  // Their own: somebody else has to approve, and the administrator is told so.
  'app/tokens/[request]/actions.ts approveRequest': {
    who: ADMINISTRATORS,
    fields: ({ tokenRequest }) => ({ reference: tokenRequest, boundTo: '', code: '000000' }),
  },
  'app/tokens/[request]/actions.ts refuseRequest': {
    who: ADMINISTRATORS,
    fields: ({ tokenRequest }) => ({ reference: tokenRequest, boundTo: '' }),
  },
  'app/tokens/[request]/actions.ts makeApproved': {
    who: ADMINISTRATORS,
    fields: ({ tokenRequest }) => ({ reference: tokenRequest }),
  },
  'app/tokens/[request]/actions.ts withdrawRequest': {
    who: [],
    fields: () => ({ reference: 'AP-2222-2222-2' }),
  },
  'app/users/new/actions.ts invite': {
    who: ADMINISTRATORS,
    fields: () => ({
      name: 'Ana Analyst',
      email: 'analyst@demonstration.example',
      role: 'analyst',
      provider: '',
    }),
  },
  'app/users/[user]/actions.ts sendLink': {
    who: ADMINISTRATORS,
    fields: ({ otherProvider }) => ({ user: otherProvider }),
  },
  'app/users/[user]/actions.ts disable': { who: ADMINISTRATORS, fields: user },
  'app/users/[user]/actions.ts enable': {
    who: ADMINISTRATORS,
    fields: ({ otherProvider }) => ({ user: otherProvider }),
  },
  'app/users/[user]/actions.ts askReset': { who: ADMINISTRATORS, fields: user },
  'app/users/[user]/actions.ts agreeReset': { who: ADMINISTRATORS, fields: user },
  // For anybody: each asks for what it needs itself, a link, a password, a code.
  'app/set-password/actions.ts setPassword': {
    who: ANYBODY,
    fields: () => ({ link: 'none', password: 'walnut trombone ferry lichen' }),
  },
  'app/sign-in/actions.ts givePassword': {
    who: ANYBODY,
    fields: () => ({ email: 'nobody@example.org', password: 'not the password' }),
  },
  'app/sign-in/code/actions.ts giveCode': { who: ANYBODY, fields: () => ({ code: '' }) },
  'app/sign-in/enrol/actions.ts confirmApp': { who: ANYBODY, fields: () => ({ code: '' }) },
  'app/sign-in/recovery-code/actions.ts giveRecoveryCode': {
    who: ANYBODY,
    fields: () => ({ code: '' }),
  },
  'app/sign-in/forgotten-password/actions.ts askForLink': {
    who: ANYBODY,
    fields: () => ({ email: 'nobody@example.org' }),
  },
  // A field too many: it is refused, and the session goes on.
  'app/sign-out/actions.ts endOwnSession': { who: ANYBODY, fields: () => ({ extra: 'yes' }) },
}

/** What a build has: the names of its pages and handlers, and its actions with their numbers. */
export interface Inventory {
  readonly routes: readonly string[]
  readonly actions: readonly BuiltAction[]
}

export interface BuiltAction {
  /** Its file and name. */
  readonly name: string
  /** What a browser calls it by. */
  readonly id: string
  /** The page that has it, by its name in the build. */
  readonly page: string
}

const actionsSchema = z.object({
  node: z.record(
    z.string(),
    z.object({
      filename: z.string(),
      exportedName: z.string(),
      workers: z.record(z.string(), z.unknown()),
    }),
  ),
})

/** Reads the manifests of a build. */
export async function readInventory({ root, folder }: PortalBuild): Promise<Inventory> {
  const read = async (file: string): Promise<unknown> =>
    JSON.parse(await readFile(join(root, folder, 'server', file), 'utf8'))
  const routes = z.record(z.string(), z.string()).parse(await read('app-paths-manifest.json'))
  const { node } = actionsSchema.parse(await read('server-reference-manifest.json'))
  return {
    routes: Object.keys(routes),
    actions: Object.entries(node).map(([id, { filename, exportedName, workers }]) => ({
      id,
      name: `${filename} ${exportedName}`,
      page: (Object.keys(workers)[0] ?? '').replace(/^app/, ''),
    })),
  }
}
