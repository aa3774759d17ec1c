import { CONTRACT } from '#core/look-up/contract/contract.ts'
import { requirePractitioner } from '../../guards/asking-system.ts'
import { answerJson } from '../../guards/sending-program.ts'

/** The contract that the other routes keep, as an OpenAPI document. */
export async function GET(request: Request): Promise<Response> {
  const allowed = await requirePractitioner(request)
  return allowed.ok ? answerJson(200, CONTRACT) : allowed.answer
}
