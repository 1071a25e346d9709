import type { FaceRequest } from '../../shared/face/engine-link.ts'
import type { Frame } from '../../shared/face/frame.ts'
import type { OwnModel } from './onnx-engine.ts'

/** A camera's frame, which the worker takes over and closes, or pixels. */
export type FacePicture = VideoFrame | Frame

/** What the face worker is sent: once the start, then a frame each time somebody asks. */
export type FaceWorkerMessage =
  | { readonly type: 'start'; readonly own: OwnModel | null }
  | { readonly type: 'look'; readonly request: FaceRequest<FacePicture> }
