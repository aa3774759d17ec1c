import type { FileKind } from '#core/standard/further-fields.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { datasetOf } from '#server/programme/register/read-programme.ts'
import type { Database } from '#server/platform/db/database.ts'

/**
 * The reference of the file of a service, quarter and kind that somebody uploaded and had checked, and
 * that is held and not submitted yet. Another upload would put it aside with its answers and
 * corrections.
 */
export async function findCheckedDraft(
  database: Database,
  {
    service,
    quarter,
    kind = 'people',
  }: { readonly service: string; readonly quarter: string; readonly kind?: FileKind | undefined },
): Promise<string | undefined> {
  const draft = await inPrisma(database, async (prisma) => {
    const of = await prisma.service.findUnique({
      select: { stage: true },
      where: { code: service },
    })
    const dataset = datasetOf(of ?? { stage: 'production' })
    return prisma.submission.findFirst({
      select: { reference: true },
      where: {
        ...{ dataset, serviceCode: service, quarter, kind },
        // Cells that were corrected since the check take it back, and would go as well.
        OR: [{ state: 'checked' }, { state: 'mapped', correctedCells: { gt: 0 } }],
        ...{ receivedBy: { startsWith: 'U-' }, fileId: { not: null } },
      },
      orderBy: { id: 'desc' },
    })
  })
  return draft?.reference
}
