import { randomBytes } from 'node:crypto'
import { createConsentActs } from '../../../electron/core/face/consent-acts.ts'
import { createErasures } from '../../../electron/core/face/erasures.ts'
import type { FaceDeskParts } from '../../../electron/core/face/face-parts.ts'
import { createFaceSetting } from '../../../electron/core/face/face-setting.ts'
import { createFolderSearch } from '../../../electron/core/face/search-folder.ts'
import { createDocuments } from '../../../electron/core/store/documents.ts'
import { createFaces } from '../../../electron/core/store/faces.ts'
import { createRoster } from '../../../electron/core/store/roster.ts'
import { createSealedInputs } from '../../../electron/core/store/sealed-inputs.ts'
import { createVault } from '../../../electron/core/store/vault.ts'
import { demoSeniors, demoSites } from '../../../province/demo-people.ts'
import { type BusinessDate, businessDate } from '../../../shared/business-day.ts'
import type { SiteFace } from '../../../shared/face/site-face.ts'
import { operatorId } from '../../../shared/ids.ts'
import { seniorRefOf } from '../../../shared/senior-ref.ts'
import { standardSuite } from '../../../shared/suite.ts'
import { syntheticEngine, syntheticFaces, syntheticSite } from '../../support/synthetic-faces.ts'
import { enrolledChain, openStore, tempFolder } from '../store/store-kit.ts'

const faces = syntheticFaces(3)
const [member] = demoSeniors().filter(({ homeSite }) => homeSite === 'demo-canteen')
const [site] = demoSites()
if (!member || !site) throw new Error('the demo has people and sites')
const siteKey = randomBytes(32)

/** The one member of the faces that a test opens. */
export const senior = member.id

/** Everything about faces at a till over a real store, without its screens; one senior agreed to be known by their face. */
export async function openFaces() {
  const folder = tempFolder()
  const { db } = openStore(folder)
  const vault = createVault(randomBytes(32))
  const { ledger, clock } = await enrolledChain(db)
  const kept = createFaces(db, vault)
  const sealed = createSealedInputs(db, vault)
  const roster = createRoster(db, vault)
  let stopped = false
  let today: BusinessDate = businessDate.parse('2026-11-20')
  let face: SiteFace = syntheticSite
  const documents = createDocuments(db, vault)
  const erasures = createErasures(documents)
  const common = {
    ...{ ledger, clock, faces: kept, erasures },
    site: () => (site ? { ...site, face } : null),
    operator: () => operatorId.parse('op-1'),
    stopped: () => (stopped ? { code: 'DISK_LOW' as const, values: {} } : null),
    onChange: () => undefined,
    onRecorded: () => undefined,
  }
  const parts: FaceDeskParts = {
    ...common,
    setting: createFaceSetting({ ...common, documents }),
    folder: createFolderSearch(folder),
    ...{ sealed, roster, suite: standardSuite },
    today: () => today,
    refOf: ({ id }) => seniorRefOf(siteKey, id),
  }
  const acts = createConsentActs(parts)
  const { homeSite: _, expected: __, cardNumber: ___, ...person } = member ?? {}
  roster.apply([{ kind: 'full', home: true, ...memberEntry(person) }])
  const given = await acts.give({
    ...{ senior, checked: 'card' as const, notice: '3', what: ['face' as const] },
    by: { who: 'agent', name: '钱守义', relation: '儿子' },
    template: { engine: syntheticEngine, numbers: Float32Array.from(faces.frame(1)) },
    portrait: null,
  })
  if (given.result !== 'done') throw new Error(given.notice.code)
  return {
    ...{ parts, acts, kept, sealed, roster, ledger, given, erasures, clock },
    setToday(date: BusinessDate) {
      today = date
    },
    /** As a backup leaves them out. */
    loseCells: () => void db.exec('DELETE FROM face_cell'),
    stop(is: boolean) {
      stopped = is
    },
    /** What the province allows from now on. */
    allow(change: Partial<SiteFace>) {
      face = { ...face, ...change }
    },
    last() {
      const record = ledger.after({ generation: 1, seq: 0 }, 100).at(-1)?.record
      return record?.kind === 'consent' ? record.payload : null
    },
  }
}

function memberEntry(person: object) {
  if (!member) throw new Error('no member')
  return { ...person, id: senior, name: member.name, sex: member.sex, person: member.person, cards: [], codesSince: 0 }
}
