import type { RecordId, SeniorId } from '../../../shared/ids.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import type { OrderId } from '../../../shared/visit/order.ts'
import type { CarerId, SiteService } from '../../../shared/visit/service.ts'
import type { VisitView } from '../../../shared/visit-api.ts'
import type { FaceToConfirm } from '../check-in-state.ts'
import type { ShownBy } from './open-visit.ts'

/** Somebody who stands at the station, and what was chosen for them so far. Nothing of it is recorded yet. */
export interface Arriving {
  /** The record that begins with it will have this id. */
  readonly id: RecordId
  readonly senior: SeniorId
  readonly by: ShownBy
  readonly service: SiteService | null
  readonly carer: CarerId | null
  readonly order: OrderId | null
  /** The window of the station's code that the carer showed; null where none was. */
  readonly code: number | null
  /** Their phone answered it, and says that it is they: nobody entered their PIN. */
  readonly byPhone: boolean
}

export type VisitDeskState =
  | { readonly state: 'list' }
  | { readonly state: 'arriving'; readonly draft: Arriving }
  | { readonly state: 'visit'; readonly visit: RecordId }
  | { readonly state: 'leaving'; readonly visit: RecordId }
  /** As it was recorded. */
  | { readonly state: 'rating'; readonly view: VisitView }

export interface VisitDeskNow {
  readonly open: boolean
  readonly desk: VisitDeskState
  readonly notice: Notice | null
  /** Found by the face, until staff say whether it is they. */
  readonly asked: FaceToConfirm | null
}
