import { z } from 'zod'
import { readTilePlace } from '#core/charts/tile-map.ts'
import { PURPOSES } from '#core/purpose/purposes.ts'
import { SOURCE_RULES } from '#core/look-up/rules/source-rules.ts'
import { FEED_KINDS } from '#core/standard/feeds/feed-kinds.ts'
import { isQuarter, type Quarter } from '#core/standard/quarter.ts'
import { ROLES } from '#server/identity/actors/roles.ts'
import { rolesIn, tidyName } from '#server/identity/actors/user.ts'
import { takesTwo } from '#server/identity/approvals/given-roles.ts'

/**
 * A programme's register as data: wards, strands, services and providers. Nothing in the code is
 * one programme's.
 */

const code = z.string().regex(/^[a-z0-9-]{1,64}$/)
const day = z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)
const quarter = z.custom<Quarter>((value) => typeof value === 'string' && isQuarter(value))
/** As it is read in lists, mails and published pages: on one line, without what hides or turns a part of it. */
const name = z.string().transform(tidyName).pipe(z.string().min(1).max(200))
const named = z.object({
  code,
  name,
  /** The quarter from which it is so, and the last in which it is used. */
  validFrom: quarter.optional(),
  closedAfter: quarter.optional(),
})

/** What a group of an organisation may make its people: whoever keeps its directory is one person. */
export const GROUP_ROLES = rolesIn('reach').filter(
  (role) => ROLES[role].of === 'programme' && !takesTwo(role),
)

/** What a service of a look-up is beside its entry. */
const SOURCE = z.strictObject({
  kind: z.enum(FEED_KINDS),
  /** What its data cover: where, and from which day to which. */
  area: name,
  coveredFrom: day,
  coveredTo: day.optional(),
  /** What it means that there is no record. */
  noRecord: z.string().trim().min(1).max(500),
  /** When what it sends is shown; left out, as is usual of its kind. */
  rules: SOURCE_RULES.optional(),
})

const schema = z.object({
  programme: z.object({
    code,
    name,
    live: z.boolean(),
    /** What the deployment is for: reach where it is not said. */
    purpose: z.enum(PURPOSES).optional(),
    years: z.object({ from: day, to: day }),
    policy: z.enum(['cautious', 'leap-2020']).optional(),
  }),
  /**
   * `gss`: the codes by which the Office for National Statistics names the ward, for its postcode
   * files.
   */
  wards: z.array(
    named.extend({
      gss: z.array(z.string().regex(/^[A-Z][0-9]{8}$/)).optional(),
      /** The years for which such a code holds: `2010 to 2022`. */
      gssYears: z.record(z.string(), z.string()).optional(),
      /** The ward that it was part of before `validFrom`. */
      splitFrom: code.optional(),
      /** Where it stands on a map of tiles: column and row, `2,1`. */
      tile: z
        .string()
        .refine((text) => readTilePlace(text) !== undefined)
        .optional(),
    }),
  ),
  strands: z.array(named),
  providers: z.array(named),
  services: z.array(
    named.extend({
      strand: code,
      provider: code,
      reachedBy: z.enum(['contacts', 'active-enrolment']).optional(),
      /** Whether the agreement lets a program send its files as they are, not hashed at source. */
      acceptsClear: z.boolean().optional(),
      /** The service that goes on with its work after `closedAfter`. */
      mergedInto: code.optional(),
      /** What its reminders say in its own words. */
      reminder: z.string().max(300).optional(),
      /** Of a look-up: where what practitioners are shown comes from. */
      source: SOURCE.optional(),
    }),
  ),
  /** What agreements are filled in from. */
  values: z
    .array(named.extend({ list: z.enum(['purpose', 'lawful-basis', 'gateway']) }))
    .optional(),
  /** Quarters with a deadline of their own, and those that are closed. */
  quarters: z
    .array(z.object({ quarter, deadline: day, closed: z.boolean().optional() }))
    .optional(),
  /** How people of the programme sign in with the accounts of their organisation. */
  signOn: z
    .strictObject({
      /** What people of a group are here; of several, the first that fits. Who approves takes two people. */
      groups: z.array(
        z.strictObject({
          group: z.string().min(1).max(200),
          role: z.enum(GROUP_ROLES),
          exact: z.boolean().default(false),
        }),
      ),
      /** Whose people may fall back on a password. */
      passwordRoles: z
        .array(z.enum(['analyst', 'reviewer', 'administrator', 'officer', 'auditor']))
        .default([]),
    })
    .optional(),
})

