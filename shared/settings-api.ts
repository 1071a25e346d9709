import { oc } from '@orpc/contract'
import { z } from 'zod'
import { businessDate } from './business-day.ts'
import { deviceTests } from './device-tests.ts'
import { operatorId } from './ids.ts'
import { pinText } from './pin.ts'
import { problemCode } from './problems.ts'
import { contrast, nameForm, screenLanguage, screenOf, settingChange, staffRole, textSize } from './setting-change.ts'
import { volumes } from './voice/settings.ts'

const notice = z.object({ code: problemCode, values: z.record(z.string(), z.union([z.string(), z.number()])) })
const refused = z.object({ result: z.literal('refused'), notice })
const done = z.discriminatedUnion('result', [z.object({ result: z.literal('done') }), refused])
const instant = z.int()

const text = z.object({ zh: z.string(), en: z.string() })
const line = z.object({ key: z.int(), name: text, dish: text, priceFen: z.int() })
export type LineView = z.infer<typeof line>

/** What was typed for a line of the menu; the core says what is wrong with it. An empty English text is the Chinese one. */
const lineInput = z.object({
  key: z.int(),
  name: z.object({ zh: z.string().max(200), en: z.string().max(200) }),
  dish: z.object({ zh: z.string().max(200), en: z.string().max(200) }),
  priceFen: z.int(),
})
export type LineInput = z.infer<typeof lineInput>

/** What is to be changed. `set` and `operator` null: a new one. `date` null: from now on. */
export const wantedChange = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('menu'),
    set: z.string().max(64).nullable(),
    line: lineInput.nullable(),
    date: businessDate.nullable(),
  }),
  z.object({ what: z.literal('default-set'), set: z.string().max(64) }),
  z.object({
    what: z.literal('operator'),
    operator: operatorId.nullable(),
    name: z.string().max(200),
    role: staffRole,
    on: z.boolean(),
  }),
  /** Seconds; null: a person always confirms. */
  z.object({ what: z.literal('entry-pause'), seconds: z.number().nullable() }),
  z.object({ what: z.literal('name-form'), form: nameForm }),
  z.object({ what: z.literal('customer-language'), language: screenLanguage }),
  z.object({ what: z.literal('contrast'), contrast }),
  z.object({ what: z.literal('spoken-amounts'), on: z.boolean() }),
  z.object({ what: z.literal('spoken-names'), on: z.boolean() }),
  z.object({ what: z.literal('text-size'), screen: screenOf, size: textSize }),
  z.object({ what: z.literal('volumes'), volumes }),
])
export type WantedChange = z.infer<typeof wantedChange>
/** The same as a page sends it. */
export type WantedInput = z.input<typeof wantedChange>

const staffView = z.object({
  operator: operatorId,
  name: z.string(),
  role: staffRole,
  on: z.boolean(),
  onShift: z.boolean(),
  pin: z.enum(['none', 'set', 'locked']),
})
export type StaffView = z.infer<typeof staffView>

export const settingsView = z.object({
  /** Who opened the settings by their PIN; null: they are closed. */
  lead: z.object({ operator: operatorId, name: z.string() }).nullable(),
  /** `planned`: how the line is changed later, `line` null: off the menu; the earliest first. */
  sets: z.array(
    z.object({
      set: z.string(),
      line: line.nullable(),
      soldOut: z.boolean(),
      planned: z.array(z.object({ from: instant, line: line.nullable() })),
    }),
  ),
  defaultSet: z.string(),
  entrySeconds: z.number().nullable(),
  staffed: z.boolean(),
  nameForm,
  customerLanguage: screenLanguage,
  contrast,
  textSize: z.object({ staff: textSize, public: textSize }),
  /** What is said aloud, and how loud from which hour on. */
  voice: z.object({ amounts: z.boolean(), names: z.boolean(), volumes }),
  staff: z.array(staffView),
  /** The last changes, newest first. */
  log: z.array(z.object({ at: instant, by: z.string(), change: settingChange })),
})
export type SettingsView = z.infer<typeof settingsView>

export const deviceTest = z.enum(deviceTests)

/** `attention`: it works, and somebody should look at it. `values` are for the words of that test. */
export const testResult = z.object({
  test: deviceTest,
  health: z.enum(['good', 'attention', 'fault', 'absent']),
  /** What was found, a short name within the test. */
  found: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  at: instant,
})
export type TestResult = z.infer<typeof testResult>

/** What the station lead sets at the till. */
export const settingsApi = {
  look: oc.output(settingsView),
  unlock: oc.input(z.object({ operator: operatorId, pin: pinText })).output(done),
  lock: oc.output(done),
  change: oc.input(wantedChange).output(done),
  /** Of today only; whoever is on shift may say so. */
  sellOut: oc.input(z.object({ set: z.string().max(64), soldOut: z.boolean() })).output(done),
  /** Tries one device; those that need a hand wait for it for some seconds. */
  test: oc.input(z.object({ test: deviceTest })).output(testResult),
}

/** What an enrolment code says of itself, before anything is sent. */
const codeRead = z.object({ address: z.string(), terminal: z.string(), site: z.string().nullable() })
export type CodeRead = z.infer<typeof codeRead>

/** The first start of a terminal that nobody enrolled. */
export const setupApi = {
  read: oc
    .input(z.object({ text: z.string().max(4096) }))
    .output(z.discriminatedUnion('result', [z.object({ result: z.literal('read'), code: codeRead }), refused])),
  /** The text of an enrolment code on a stick that is plugged in. */
  fromStick: oc.output(
    z.discriminatedUnion('result', [z.object({ result: z.literal('read'), text: z.string() }), refused]),
  ),
  enrol: oc.input(z.object({ text: z.string().max(4096) })).output(done),
  /** The devices were looked at. */
  finish: oc.output(done),
}
