import { summariseService } from '#core/look-up/contract/contract-answer.ts'
import { requirePerson } from '../../../../../guards/asking-system.ts'
import { answerJson } from '../../../../../guards/sending-program.ts'

/** The sources that the practitioner may open, each with whether it has records of the person. */
export async function GET(
  request: Request,
  { params }: { readonly params: Promise<{ person: string }> },
): Promise<Response> {
  const found = await requirePerson(request, (await params).person)
  return found.ok ? answerJson(200, found.person.rows.map(summariseService)) : found.answer
}
