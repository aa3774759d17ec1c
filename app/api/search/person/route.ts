import { answerContract, requirePractitioner } from '../../../guards/asking-system.ts'

/** Says that nobody can be searched for by name. */
export async function HEAD(request: Request): Promise<Response> {
  return POST(request)
}

/** The same; what was sent is not read. */
export async function POST(request: Request): Promise<Response> {
  const allowed = await requirePractitioner(request)
  return allowed.ok ? answerContract('contract-search') : allowed.answer
}
