import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isOfProvider, may, type Actor, type Right } from '#server/identity/actors/actor.ts'
import type { PortalBuild } from '#server/portal/serving/build-portal.ts'

/**
 * Who may open what: one line for every page, route handler and server action of the build, with the
 * right that it names. What a
 * build has and this list has not fails the tests of the matrix, so that nothing is added without
 * saying whose it is.
 */

/**
 * Who asks. What each may have follows from the right that a route or action names, and from the one
 * table of roles and rights.
 */
export const ASKERS = [
  'nobody',
  'between password and code',
  'provider',
  'other provider',
  'analyst',
  'uploader',
  'reviewer',
  'officer',
  'auditor',
  'practitioner',
  'administrator',
] as const

export type Asker = (typeof ASKERS)[number]

/** Those with a session, as what they are; people of an organisation are of the same but for one. */
export const SIGNED_IN = {
  provider: { role: 'provider', mayExact: false },
  'other provider': { role: 'provider', mayExact: false },
  analyst: { role: 'analyst', mayExact: true },
  uploader: { role: 'uploader', mayExact: false },
  reviewer: { role: 'reviewer', mayExact: false },
  officer: { role: 'officer', mayExact: false },
  auditor: { role: 'auditor', mayExact: false },
  practitioner: { role: 'practitioner', mayExact: false },
  administrator: { role: 'administrator', mayExact: true },
} as const satisfies Partial<Record<Asker, Pick<Actor, 'role' | 'mayExact'>>>

export type SignedInAsker = keyof typeof SIGNED_IN

/** Roles that came later: each is asked for every address, but not in every form. */
export const LATER_ASKERS: readonly Asker[] = [
  'uploader',
  'reviewer',
  'officer',
  'auditor',
  'practitioner',
]

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
  /** A release that anybody may read, and the request that it was published by. */
  readonly published: string
  readonly publicationRequest: string
  /** The act of a report of what linking everybody again would change. */
  readonly linkageReport: string
  /** What the second administrator asked to have done what it says with. */
  readonly relinkRequest: string
  /** A pair of rows that reviewers are to check. */
  readonly sample: string
  /** A request for a token of a service of nobody here, which the administrator asked for. */
  readonly tokenRequest: string
  /** What the second administrator asked for a release of the draft with. */
  readonly draftRequest: string
  /** A request of a person that is open. */
  readonly rightsRequest: string
  /** A project of research, and an extract that was asked for and not made. */
  readonly researchProject: string
  readonly researchExtract: string
  /** Ids of users. */
  readonly administrator: string
  readonly otherProvider: string
}

/** Whose a route or an action is. */
export interface Guarded {
  /**
   * The right that it names; or anybody at all, whoever has a session, whoever is between password
   * and code, and nobody.
   */
  readonly needs: Right | 'nothing' | 'a session' | 'a first step' | 'what nobody has'
  /**
   * Of those who hold the right: whoever sent the file, people of the subject's own organisation, or
   * the programme's.
   */
  readonly within?: 'its sender' | 'its organisation' | 'the programme'
}

/** A page or route handler: whose it is, and an address of it. */
export interface Route extends Guarded {
  readonly path: (subjects: Subjects) => string
  /** How a handler is called when it is not read. */
  readonly method?: 'POST' | 'PUT'
  /** It is a program's, with a token: whoever is signed in is nobody there. */
  readonly byToken?: true
}

/** Whether somebody may have a route or call an action: the answer of the table of rights. */
export function mayHave(asker: Asker, { needs, within }: Guarded): boolean {
  if (needs === 'nothing') return true
  if (needs === 'what nobody has') return false
  if (needs === 'a first step') return asker === 'between password and code'
  const person = asker in SIGNED_IN ? SIGNED_IN[asker as SignedInAsker] : undefined
  if (person === undefined) return false
  if (needs === 'a session') return true
  if (!may(person, needs)) return false
  if (within === 'its sender') return asker === 'provider'
  const isOutside = !isOfProvider(person)
  if (within === 'the programme') return isOutside
  // Programme people reach every organisation's, where they hold the right at all.
  return within === undefined || isOutside || asker !== 'other provider'
}

