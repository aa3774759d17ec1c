import { z } from 'zod'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { SecondFactorRule, SignOnSettings } from './sign-on-settings.ts'

/** Who comes back from their organisation, as its token says. */
export interface SignOnPerson {
  readonly issuer: string
  /** Whom the issuer names, for good: an address or a name may be given to somebody else. */
  readonly subject: string
  readonly name: string | undefined
  /** Where mails go; it opens nothing. */
  readonly email: string | undefined
  /** Undefined where there are too many to say. */
  readonly groups: readonly string[] | undefined
  readonly hasSecondFactor: boolean
  /** When they proved themself there, in seconds; undefined where it does not say. */
  readonly provedAt: number | undefined
}

const texts = z.array(z.string().max(500)).max(2_000)

const claims = z.object({
  iss: z.string(),
  sub: z.string().min(1).max(500),
  oid: z.string().min(1).max(100).optional(),
  tid: z.string().min(1).max(100).optional(),
  name: z.string().max(200).optional(),
  email: z.email().max(254).optional().catch(undefined),
  preferred_username: z.email().max(254).optional().catch(undefined),
  groups: texts.optional(),
  // Where groups are too many, Entra ID says where to ask for them. Source: OpenID Connect Core 5.6.2.
  _claim_names: z.object({ groups: z.unknown() }).partial().optional(),
  hasgroups: z.union([z.boolean(), z.string()]).optional(),
  amr: texts.optional().catch(undefined),
  acr: z.string().max(500).optional().catch(undefined),
  acrs: texts.optional().catch(undefined),
  auth_time: z.number().int().optional(),
})

type Claims = z.infer<typeof claims>

/**
 * Whom a token names, once its signature, audience and nonce were checked. Refused as
 * `sign-on-failed` where it is not this issuer's, or is no such token.
 */
export function readSignOnPerson(
  { issuer, secondFactor }: Pick<SignOnSettings, 'issuer' | 'secondFactor'>,
  given: unknown,
): { readonly ok: true; readonly person: SignOnPerson } | Refusal<'sign-on-failed'> {
  const parsed = claims.safeParse(given)
  // What the issuer says of itself where it is found counts for nothing: this is what was set up.
  if (!parsed.success || parsed.data.iss !== issuer) return refuse('sign-on-failed')
  const subject = subjectOf(issuer, parsed.data)
  if (subject === undefined) return refuse('sign-on-failed')
  const { name, email, preferred_username: username, auth_time: provedAt } = parsed.data
  return {
    ok: true,
    person: {
      ...{ issuer, subject, name, provedAt },
      email: (email ?? username)?.toLowerCase(),
      groups: groupsOf(parsed.data),
      hasSecondFactor: showsSecondFactor(secondFactor, parsed.data),
    },
  }
}

/** An issuer of Entra ID is one tenant's. */
const ENTRA =
  /^https:\/\/login[.](?:microsoftonline[.](?:com|us)|partner[.]microsoftonline[.]cn)\/([0-9a-f-]{36})\/v2[.]0$/

/**
 * In Entra ID `sub` is another for each application, and `oid` within `tid` is the person. Elsewhere
 * `sub` is.
 */
function subjectOf(issuer: string, { sub, oid, tid }: Claims): string | undefined {
  const tenant = ENTRA.exec(issuer)?.[1]
  if (tenant === undefined) return `sub ${sub}`
  return oid === undefined || tid !== tenant ? undefined : `oid ${tid} ${oid}`
}

function groupsOf({ groups, _claim_names: elsewhere, hasgroups }: Claims): SignOnPerson['groups'] {
  const isCut = elsewhere?.groups !== undefined || hasgroups === true || hasgroups === 'true'
  return isCut ? undefined : (groups ?? [])
}

function showsSecondFactor(rule: SecondFactorRule | undefined, given: Claims): boolean {
  const said = rule === undefined ? undefined : given[rule.claim]
  const values = typeof said === 'string' ? [said] : (said ?? [])
  return values.some((value) => rule?.values.includes(value) === true)
}