/** The form of a programme file. */
export type Register = z.infer<typeof schema>

/** A programme file that was read, or what is wrong with it: the place in it and the rule, a line each. */
export type RegisterRead =
  | { readonly ok: true; readonly register: Register }
  | { readonly ok: false; readonly problems: readonly string[] }

/** Reads a programme file. */
export function parseRegister(text: string): RegisterRead {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { ok: false, problems: ['the file is not JSON'] }
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) {
    return {
      ok: false,
      problems: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    }
  }
  const problems = [
    ...repeated('wards', parsed.data.wards),
    ...repeated('strands', parsed.data.strands),
    ...repeated('providers', parsed.data.providers),
    ...repeated('services', parsed.data.services),
    ...repeated('values', parsed.data.values ?? []),
    ...repeated(
      'quarters',
      (parsed.data.quarters ?? []).map((one) => ({ code: one.quarter })),
    ),
    ...repeated(
      'signOn.groups',
      (parsed.data.signOn?.groups ?? []).map(({ group }) => ({ code: group })),
    ),
    ...missing(parsed.data),
    ...ofOtherPurpose(parsed.data),
  ]
  return problems.length > 0 ? { ok: false, problems } : { ok: true, register: parsed.data }
}

/** Reads a programme file of ours; that anything is wrong with it is a fault. */
export function demandRegister(text: string): Register {
  const read = parseRegister(text)
  if (!read.ok) throw new Error(read.problems.join('\n'))
  return read.register
}

function repeated(list: string, entries: readonly { code: string }[]): string[] {
  const seen = new Set<string>()
  const problems: string[] = []
  for (const entry of entries) {
    if (seen.has(entry.code)) problems.push(`${list}: "${entry.code}" stands there twice`)
    seen.add(entry.code)
  }
  return problems
}

/** Every service of a look-up is a source, and none of reach is. */
function ofOtherPurpose({ programme, services }: Register): string[] {
  const isLookUp = programme.purpose === 'look-up'
  return services
    .filter(({ source }) => (source !== undefined) !== isLookUp)
    .map(({ code: service }) =>
      isLookUp
        ? `services.${service}: a service of a look-up has a "source"`
        : `services.${service}: only a service of a look-up has a "source"`,
    )
}

function missing(register: Register): string[] {
  const strands = new Set(register.strands.map((strand) => strand.code))
  const providers = new Set(register.providers.map((provider) => provider.code))
  const services = new Set(register.services.map((service) => service.code))
  const wards = new Set(register.wards.map((ward) => ward.code))
  const lost = register.wards.flatMap(({ code: ward, splitFrom }) =>
    splitFrom === undefined || wards.has(splitFrom)
      ? []
      : [`wards.${ward}: there is no ward "${splitFrom}"`],
  )
  const unmerged = register.services.flatMap(({ code: service, mergedInto }) =>
    mergedInto === undefined || services.has(mergedInto)
      ? []
      : [`services.${service}: there is no service "${mergedInto}"`],
  )
  const inServices = register.services.flatMap((service) => [
    ...(strands.has(service.strand)
      ? []
      : [`services.${service.code}: there is no strand "${service.strand}"`]),
    ...(providers.has(service.provider)
      ? []
      : [`services.${service.code}: there is no provider "${service.provider}"`]),
  ])
  return [...lost, ...unmerged, ...inServices]
}
