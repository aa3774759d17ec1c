import { z } from 'zod'
import type { KeptInvolvement } from '#core/checks/events/kept-events.ts'
import { readStaff } from '#core/checks/events/staff-values.ts'
import { CODE_LISTS } from '#core/standard/codes.ts'
import { INVOLVEMENT_STATES } from '#core/standard/feeds/feed-codes.ts'
import {
  detailFields,
  STAFF_FIELDS,
  type FeedField,
  type StaffFieldName,
} from '#core/standard/feeds/feed-fields.ts'
import type { FeedKind } from '#core/standard/feeds/feed-kinds.ts'

/**
 * Reads what a reading process says of involvements, of which nothing is believed: every code is of
 * its list, every day is one, and every text looks like a member of staff or an organisation.
 */

const day = z.union([z.literal(''), z.iso.date()])

/** The form of the involvements of a kind of source. */
export function involvementForm(kind: FeedKind): z.ZodType<KeptInvolvement> {
  const details = Object.fromEntries(
    detailFields(kind).map((field) => [field.name, valueOf(field).exactOptional()]),
  )
  return z.strictObject({
    state: z.enum(INVOLVEMENT_STATES),
    ...{ startDate: day, lastDate: day, endDate: day },
    staffName: orBlank('staff_name'),
    staffRole: orBlank('staff_role'),
    staffPhone: orBlank('staff_phone'),
    staffEmail: orBlank('staff_email'),
    staffTeam: orBlank('staff_team'),
    details: z.strictObject(details),
  })
}

function orBlank(name: StaffFieldName): z.ZodType<string> {
  const field = STAFF_FIELDS.find((each) => each.name === name)
  return field === undefined ? z.never() : z.union([z.literal(''), valueOf(field)])
}

function valueOf({ staff, codes, kind }: FeedField): z.ZodType<string> {
  if (staff !== undefined) return z.string().refine((text) => readStaff(staff, text).value === text)
  if (kind === 'date') return z.iso.date()
  const known = new Set(codes === undefined ? [] : CODE_LISTS[codes].codes.map(({ code }) => code))
  return z.string().refine((text) => known.has(text))
}
