import '../html/no-code-from-text.ts'
import { startVerifier } from './start-verifier.ts'

startVerifier()
