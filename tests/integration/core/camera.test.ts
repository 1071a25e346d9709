import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DemoHouse, openDemoHouse } from '../../support/demo-house.ts'
import type { Till } from '../../support/till.ts'

let house: DemoHouse
let till: Till

beforeAll(async () => {
  house = await openDemoHouse()
  till = await house.openTill()
})
afterAll(() => house?.close())

const chosen = { camera: { id: 'b2', label: 'Counter camera' }, mirrored: false, zoom: 1.5 }

async function needsLight(): Promise<boolean | undefined> {
  for await (const view of await till.client.watchCustomer()) return view.needsLight
  return undefined
}

test('nobody has chosen a camera at first: the system does, shown as in a mirror', () => {
  expect(till.terminal().camera).toEqual({ camera: null, mirrored: true, zoom: 1 })
})

test('the camera that staff choose comes to every page', async () => {
  await till.client.chooseCamera(chosen)
  const view = await till.untilTerminal(({ camera }) => camera.camera !== null)
  expect(view.camera).toEqual(chosen)
})

test('a camera in the dark is on the view of devices, and on the public screen only as a need for light', async () => {
  await till.client.cameraState({ camera: 'camera', state: 'running', notes: ['dark', 'other-camera'] })
  const view = await till.untilTerminal(({ devices }) => devices.some(({ notes }) => notes?.includes('dark')))
  expect(view.devices.find(({ kind }) => kind === 'camera')).toMatchObject({ state: 'idle' })
  expect(await needsLight()).toBe(true)
  await till.client.cameraState({ camera: 'camera', state: 'running', notes: [] })
  expect(await needsLight()).toBe(false)
})

test('a camera that is gone asks nobody for light', async () => {
  await till.client.cameraState({ camera: 'camera', state: 'lost', notes: ['dark'] })
  expect(await needsLight()).toBe(false)
})
