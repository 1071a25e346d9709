import { expect, test } from 'vitest'
import { createCameraChoice } from '../../../electron/core/camera-choice.ts'
import { createDocuments } from '../../../electron/core/store/documents.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { openStore, tempFolder } from './store-kit.ts'

const vault = createVault(new Uint8Array(32).fill(4))
const chosen = { camera: { id: 'b2', label: 'Counter camera' }, mirrored: false, zoom: 1.5 }

test('the chosen camera is kept over a restart', () => {
  const dataDir = tempFolder()
  const { db, close } = openStore(dataDir)
  createCameraChoice(createDocuments(db, vault)).keep(chosen)
  close()
  expect(createCameraChoice(createDocuments(openStore(dataDir).db, vault)).current()).toEqual(chosen)
})
