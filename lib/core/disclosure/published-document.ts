import { z } from 'zod'
import { ATTRIBUTES, MEASURES, SPANS } from './lattice.ts'
import { HIDDEN } from './printed.ts'

/**
 * A published release as one JSON document, for programs: written in docs/published-json.md. A field
 * may be added to format 1; none changes its meaning or goes.
 */

const quarter = z.string().regex(/^[0-9]{4}-Q[1-4]$/)
const printed = z.union([z.int().nonnegative(), z.literal(HIDDEN)])

const named = z.strictObject({ code: z.string(), name: z.string() })

const figures = z.strictObject({
  quarter,
  span: z.enum(SPANS),
  scope: named.extend({ kind: z.enum(['all', 'strand', 'service']) }),
  place: named.extend({
    kind: z.enum(['everywhere', 'area', 'outside', 'unknown', 'area-unknown', 'ward']),
  }),
  breakdown: named.extend({ attribute: z.enum(ATTRIBUTES) }).nullable(),
  figures: z.partialRecord(z.enum(MEASURES), printed),
  interval: z.string(),
})

/** The schema of the document. */
export const publishedDocument = z.strictObject({
  format: z.literal('countonce-published-1'),
  programme: z.strictObject({ name: z.string(), demonstration: z.boolean() }),
  release: z.strictObject({
    reference: z.string(),
    firstQuarter: quarter,
    lastQuarter: quarter,
    madeAt: z.iso.datetime(),
    publishedAt: z.iso.datetime(),
    state: z.enum(['current', 'superseded']),
    supersedes: z.string().nullable(),
    supersededBy: z.string().nullable(),
    changes: z.array(z.string()),
    threshold: z.int(),
    base: z.int(),
    linkagePolicy: z.string(),
    programVersion: z.string(),
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    key: z.string().nullable(),
  }),
  coverage: z.record(quarter, z.array(z.string())),
  method: z.array(z.strictObject({ heading: z.string(), paragraphs: z.array(z.string()) })),
  figures: z.array(figures),
})

/** The document. */
export type PublishedDocument = z.infer<typeof publishedDocument>
