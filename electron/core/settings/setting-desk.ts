import type { BusinessDate } from '../../../shared/business-day.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { type OperatorId, recordId } from '../../../shared/ids.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { SettingChange } from '../../../shared/setting-change.ts'
import { lineOf, siteAt, staffOf } from '../../../shared/settings.ts'
import type { SettingsView, WantedChange } from '../../../shared/settings-api.ts'
import { type Site, site as siteSchema } from '../../../shared/site.ts'
import type { Done, Notice } from '../../../shared/terminal-api.ts'
import type { VoiceSettings } from '../../../shared/voice/settings.ts'
import type { Clock } from '../clock.ts'
import type { Documents } from '../store/documents.ts'
import type { Ledger } from '../store/ledger.ts'
import type { Pins } from '../store/pins.ts'
import type { SettingChanges } from './own-changes.ts'
import { type Standing, weigh } from './wanted.ts'

/** The settings close by themselves so long (ms) after the last change: a lead who was called away leaves nothing open. */
const openFor = 5 * 60_000
const logLength = 30

/** What the site sets at the till: each change is a record with before and after, and takes effect at once. */
export interface SettingDesk {
  look(): SettingsView
  /** Opens the settings for a station lead; each wrong PIN counts. */
  unlock(operator: OperatorId, pin: string): Done
  lock(): Done
  change(wanted: WantedChange): Promise<Done>
  sellOut(set: string, soldOut: boolean): Promise<Done>
}

export interface SettingDeskParts {
  readonly documents: Documents
  readonly settings: SettingChanges
  readonly ledger: Ledger
  readonly pins: Pins<OperatorId>
  readonly clock: Clock
  /** The voice as it is set now. */
  voice(): VoiceSettings
  today(): BusinessDate
  /** Of the shift. */
  operator(): OperatorId | null
  stopped(): Notice | null
  onChanged(): void
}

const done: Done = { result: 'done' }
const refuse = (code: ProblemCode, values: Notice['values'] = {}): Done => ({
  result: 'refused',
  notice: { code, values },
})

export function createSettingDesk(parts: SettingDeskParts): SettingDesk {
  const { settings, ledger, pins, clock } = parts
  let opened: { readonly by: OperatorId; until: number } | null = null

  const base = (): Site | null => parts.documents.read('site', siteSchema)
  const staff = () => {
    const site = base()
    return site ? staffOf(site, settings.all(), clock.now()) : []
  }

  /** Who has the settings open; whoever lost the role or was switched off meanwhile has not. */
  function lead(): OperatorId | null {
    if (opened === null || opened.until < clock.now()) return null
    const { by } = opened
    return staff().some(({ id, role, on }) => id === by && role === 'lead' && on) ? by : null
  }

  async function record(weighed: (now: number) => { change: SettingChange } | { notice: Notice }): Promise<Done> {
    const stopped = parts.stopped()
    if (stopped) return { result: 'refused', notice: stopped }
    const result = await ledger.inTurn(async (): Promise<Done> => {
      for (;;) {
        const now = clock.now()
        const found = weighed(now)
        if ('notice' in found) return { result: 'refused', notice: found.notice }
        const { change } = found
        if (canonicalJson(change.before) === canonicalJson(change.after)) return done
        const id = recordId.parse(clock.mint())
        const stored = await ledger.append(
          { kind: 'setting-change', id, at: now, payload: change },
          {
            also({ generation, seq }) {
              settings.keep({ record: id, at: now, change }, { generation, seq })
              return true
            },
          },
        )
        if (stored) return done
      }
    })
    if (result.result === 'done') parts.onChanged()
    return result
  }

  function standing(site: Site, by: OperatorId, now: number): Standing {
    return {
      ...{
        base: site,
        changes: settings.all(),
        screens: settings.screensAt(now),
        voice: parts.voice(),
        now,
        today: parts.today(),
        lead: by,
      },
      ...{ onShift: parts.operator(), fresh: clock.mint().slice(-8) },
    }
  }

  return {
    look: () => viewOf(parts, base(), lead()),
    unlock(operator, pin) {
      const who = staff().find(({ id, on }) => id === operator && on)
      if (who === undefined) return refuse('OPERATOR_UNKNOWN')
      if (who.role !== 'lead') return refuse('LEAD_ONLY')
      const said = pins.try(operator, pin)
      if (said !== 'right') return refuse(pinCodes[said])
      opened = { by: operator, until: clock.now() + openFor }
      return done
    },
    lock() {
      opened = null
      return done
    },
    async change(wanted) {
      const [by, site] = [lead(), base()]
      if (site === null) return refuse('NOT_ENROLLED')
      if (by === null || opened === null) return refuse('SETTINGS_CLOSED')
      opened.until = clock.now() + openFor
      return await record(now => {
        const weighed = weigh(wanted, standing(site, by, now))
        return weighed.ok ? { change: weighed.change } : { notice: weighed.notice }
      })
    },
    async sellOut(set, soldOut) {
      const [operator, site] = [parts.operator(), base()]
      if (site === null) return refuse('NOT_ENROLLED')
      if (operator === null) return refuse('NO_SHIFT')
      return await record(now => {
        const known = siteAt(site, settings.all(), now).menu.find(({ id }) => id === set)
        if (known === undefined) return { notice: { code: 'SET_UNKNOWN', values: {} } }
        const change: SettingChange = {
          ...{ site: site.id, what: 'sold-out', subject: set, before: known.soldOut, after: soldOut },
          ...{ from: now, operator },
        }
        return { change }
      })
    },
  }
}

