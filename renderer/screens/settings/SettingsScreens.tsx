import type { TerminalView } from '../../../shared/terminal-api.ts'
import { type SettingsScreen, useSettings } from '../../state/settings-store.ts'
import { DevicesPage } from './DevicesPage.tsx'
import { HabitsPage } from './HabitsPage.tsx'
import { Gate, Home } from './HomePages.tsx'
import { LogPage } from './LogPage.tsx'
import { MenuPage } from './MenuPage.tsx'
import { ScreensPage } from './ScreensPage.tsx'
import { SeniorPage } from './SeniorPage.tsx'
import { SoldOutPage } from './SoldOutPage.tsx'
import { StaffPage } from './StaffPage.tsx'
import { VoicePage } from './VoicePage.tsx'

/** What a site sets at its till, as questions. */
export function SettingsScreens({ screen, terminal }: { screen: SettingsScreen; terminal: TerminalView }) {
  const view = useSettings(state => state.view)
  if (screen === 'devices') return <DevicesPage />
  if (view === null) return null
  switch (screen) {
    case 'gate':
      return <Gate view={view} />
    case 'home':
      return <Home view={view} />
    case 'menu':
      return <MenuPage view={view} terminal={terminal} />
    case 'staff':
      return <StaffPage view={view} />
    case 'habits':
      return <HabitsPage view={view} />
    case 'senior':
      return <SeniorPage view={view} />
    case 'screens':
      return <ScreensPage view={view} />
    case 'voice':
      return <VoicePage view={view} />
    case 'log':
      return <LogPage view={view} today={terminal.businessDate} />
    case 'sold-out':
      return <SoldOutPage view={view} />
  }
}
