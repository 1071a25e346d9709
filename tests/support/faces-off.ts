import { createFaceCounterParts, type FaceCounterParts } from '../../electron/core/face/counter-parts.ts'
import { createErasures } from '../../electron/core/face/erasures.ts'
import type { FaceDeskParts } from '../../electron/core/face/face-parts.ts'
import { createFaceSetting } from '../../electron/core/face/face-setting.ts'
import { createFaceMeasure } from '../../electron/core/face/measure.ts'
import { createFolderSearch } from '../../electron/core/face/search-folder.ts'
import type { Documents } from '../../electron/core/store/documents.ts'
import { createFaceDistances } from '../../electron/core/store/face-distances.ts'
import { createFaces } from '../../electron/core/store/faces.ts'
import type { Db } from '../../electron/core/store/open-database.ts'
import type { Vault } from '../../electron/core/store/vault.ts'

type Given = Omit<FaceDeskParts, 'faces' | 'setting' | 'erasures' | 'folder'> & { readonly documents: Documents }

/** Faces over the real stores of a terminal whose site does not allow them. */
export function facesOff(parts: Given, db: Db, vault: Vault, dataDir: string): FaceCounterParts {
  const faces = createFaces(db, vault)
  const erasures = createErasures(parts.documents)
  const setting = createFaceSetting({ ...parts, faces, erasures })
  const measure = createFaceMeasure({ ...parts, faces, setting, db, distances: createFaceDistances(db) })
  const folder = createFolderSearch(dataDir)
  const away = { fetch: async () => null }
  return createFaceCounterParts({ ...parts, faces, erasures, setting, measure, folder, away })
}
