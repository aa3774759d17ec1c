import { requirePerson } from '../../../../guards/asking-system.ts'
import { answerJson } from '../../../../guards/sending-program.ts'

/** A person of a look-up: that there is an answer, and nothing of who they are, which nobody holds. */
export async function GET(
  request: Request,
  { params }: { readonly params: Promise<{ person: string }> },
): Promise<Response> {
  const { person: id } = await params
  const found = await requirePerson(request, id)
  return found.ok ? answerJson(200, { id, firstName: '', lastName: '' }) : found.answer
}
