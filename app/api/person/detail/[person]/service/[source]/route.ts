import { detailService } from '#core/look-up/contract/contract-answer.ts'
import { answerContract, requirePerson } from '../../../../../../guards/asking-system.ts'
import { answerJson } from '../../../../../../guards/sending-program.ts'

/** Opens what one source says of a person, which is audited apart. */
export async function GET(
  request: Request,
  { params }: { readonly params: Promise<{ person: string; source: string }> },
): Promise<Response> {
  const { person: id, source } = await params
  const found = await requirePerson(request, id, source)
  if (!found.ok) return found.answer
  const row = found.person.rows.find((each) => each.source.code === source)
  const detail = row === undefined ? undefined : detailService(row)
  return detail === undefined ? answerContract('contract-person') : answerJson(200, detail)
}
