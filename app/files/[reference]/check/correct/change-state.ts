import type { ChangedCells } from '#core/grid/grid-rows.ts'
import type { FormState } from '../../../../guards/form-state.ts'

/** What a change of cells came to. */
export interface ChangeState extends FormState {
  readonly changed?: ChangedCells
  /** Another page changed the corrections meanwhile: this one shows what was. */
  readonly isStale?: boolean
}