const OWN = { needs: 'submission.send', within: 'its organisation' } as const

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
  '/page': { needs: 'a session', path: at('/') },
  '/privacy/page': { needs: 'nothing', path: at('/privacy') },
  '/about-your-data/page': { needs: 'nothing', path: at('/about-your-data') },
  '/about-your-data/easy-read/page': { needs: 'nothing', path: at('/about-your-data/easy-read') },
  '/sign-in/page': { needs: 'nothing', path: at('/sign-in') },
  '/sign-in/code/page': { needs: 'a first step', path: at('/sign-in/code') },
  // For who has no app yet; who has one is led to the page of its code.
  '/sign-in/enrol/page': { needs: 'what nobody has', path: at('/sign-in/enrol') },
  // Of portals at which an organisation is set up.
  '/sign-in/organisation/route': { needs: 'what nobody has', path: at('/sign-in/organisation') },
  '/sign-in/recovery-code/page': { needs: 'a first step', path: at('/sign-in/recovery-code') },
  '/sign-in/forgotten-password/page': { needs: 'nothing', path: at('/sign-in/forgotten-password') },
  '/set-password/page': { needs: 'nothing', path: at('/set-password?link=none') },
  '/sign-out/page': { needs: 'a session', path: at('/sign-out') },
  '/api/auth/[...nextauth]/route': { needs: 'nothing', path: at('/api/auth/csrf') },
  '/account/page': { needs: 'a session', path: at('/account') },
  '/account/password/page': { needs: 'a session', path: at('/account/password') },
  '/account/recovery-codes/page': { needs: 'a session', path: at('/account/recovery-codes') },
  // The same.
  '/account/organisation/page': { needs: 'what nobody has', path: at('/account/organisation') },
  '/account/app/page': { needs: 'a session', path: at('/account/app') },
  '/account/passkeys/page': { needs: 'a session', path: at('/account/passkeys') },
  '/account/passkeys/new/page': { needs: 'a session', path: at('/account/passkeys/new') },
  // Of a passkey that is nobody's.
  '/account/passkeys/remove/page': {
    needs: 'what nobody has',
    path: at('/account/passkeys/remove?passkey=0'),
  },
  // For who has a passkey, or has just proved themself: nobody of the demonstration.
  '/account/passkeys/challenge/route': {
    needs: 'what nobody has',
    path: at('/account/passkeys/challenge'),
    method: 'POST',
  },
  '/account/passkeys/new/challenge/route': {
    needs: 'what nobody has',
    path: at('/account/passkeys/new/challenge'),
    method: 'POST',
  },
  '/sign-in/code/challenge/route': {
    needs: 'what nobody has',
    path: at('/sign-in/code/challenge'),
    method: 'POST',
  },
  '/account/sessions/page': { needs: 'a session', path: at('/account/sessions') },
  '/account/session/route': { needs: 'a session', path: at('/account/session') },
  '/standard/page': { needs: 'a session', path: at('/standard') },
  '/standard/[file]/route': {
    needs: 'a session',
    path: at('/standard/count-once-template-v1.xlsx'),
  },
  '/hasher/page': { needs: 'hasher.get', path: at('/hasher') },
  '/hasher/[file]/route': {
    needs: 'hasher.get',
    path: at('/hasher/count-once-hasher.html'),
  },
  '/send/page': { needs: 'submission.send', path: at('/send') },
  '/send/[service]/page': { ...OWN, path: at('/send/natural-thinkers') },
  '/send/[service]/[quarter]/page': { ...OWN, path: at('/send/natural-thinkers/2024-Q3') },
  '/send/[service]/[quarter]/upload/page': {
    ...OWN,
    path: at('/send/natural-thinkers/2024-Q3/upload'),
  },
  '/send/[service]/[quarter]/nobody/page': {
    ...OWN,
    path: at('/send/natural-thinkers/2024-Q3/nobody'),
  },
  '/send/[service]/[quarter]/file/route': {
    ...OWN,
    path: at('/send/natural-thinkers/2024-Q3/file'),
    method: 'POST',
  },
  '/files/[reference]/read/page': { ...OWN, path: step('read') },
  '/files/[reference]/shape/page': { ...OWN, path: step('shape') },
  '/files/[reference]/match/page': { ...OWN, path: step('match') },
  '/treatment/[service]/page': {
    needs: 'submission.see',
    within: 'its organisation',
    path: at('/treatment/natural-thinkers'),
  },
  '/treatment/[service]/file/route': {
    needs: 'submission.see',
    within: 'its organisation',
    path: at('/treatment/natural-thinkers/file'),
  },
  // In the words of a file that is held: for those who may send one.
  '/treatment/[service]/mapping/route': {
    ...OWN,
    path: at('/treatment/natural-thinkers/mapping'),
  },
  '/files/[reference]/fill/page': { ...OWN, path: step('fill') },
  '/files/[reference]/values/page': { ...OWN, path: step('values') },
  '/files/[reference]/check/page': { ...OWN, path: step('check') },
  '/files/[reference]/check/rows/page': {
    ...OWN,
    path: ({ submission, finding }) => `/files/${submission}/check/rows?${finding}`,
  },
  '/files/[reference]/check/correct/page': { ...OWN, path: step('check/correct') },
  '/files/[reference]/check/correct/[row]/page': { ...OWN, path: step('check/correct/11') },
  '/files/[reference]/check/correct/rows/route': {
    ...{ needs: 'submission.send', within: 'its sender' },
    path: step('check/correct/rows?show=all&count=9'),
  },
  '/files/[reference]/check/correct/file/route': {
    ...{ needs: 'submission.send', within: 'its sender' },
    path: step('check/correct/file'),
  },
  '/files/[reference]/check/findings/route': {
    ...{ needs: 'submission.send', within: 'its sender' },
    path: step('check/findings'),
  },
  '/files/[reference]/answers/page': { ...OWN, path: step('answers') },
  '/files/[reference]/progress/page': { ...OWN, path: step('progress') },
  '/files/[reference]/progress/state/route': { ...OWN, path: step('progress/state') },
  '/files/[reference]/result/page': { ...OWN, path: step('result') },
  '/files/[reference]/withdraw/page': { ...OWN, path: step('withdraw') },
  '/tokens/page': { needs: 'token.manage', path: at('/tokens') },
  '/approvals/page': { needs: 'approval.see', path: at('/approvals') },
  '/approvals/[request]/page': {
    ...{ needs: 'token.manage', within: 'the programme' },
    path: ({ tokenRequest }) => `/approvals/${tokenRequest}`,
  },
  '/retention/page': { needs: 'retention.see', path: at('/retention') },
  '/research/page': { needs: 'research.manage', path: at('/research') },
  '/research/new/page': { needs: 'research.manage', path: at('/research/new') },
  '/research/[project]/page': {
    needs: 'research.manage',
    path: ({ researchProject }) => `/research/${researchProject}`,
  },
  '/research/extracts/[extract]/page': {
    needs: 'research.manage',
    path: ({ researchExtract }) => `/research/extracts/${researchExtract}`,
  },
  // Nobody has approved it: there is no file, and nobody is in it who could leave.
  '/research/extracts/[extract]/file/route': {
    needs: 'what nobody has',
    path: ({ researchExtract }) => `/research/extracts/${researchExtract}/file`,
  },
  '/research/extracts/[extract]/removals/route': {
    needs: 'what nobody has',
    path: ({ researchExtract }) => `/research/extracts/${researchExtract}/removals`,
  },
  // Of a look-up alone: where reach is measured nobody has any of it.
  '/look-up/page': { needs: 'look-up.ask', path: at('/look-up') },
  '/look-up/[reference]/page': { needs: 'look-up.ask', path: at('/look-up/LU-2222-2222-2') },
  '/look-up/guidance/page': { needs: 'look-up.ask', path: at('/look-up/guidance') },
  '/look-up/sources/page': { needs: 'look-up.ask', path: at('/look-up/sources') },
  '/look-up/watch/page': { needs: 'look-up.watch', path: at('/look-up/watch') },
  '/look-up/watch/file/route': { needs: 'look-up.watch', path: at('/look-up/watch/file') },
  '/look-up/watch/person/page': { needs: 'look-up.watch', path: at('/look-up/watch/person') },
  '/look-up/watch/[reference]/page': {
    needs: 'look-up.watch',
    path: at('/look-up/watch/LU-2222-2222-2'),
  },
  '/look-up/grants/page': { needs: 'look-up.watch', path: at('/look-up/grants') },
  // Of the published contract, which a look-up alone keeps.
  '/api/contract/route': { needs: 'what nobody has', path: at('/api/contract') },
  '/api/auth/status/route': { needs: 'what nobody has', path: at('/api/auth/status') },
  '/api/search/person/route': {
    needs: 'what nobody has',
    path: at('/api/search/person'),
    method: 'POST',
  },
  '/api/person/detail/[person]/route': {
    needs: 'what nobody has',
    path: at('/api/person/detail/LU-2222-2222-2.1'),
  },
  '/api/person/detail/[person]/service/route': {
    needs: 'what nobody has',
    path: at('/api/person/detail/LU-2222-2222-2.1/service'),
  },
  '/api/person/detail/[person]/service/[source]/route': {
    needs: 'what nobody has',
    path: at('/api/person/detail/LU-2222-2222-2.1/service/school'),
  },
  '/api/person/related/[person]/route': {
    needs: 'what nobody has',
    path: at('/api/person/related/LU-2222-2222-2.1'),
  },
  // Administrators’, of a look-up alone.
  '/look-up/rules/page': { needs: 'what nobody has', path: at('/look-up/rules') },
  '/look-up/rules/[source]/page': {
    needs: 'what nobody has',
    path: at('/look-up/rules/housing'),
  },
  '/look-up/measures/page': { needs: 'look-up.watch', path: at('/look-up/measures') },
  '/look-up/measures/file/route': { needs: 'look-up.watch', path: at('/look-up/measures/file') },
  '/rights/page': { needs: 'rights.handle', path: at('/rights') },
  '/rights/new/page': { needs: 'rights.handle', path: at('/rights/new') },
  '/rights/[request]/page': {
    needs: 'rights.handle',
    path: ({ rightsRequest }) => `/rights/${rightsRequest}`,
  },
  '/rights/[request]/find/page': {
    needs: 'rights.handle',
    path: ({ rightsRequest }) => `/rights/${rightsRequest}/find`,
  },
  // Two officers have not agreed yet: there is no letter.
  '/rights/[request]/letter/page': {
    needs: 'what nobody has',
    path: ({ rightsRequest }) => `/rights/${rightsRequest}/letter`,
  },
  '/rights/[request]/letter/file/route': {
    needs: 'what nobody has',
    path: ({ rightsRequest }) => `/rights/${rightsRequest}/letter/file`,
  },
  // Of programs with a token, whoever is signed in.
  '/api/submissions/[service]/[quarter]/route': {
    needs: 'what nobody has',
    path: at('/api/submissions/natural-thinkers/2024-Q3'),
    method: 'PUT',
    byToken: true,
  },
  '/api/submissions/[service]/[quarter]/[reference]/route': {
    needs: 'what nobody has',
    path: ({ submission }) => `/api/submissions/natural-thinkers/2024-Q3/${submission}`,
    byToken: true,
  },
  '/reach/page': { needs: 'reach.see', path: at('/reach') },
  '/reach/programme/page': { needs: 'reach.see', path: at('/reach/programme') },
  '/reach/impact/page': { needs: 'reach.see', path: at('/reach/impact') },
  '/reach/method/page': { needs: 'reach.see', path: at('/reach/method') },
  '/reach/exact/page': { needs: 'exact.see', path: at('/reach/exact') },
  '/reach/overlap/page': { needs: 'exact.see', path: at('/reach/overlap') },
  '/reach/use/page': { needs: 'exact.see', path: at('/reach/use') },
  '/reach/scorecard/page': { needs: 'exact.see', path: at('/reach/scorecard') },
  '/reach/scorecard/file/route': { needs: 'exact.see', path: at('/reach/scorecard/file?form=csv') },
  '/reach/pathways/page': { needs: 'exact.see', path: at('/reach/pathways') },
  '/reach/not-reached/page': { needs: 'exact.see', path: at('/reach/not-reached') },
  '/reach/file/[page]/route': { needs: 'exact.see', path: at('/reach/file/wards?form=xlsx') },
  '/reach/wards/page': { needs: 'exact.see', path: at('/reach/wards') },
  '/reach/services/[service]/page': {
    needs: 'exact.see',
    path: at('/reach/services/natural-thinkers'),
  },
  '/reach/quality/page': { needs: 'exact.see', path: at('/reach/quality') },
  '/reach/verifier/route': { needs: 'reach.see', path: at('/reach/verifier') },
  '/reach/download/route': {
    needs: 'reach.see',
    path: ({ release }) => `/reach/download?release=${release}`,
  },
  '/reach/report/[release]/page': {
    needs: 'reach.see',
    path: ({ release }) => `/reach/report/${release}`,
  },
  '/reach/report/[release]/[form]/route': {
    needs: 'reach.see',
    path: ({ release }) => `/reach/report/${release}/read`,
  },
  // What anybody may read, and keep.
  '/published/route': { needs: 'nothing', path: at('/published') },
  '/published/[release]/route': {
    needs: 'nothing',
    path: ({ published }) => `/published/${published}`,
  },
  '/published/[release]/[file]/route': {
    needs: 'nothing',
    path: ({ published }) => `/published/${published}/${published}.xlsx`,
  },
  '/published/count-once-verifier.html/route': {
    needs: 'nothing',
    path: at('/published/count-once-verifier.html'),
  },
  '/doubts/page': { needs: 'doubt.see', path: at('/doubts') },
  '/doubts/explain/page': { needs: 'doubt.see', path: at('/doubts/explain') },
  '/doubts/decide/page': {
    needs: 'doubt.decide',
    path: ({ linked }) => `/doubts/decide?left=${linked}.1.child&right=${linked}.2.child`,
  },
  '/doubts/checks/page': { needs: 'doubt.decide', path: at('/doubts/checks') },
  '/doubts/checks/pair/page': { needs: 'doubt.decide', path: at('/doubts/checks/pair') },
  '/doubts/decisions/page': { needs: 'doubt.decide', path: at('/doubts/decisions') },
  '/programme/linkage/page': { needs: 'linkage.change', path: at('/programme/linkage') },
  '/programme/linkage/file/route': {
    needs: 'linkage.change',
    path: ({ linkageReport }) => `/programme/linkage/file?report=${linkageReport}`,
  },
  '/programme/register/page': { needs: 'register.see', path: at('/programme/register') },
  '/programme/register/[kind]/page': {
    needs: 'register.see',
    path: at('/programme/register/service'),
  },
  '/programme/register/[kind]/[code]/page': {
    needs: 'register.see',
    path: at('/programme/register/service/baby-steps'),
  },
  '/programme/register/import/page': {
    needs: 'register.change',
    path: at('/programme/register/import'),
  },
  '/programme/register/file/route': {
    needs: 'register.see',
    path: at('/programme/register/file'),
  },
  '/programme/framework/page': { needs: 'register.see', path: at('/programme/framework') },
  '/programme/framework/file/route': {
    needs: 'register.see',
    path: at('/programme/framework/file'),
  },
  '/programme/framework/draft/page': {
    needs: 'register.change',
    path: at('/programme/framework/draft'),
  },
  '/programme/framework/draft/[part]/page': {
    needs: 'register.change',
    path: at('/programme/framework/draft/outcomes'),
  },
  '/programme/framework/import/page': {
    needs: 'register.change',
    path: at('/programme/framework/import'),
  },
  '/programme/targets/page': { needs: 'register.see', path: at('/programme/targets') },
  '/programme/targets/[service]/page': {
    needs: 'register.change',
    path: at('/programme/targets/baby-steps'),
  },
  '/programme/targets/import/page': {
    needs: 'register.change',
    path: at('/programme/targets/import'),
  },
  '/programme/targets/file/route': {
    needs: 'register.see',
    path: at('/programme/targets/file'),
  },
  '/programme/report/page': { needs: 'register.see', path: at('/programme/report') },
  '/programme/report/file/route': { needs: 'register.see', path: at('/programme/report/file') },
  '/programme/calendar/page': { needs: 'register.see', path: at('/programme/calendar') },
  '/programme/board/page': { needs: 'register.see', path: at('/programme/board') },
  '/programme/board/[service]/page': {
    needs: 'register.see',
    path: at('/programme/board/baby-steps'),
  },
  '/support/page': { needs: 'a session', path: at('/support') },
  '/support/queue/page': { needs: 'support.answer', path: at('/support/queue') },
  '/inbox/page': { needs: 'submission.send', path: at('/inbox') },
  '/programme/governance/page': { needs: 'register.see', path: at('/programme/governance') },
  '/programme/services/page': { needs: 'register.see', path: at('/programme/services') },
  '/programme/services/[service]/page': {
    needs: 'register.see',
    path: at('/programme/services/baby-steps'),
  },
  '/programme/submissions/page': { needs: 'register.see', path: at('/programme/submissions') },
  '/programme/submissions/[reference]/page': {
    needs: 'register.see',
    path: ({ linked }) => `/programme/submissions/${linked}`,
  },
  '/programme/submissions/[reference]/withdraw/page': {
    needs: 'submission.withdraw-any',
    path: ({ linked }) => `/programme/submissions/${linked}/withdraw`,
  },
  '/releases/page': { needs: 'release.make', path: at('/releases') },
  '/releases/new/page': { needs: 'release.make', path: at('/releases/new') },
  '/releases/[release]/page': {
    needs: 'release.make',
    path: ({ published }) => `/releases/${published}`,
  },
  '/releases/drafts/[act]/page': {
    needs: 'release.make',
    path: ({ draft }) => `/releases/drafts/${draft}`,
  },
  '/audit/page': { needs: 'audit.see', path: at('/audit') },
  '/programme/checklist/page': { needs: 'system.see', path: at('/programme/checklist') },
  '/programme/checklist/[check]/page': {
    needs: 'register.change',
    path: at('/programme/checklist/privacy-notice'),
  },
  '/system/page': { needs: 'system.see', path: at('/system') },
  '/users/page': { needs: 'user.manage', path: at('/users') },
  '/users/new/page': { needs: 'user.manage', path: at('/users/new') },
  '/users/new/ask/page': {
    needs: 'user.manage',
    path: at('/users/new/ask?kind=officer-grant'),
  },
  '/users/[user]/ask/page': {
    needs: 'user.manage',
    path: ({ otherProvider }) => `/users/${otherProvider}/ask?kind=factor-reset`,
  },
  '/users/[user]/page': {
    needs: 'user.manage',
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
export interface Action extends Guarded {
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
  // Without a code: they are told that it takes one.
  'app/account/organisation/actions.ts begin': { needs: 'a session', fields: none },
  'app/account/password/actions.ts changeOwnPassword': {
    needs: 'a session',
    fields: () => ({ present: 'not the password', password: 'walnut trombone ferry lichen' }),
  },
  // Without a code: they are told that it takes one.
  'app/account/app/actions.ts begin': { needs: 'a session', fields: none },
  'app/account/app/actions.ts add': { needs: 'a session', fields: () => ({ shown: '000000' }) },
  'app/account/passkeys/new/actions.ts begin': { needs: 'a session', fields: none },
  'app/account/passkeys/new/actions.ts add': {
    needs: 'a session',
    fields: () => ({ kind: 'phone', made: '' }),
  },
  'app/account/passkeys/remove/actions.ts remove': {
    needs: 'a session',
    fields: () => ({ id: '0' }),
  },
  'app/account/recovery-codes/actions.ts makeCodes': { needs: 'a session', fields: none },
  // Of nobody, and a field too many: the sessions of the tests go on.
  'app/account/sessions/actions.ts endOne': {
    needs: 'a session',
    fields: () => ({ session: '0' }),
  },
  'app/account/sessions/actions.ts endOthers': {
    needs: 'a session',
    fields: () => ({ extra: 'yes' }),
  },
  'app/audit/actions.ts checkTrail': { needs: 'audit.see', fields: none },
  'app/doubts/decide/actions.ts decide': {
    needs: 'doubt.decide',
    fields: ({ linked }) => ({
      left: `${linked}.1.child`,
      right: `${linked}.1.child`,
      ...{ about: '', seen: '0', skip: '0', answer: 'D.provider-confirmed' },
    }),
  },
  'app/doubts/checks/actions.ts drawPairs': { needs: 'doubt.decide', fields: none },
  'app/doubts/checks/pair/actions.ts answer': {
    needs: 'doubt.decide',
    fields: ({ sample }) => ({ sample, verdict: 'S.same' }),
  },
  'app/doubts/decisions/actions.ts undo': {
    needs: 'doubt.decide',
    fields: () => ({ decision: '999999' }),
  },
  'app/programme/linkage/actions.ts tryPolicy': {
    needs: 'linkage.change',
    fields: () => ({ policy: 'cautious' }),
  },
  // Without a code: they are told that it takes one.
  'app/programme/linkage/actions.ts askForRelink': {
    needs: 'linkage.change',
    fields: ({ linkageReport }) => ({ report: linkageReport, reason: 'to-compare' }),
  },
  'app/programme/linkage/actions.ts approveReport': {
    needs: 'linkage.change',
    fields: ({ linkageReport, relinkRequest }) => ({
      ...{ report: linkageReport, reference: relinkRequest, boundTo: '' },
    }),
  },
  // Of one that is there, and from a form that is older than any: they are told so.
  'app/programme/register/actions.ts add': {
    needs: 'register.change',
    fields: () => ({ kind: 'strand', code: 'cross-theme', name: 'Cross', reason: 'new' }),
  },
  'app/programme/register/actions.ts change': {
    needs: 'register.change',
    fields: () => ({ kind: 'strand', code: 'cross-theme', version: '999', reason: 'renamed' }),
  },
  'app/programme/register/import/actions.ts look': {
    needs: 'register.change',
    fields: () => ({ register: '{}' }),
  },
  'app/programme/register/import/actions.ts bringIn': {
    needs: 'register.change',
    fields: () => ({ register: '{}', seen: '', from: '' }),
  },
  // Of a draft that nobody has, and a request that nobody made: they are told so.
  'app/programme/framework/draft/actions.ts putEntry': {
    needs: 'register.change',
    fields: () => ({
      ...{ part: 'outcomes', do: 'add', seen: '999', code: 'play', label: 'Children play' },
    }),
  },
  'app/programme/framework/draft/actions.ts removeEntry': {
    needs: 'register.change',
    fields: () => ({ part: 'outcomes', code: 'play', seen: '999' }),
  },
  'app/programme/framework/draft/actions.ts ask': {
    needs: 'register.change',
    fields: () => ({ seen: '999', reason: 'framework-agreed' }),
  },
  'app/programme/framework/draft/actions.ts putInForce': {
    needs: 'what nobody has',
    fields: () => ({ reference: 'AP-2222-2222-2', boundTo: '' }),
  },
  'app/programme/framework/draft/actions.ts giveUp': {
    needs: 'register.change',
    fields: () => ({ seen: '999' }),
  },
  'app/programme/framework/import/actions.ts bringIn': {
    needs: 'register.change',
    fields: () => ({ framework: '{}', seen: '999' }),
  },
  // What is no number, and a file of no target: they are told so.
  'app/programme/targets/[service]/actions.ts change': {
    needs: 'register.change',
    fields: () => ({ service: 'baby-steps', quarter: '2024-Q1', seen: '', reached: 'many' }),
  },
  'app/programme/targets/import/actions.ts bringIn': {
    needs: 'register.change',
    fields: () => ({ targets: 'service,quarter' }),
  },
  'app/programme/checklist/[check]/actions.ts holdKeys': {
    needs: 'register.change',
    fields: ({ administrator }) => ({ first: administrator, second: administrator }),
  },
  'app/programme/checklist/[check]/actions.ts sendMail': {
    needs: 'register.change',
    fields: none,
  },
  'app/programme/checklist/[check]/actions.ts enterCode': {
    needs: 'register.change',
    fields: () => ({ typed: '00000000' }),
  },
  'app/programme/checklist/[check]/actions.ts nameNotice': {
    needs: 'register.change',
    fields: () => ({ address: 'https://council.example/privacy' }),
  },
  'app/programme/services/[service]/actions.ts add': {
    needs: 'register.change',
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
  'app/inbox/actions.ts answerRow': {
    needs: 'what nobody has',
    fields: () => ({ reference: 'QU-2222-2222-2', answer: 'right' }),
  },
  // With what is no reference: they are told so.
  'app/support/actions.ts report': {
    needs: 'a session',
    fields: () => ({ from: '/send', kind: 'slow', reference: 'none' }),
  },
  'app/support/actions.ts answer': {
    needs: 'what nobody has',
    fields: () => ({ reference: 'PR-2222-2222-2', answer: 'passed-on' }),
  },
  'app/support/actions.ts tell': {
    needs: 'support.answer',
    fields: () => ({ words: 'Files of one kind are read slowly.' }),
  },
  'app/support/actions.ts over': {
    needs: 'what nobody has',
    fields: () => ({ over: '999999' }),
  },
  // Of a day that is over: they are told so.
  'app/programme/calendar/actions.ts extend': {
    needs: 'register.change',
    fields: () => ({
      ...{ service: 'baby-steps', quarter: '2024-Q1', reason: 'staff-away' },
      ...{ 'until-day': '2', 'until-month': '2', 'until-year': '2025' },
    }),
  },
  // Where it is already, without a code, of nothing and of no file: they are told so.
  'app/programme/board/[service]/actions.ts move': {
    needs: 'stage.change',
    fields: () => ({ service: 'baby-steps', to: 'production' }),
  },
  'app/programme/board/[service]/actions.ts ask': {
    needs: 'stage.change',
    fields: () => ({ service: 'baby-steps', to: 'staging', reason: 'files-not-right' }),
  },
  'app/programme/board/[service]/actions.ts scrub': {
    needs: 'stage.change',
    fields: () => ({ service: 'baby-steps' }),
  },
  'app/programme/board/[service]/actions.ts compare': {
    needs: 'stage.change',
    fields: () => ({ service: 'baby-steps', quarter: '2024-Q1', people: '1' }),
  },
  'app/programme/board/[service]/actions.ts tellProvider': {
    needs: 'what nobody has',
    fields: () => ({ reference: 'SU-2222-2222-2' }),
  },
  'app/inbox/actions.ts answerTrial': {
    needs: 'what nobody has',
    fields: () => ({ reference: 'SU-2222-2222-2', answer: 'fixed' }),
  },
  // Of no agreement: they are told that there is nothing.
  'app/programme/services/[service]/actions.ts end': {
    needs: 'what nobody has',
    fields: () => ({
      ...{ service: 'baby-steps', agreement: '999999' },
      ...{ 'on-day': '2', 'on-month': '2', 'on-year': '2025' },
    }),
  },
  'app/programme/submissions/[reference]/withdraw/actions.ts withdraw': {
    needs: 'submission.withdraw-any',
    fields: ({ linked }) => ({ submission: linked, reason: 'wrong-file' }),
  },
  'app/releases/new/actions.ts draft': {
    needs: 'release.make',
    fields: () => ({ quarter: '2023-Q1', profile: 'programme' }),
  },
  'app/reach/report/[release]/actions.ts write': {
    needs: 'report.write',
    fields: ({ release }) => ({
      ...{ release, seen: '999', summary: 'More families came.' },
      ...{ happened: '', changed: '', caution: '', next: '' },
    }),
  },
  'app/reach/report/[release]/actions.ts ask': {
    needs: 'report.write',
    fields: ({ release }) => ({ release, seen: '999', reason: 'report-ready' }),
  },
  'app/reach/report/[release]/actions.ts sign': {
    needs: 'report.sign',
    fields: ({ publicationRequest }) => ({ reference: publicationRequest, boundTo: '' }),
  },
  'app/releases/[release]/actions.ts askToPublish': {
    needs: 'release.make',
    fields: ({ published }) => ({
      ...{ release: published, time: '09:30' },
      ...{ 'day-day': '', 'day-month': '', 'day-year': '' },
    }),
  },
  'app/releases/[release]/actions.ts publish': {
    needs: 'release.make',
    fields: ({ publicationRequest }) => ({ reference: publicationRequest, boundTo: '' }),
  },
  // Without a code: they are told that it takes one.
  'app/releases/[release]/actions.ts withdrawPublished': {
    needs: 'release.make',
    fields: ({ published }) => ({ release: published, reason: 'figures-wrong' }),
  },
  'app/releases/drafts/[act]/actions.ts publish': {
    needs: 'release.make',
    fields: ({ draft, draftRequest }) => ({ draft, reference: draftRequest, boundTo: '' }),
  },
  'app/send/[service]/[quarter]/nobody/actions.ts sayNobody': {
    ...OWN,
    fields: () => ({ service: 'natural-thinkers', quarter: '2023-Q4' }),
  },
  'app/send/[service]/[quarter]/nobody/actions.ts takeBack': {
    ...OWN,
    fields: () => ({ service: 'natural-thinkers', quarter: '2023-Q4' }),
  },
  'app/files/[reference]/read/actions.ts confirm': { ...OWN, fields: stale },
  'app/files/[reference]/read/actions.ts choose': {
    ...OWN,
    fields: (subjects) => ({
      ...stale(subjects),
      ...{ encoding: '', separator: '', sheet: '', headerRow: '' },
    }),
  },
  'app/files/[reference]/shape/actions.ts chooseShapes': { ...OWN, fields: stale },
  'app/files/[reference]/match/actions.ts match': {
    ...OWN,
    fields: (subjects) => ({ ...stale(subjects), shape: 'person', role: '', 'column-0': 'none' }),
  },
  'app/files/[reference]/fill/actions.ts changeList': {
    ...OWN,
    fields: (subjects) => ({ ...stale(subjects), change: 'remove-0' }),
  },
  'app/files/[reference]/fill/actions.ts addRule': {
    ...OWN,
    fields: (subjects) => ({
      ...stale(subjects),
      ...{ kind: 'default', column: '', added: 'Note', value: 'none' },
    }),
  },
  'app/files/[reference]/values/actions.ts giveMeanings': { ...OWN, fields: stale },
  'app/files/[reference]/check/actions.ts confirm': {
    ...OWN,
    fields: (subjects) => ({
      ...stale(subjects),
      ...{ at: 'reason-none', reason: 'looked-and-right', code: 'few-clients-return', field: '' },
    }),
  },
  'app/files/[reference]/check/actions.ts leaveOut': {
    ...OWN,
    fields: (subjects) => ({
      ...stale(subjects),
      at: 'reason-leave-out',
      reason: 'in-a-later-file',
    }),
  },
  'app/files/[reference]/check/actions.ts keepAsPeople': {
    ...OWN,
    fields: (subjects) => ({
      ...stale(subjects),
      ...{ code: 'rows-total', at: 'people-rows-total', rows: '' },
    }),
  },
  'app/files/[reference]/check/actions.ts leaveOutAsBefore': { ...OWN, fields: stale },
  'app/files/[reference]/check/actions.ts keepRows': { ...OWN, fields: stale },
  'app/files/[reference]/check/actions.ts again': { ...OWN, fields: stale },
  'app/files/[reference]/check/correct/actions.ts changeCellsOf': {
    ...OWN,
    fields: (subjects) => ({ ...stale(subjects), change: '{"kind":"undo"}' }),
  },
  // Checked already: it is told so.
  'app/files/[reference]/check/correct/actions.ts checkCorrected': {
    ...OWN,
    fields: ({ submission }) => ({ reference: submission }),
  },
  'app/files/[reference]/check/correct/[row]/actions.ts correctRow': {
    ...OWN,
    fields: (subjects) => ({ ...stale(subjects), row: '11', next: '', 'cell-0': 'C-1' }),
  },
  'app/files/[reference]/answers/actions.ts submit': {
    ...OWN,
    fields: (subjects) => ({ ...stale(subjects), declared: 'yes' }),
  },
  'app/files/[reference]/withdraw/actions.ts withdraw': {
    ...OWN,
    fields: ({ submission }) => ({ reference: submission, reason: 'wrong-file' }),
  },
  'app/tokens/actions.ts ask': {
    needs: 'token.manage',
    fields: () => ({ service: 'natural-thinkers', days: '401', reason: 'scheduled-task' }),
  },
  'app/tokens/actions.ts revoke': {
    needs: 'what nobody has',
    fields: () => ({ reference: 'TK-2222-2222-2' }),
  },
  'app/retention/actions.ts hold': {
    needs: 'retention.hold',
    fields: () => ({ kind: 'drafts', reason: 'inquiry' }),
  },
  'app/retention/actions.ts lift': {
    needs: 'what nobody has',
    fields: () => ({ reference: 'LH-2222-2222-2' }),
  },
  'app/research/new/actions.ts open': {
    needs: 'research.manage',
    fields: () => ({
      ...{ title: 'Another', purpose: 'To find out.', people: 'Ro, a university' },
      ...{ approvals: '2024-01-05 Ethics board', legalBasis: 'public-task' },
      ...{ environment: 'A safe haven', recipient: 'A'.repeat(43) },
      ...{ 'ends-day': '2', 'ends-month': '2', 'ends-year': '2099' },
    }),
  },
  'app/research/[project]/actions.ts ask': {
    needs: 'research.manage',
    fields: ({ researchProject }) => ({
      ...{ project: researchProject, cohort: 'everybody', 'tell-kind': 'yes' },
      ...{ firstQuarter: '2023-Q1', lastQuarter: '2023-Q2' },
    }),
  },
  // Nobody asked for that one, and nothing was made that could be destroyed.
  'app/research/extracts/[extract]/actions.ts approve': {
    needs: 'what nobody has',
    fields: () => ({ extract: 'RX-2222-2222-2', reference: 'AP-2222-2222-2', boundTo: '' }),
  },
  'app/research/extracts/[extract]/actions.ts certify': {
    needs: 'what nobody has',
    fields: ({ researchExtract }) => ({
      ...{ extract: researchExtract, by: 'Ro', how: 'erased' },
      ...{ 'on-day': '2', 'on-month': '2', 'on-year': '2026' },
    }),
  },
  'app/look-up/actions.ts lookUp': {
    needs: 'look-up.ask',
    fields: () => ({ purpose: 'safeguarding', caseReference: 'CIN-1', nhsNumber: '123' }),
  },
  'app/look-up/actions.ts openSource': {
    needs: 'look-up.ask',
    fields: () => ({ reference: 'LU-2222-2222-2', person: '1', source: 'housing' }),
  },
  'app/look-up/actions.ts acknowledge': { needs: 'look-up.ask', fields: () => ({ read: 'yes' }) },
  'app/look-up/[reference]/actions.ts report': {
    needs: 'look-up.ask',
    fields: () => ({ reference: 'LU-2222-2222-2', kind: 'out-of-date', source: '' }),
  },
  'app/look-up/[reference]/actions.ts tellContact': {
    needs: 'look-up.ask',
    fields: () => ({ reference: 'LU-2222-2222-2', contact: 'later' }),
  },
  'app/look-up/watch/actions.ts sample': { needs: 'look-up.watch', fields: () => ({}) },
  'app/look-up/watch/actions.ts judge': {
    needs: 'look-up.watch',
    fields: () => ({ reference: 'LU-2222-2222-2', verdict: 'asked' }),
  },
  'app/look-up/watch/person/actions.ts findOfPerson': {
    needs: 'look-up.watch',
    fields: () => ({ nhsNumber: '123' }),
  },
  'app/look-up/grants/actions.ts give': {
    needs: 'look-up.watch',
    fields: () => ({ user: 'U-22222222' }),
  },
  // There are no sources where reach is measured.
  'app/look-up/rules/[source]/actions.ts ask': {
    needs: 'what nobody has',
    fields: () => ({
      ...{ source: 'housing', seen: '1', shows: 'current', ageFrom: '16', ageTo: '' },
      ...{ staleDays: '7', removalDays: '28', reason: 'source-agreed' },
      ...{ 'coveredFrom-day': '1', 'coveredFrom-month': '4', 'coveredFrom-year': '2025' },
      ...{ 'coveredTo-day': '', 'coveredTo-month': '', 'coveredTo-year': '' },
    }),
  },
  'app/look-up/rules/[source]/actions.ts putInForce': {
    needs: 'what nobody has',
    fields: () => ({ reference: 'AP-2222-2222-2', boundTo: '' }),
  },
  'app/rights/new/actions.ts openRights': {
    needs: 'rights.handle',
    fields: () => ({
      ...{ kind: 'access', askedBy: 'self', identityCheck: 'document-seen' },
      ...{ 'received-day': '2', 'received-month': '2', 'received-year': '2026' },
      ...{ 'checked-day': '2', 'checked-month': '2', 'checked-year': '2026' },
    }),
  },
  'app/rights/[request]/actions.ts pick': {
    needs: 'rights.handle',
    fields: ({ rightsRequest }) => ({ request: rightsRequest }),
  },
  'app/rights/[request]/actions.ts askSecond': {
    needs: 'rights.handle',
    fields: ({ rightsRequest }) => ({ request: rightsRequest }),
  },
  // Nobody asked for it: there is nothing to approve, which an officer is told as everybody else.
  'app/rights/[request]/actions.ts approvePicked': {
    needs: 'what nobody has',
    fields: ({ rightsRequest }) => ({
      ...{ request: rightsRequest, reference: 'AP-2222-2222-2', boundTo: '', picks: '' },
    }),
  },
  'app/rights/[request]/actions.ts askLifting': {
    needs: 'rights.handle',
    fields: ({ rightsRequest }) => ({ request: rightsRequest, lifting: 'person-asked' }),
  },
  // Nor did anybody for this.
  'app/rights/[request]/actions.ts approveLifting': {
    needs: 'what nobody has',
    fields: ({ rightsRequest }) => ({
      ...{ request: rightsRequest, reference: 'AP-2222-2222-2', boundTo: '' },
    }),
  },
  'app/rights/[request]/actions.ts extend': {
    needs: 'rights.handle',
    fields: ({ rightsRequest }) => ({ request: rightsRequest, extension: 'complex' }),
  },
  'app/rights/[request]/actions.ts close': {
    needs: 'what nobody has',
    fields: () => ({ request: 'DR-2222-2222-2', closing: 'taken-back' }),
  },
  'app/rights/[request]/find/actions.ts findTyped': {
    needs: 'rights.handle',
    fields: ({ rightsRequest }) => ({ request: rightsRequest, nhsNumbers: '123' }),
  },
  // Their own: somebody else has to approve, and the administrator is told so.
  'app/approvals/[request]/actions.ts approveRequest': {
    ...{ needs: 'token.manage', within: 'the programme' },
    fields: ({ tokenRequest }) => ({ reference: tokenRequest, boundTo: '', code: '000000' }),
  },
  'app/approvals/[request]/actions.ts refuseRequest': {
    ...{ needs: 'token.manage', within: 'the programme' },
    fields: ({ tokenRequest }) => ({ reference: tokenRequest, boundTo: '', why: 'not-known' }),
  },
  // Without a code: they are told that it takes one.
  'app/approvals/[request]/actions.ts makeApproved': {
    ...{ needs: 'token.manage', within: 'the programme' },
    fields: ({ tokenRequest }) => ({ reference: tokenRequest }),
  },
  'app/approvals/[request]/actions.ts moveApproved': {
    needs: 'stage.change',
    fields: ({ tokenRequest }) => ({ reference: tokenRequest }),
  },
  'app/approvals/[request]/actions.ts doApproved': {
    needs: 'user.manage',
    fields: ({ tokenRequest }) => ({ reference: tokenRequest }),
  },
  'app/approvals/[request]/actions.ts withdrawRequest': {
    needs: 'what nobody has',
    fields: () => ({ reference: 'AP-2222-2222-2' }),
  },
  'app/users/new/ask/actions.ts ask': {
    needs: 'user.manage',
    fields: () => ({
      ...{ kind: 'officer-grant', name: 'Ana', email: 'ana@example.org' },
      reason: 'new-officer',
    }),
  },
  'app/users/[user]/ask/actions.ts ask': {
    needs: 'user.manage',
    fields: ({ otherProvider }) => ({
      ...{ user: otherProvider, kind: 'factor-reset', reason: 'app-lost' },
    }),
  },
  'app/users/new/actions.ts invite': {
    needs: 'user.manage',
    fields: () => ({
      name: 'Ana Analyst',
      email: 'analyst@demonstration.example',
      role: 'analyst',
      provider: '',
    }),
  },
  'app/users/[user]/actions.ts sendLink': {
    needs: 'user.manage',
    fields: ({ otherProvider }) => ({ user: otherProvider }),
  },
  'app/users/[user]/actions.ts disable': { needs: 'user.manage', fields: user },
  'app/users/[user]/actions.ts enable': {
    needs: 'user.manage',
    fields: ({ otherProvider }) => ({ user: otherProvider }),
  },
  'app/users/[user]/actions.ts own': { needs: 'user.manage', fields: user },
  'app/users/[user]/actions.ts disown': { needs: 'user.manage', fields: user },
  // For anybody: each asks for what it needs itself, a link, a password, a code.
  'app/set-password/actions.ts setPassword': {
    needs: 'nothing',
    fields: () => ({ link: 'none', password: 'walnut trombone ferry lichen' }),
  },
  'app/sign-in/actions.ts givePassword': {
    needs: 'nothing',
    fields: () => ({ email: 'nobody@example.org', password: 'not the password' }),
  },
  'app/sign-in/code/actions.ts giveCode': { needs: 'nothing', fields: () => ({ code: '' }) },
  'app/sign-in/enrol/actions.ts confirmApp': { needs: 'nothing', fields: () => ({ code: '' }) },
  'app/sign-in/recovery-code/actions.ts giveRecoveryCode': {
    needs: 'nothing',
    fields: () => ({ code: '' }),
  },
  'app/sign-in/forgotten-password/actions.ts askForLink': {
    needs: 'nothing',
    fields: () => ({ email: 'nobody@example.org' }),
  },
  // A field too many: it is refused, and the session goes on.
  'app/sign-out/actions.ts endOwnSession': { needs: 'nothing', fields: () => ({ extra: 'yes' }) },
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