const pinCodes = { wrong: 'LEAD_PIN_WRONG', locked: 'LEAD_PIN_LOCKED', none: 'LEAD_PIN_NONE' } as const

function viewOf(parts: SettingDeskParts, site: Site | null, by: OperatorId | null): SettingsView {
  const now = parts.clock.now()
  const changes = parts.settings.all()
  const { customerLanguage, contrast, textSize } = parts.settings.screensAt(now)
  const { amounts, names, volumes } = parts.voice()
  const ofScreens = { customerLanguage, contrast, textSize, voice: { amounts, names, volumes } }
  const nothing: SettingsView = {
    ...{
      lead: null,
      sets: [],
      defaultSet: '',
      entrySeconds: null,
      staffed: true,
      nameForm: 'title',
      staff: [],
      log: [],
    },
    ...ofScreens,
  }
  if (site === null) return nothing
  const current = siteAt(site, changes, now)
  const staff = staffOf(site, changes, now)
  const onShift = parts.operator()
  const nameOf = (id: OperatorId) => staff.find(one => one.id === id)?.name ?? id
  return {
    lead: by && { operator: by, name: nameOf(by) },
    sets: setsOf(current, changes, now),
    defaultSet: current.defaultSet,
    entrySeconds: current.expressSeconds,
    staffed: site.staffed,
    nameForm: current.nameForm ?? 'title',
    ...ofScreens,
    staff: staff.map(({ id, name, role, on }) => ({
      ...{ operator: id, name, role, on, onShift: id === onShift, pin: parts.pins.stateOf(id) },
    })),
    log: [...changes]
      .sort((one, other) => other.at - one.at || (one.record < other.record ? 1 : -1))
      .slice(0, logLength)
      .map(({ at, change }) => ({ at, by: nameOf(change.operator), change })),
  }
}

function setsOf({ menu }: Site, changes: ReturnType<SettingChanges['all']>, now: number): SettingsView['sets'] {
  const later = changes.flatMap(heard =>
    heard.change.what === 'menu' && heard.change.from > now ? [{ at: heard.at, ...heard.change }] : [],
  )
  const sets = [...new Set([...menu.map(({ id }) => id), ...later.map(({ subject }) => subject)])]
  return sets.map(set => {
    const line = menu.find(({ id }) => id === set)
    // Of two for the same instant the one that was made later counts.
    const planned = new Map(
      later
        .filter(({ subject }) => subject === set)
        .sort((one, other) => one.from - other.from || one.at - other.at)
        .map(({ from, after }) => [from, after]),
    )
    return {
      ...{ set, line: line ? lineOf(line) : null, soldOut: line?.soldOut ?? false },
      planned: [...planned].map(([from, after]) => ({ from, line: after })),
    }
  })
}
