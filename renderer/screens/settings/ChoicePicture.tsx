import type { TextSize } from '../../../shared/setting-change.ts'
import type { SettingsView } from '../../../shared/settings-api.ts'
import { spokenAmountZh } from '../../../shared/voice/spoken-amount.ts'
import { addressed } from '../../i18n/addressed.ts'
import { yuan } from '../../i18n/money.ts'
import { useSpeech } from '../../i18n/use-words.ts'
import { wordsOf } from '../../i18n/words.ts'
import type { Choice } from '../../state/settings-store.ts'
import { BeforeAfter, MiniBar, MiniCustomer, MiniPlate } from './BeforeAfter.tsx'

/** What was chosen is what stands there already. */
export function isNow(choice: Choice, view: SettingsView): boolean {
  switch (choice.what) {
    case 'default-set':
      return choice.set === view.defaultSet
    case 'entry-pause':
      return choice.seconds === view.entrySeconds
    case 'name-form':
      return choice.form === view.nameForm
    case 'customer-language':
      return choice.language === view.customerLanguage
    case 'contrast':
      return choice.contrast === view.contrast
    case 'spoken-amounts':
      return choice.on === view.voice.amounts
    case 'spoken-names':
      return choice.on === view.voice.names
    case 'text-size':
      return choice.size === view.textSize[choice.screen]
    case 'volumes':
      return JSON.stringify(choice.volumes) === JSON.stringify(view.voice.volumes)
  }
}

const sum = yuan(750)

/** What is about to change, before and after. */
export function ChoicePicture({ choice, view }: { choice: Choice; view: SettingsView }) {
  const speech = useSpeech()
  const { words } = speech
  const plate = (id: string) => {
    const line = view.sets.find(({ set }) => set === id)?.line
    return <MiniPlate name={line ? speech.say(line.name) : '—'} price={line ? yuan(line.priceFen) : '—'} />
  }
  const bar = (seconds: number | null) => <MiniBar seconds={seconds} text={words.pauseShort(seconds)} />
  const greet = (form: SettingsView['nameForm']) => (
    <MiniCustomer
      head={addressed(words, form, 'female', speech.language === 'zh' ? '张' : 'Zhang')}
      note={`${words.ownPay} ${sum}`}
    />
  )
  const speaks = (language: SettingsView['customerLanguage']) => {
    const said = wordsOf(language)
    return <MiniCustomer head={said.takeMeal} note={`${said.ownPay} ${sum}`} />
  }
  const looks = (contrast: SettingsView['contrast']) => (
    <MiniCustomer head={words.takeMeal} note={`${words.ownPay} ${sum}`} dark={contrast === 'high'} />
  )
  const says = (line: string, on: boolean) => (
    <MiniCustomer head={on ? line : words.saidPlain} note={words.saidNote[on ? 'on' : 'off']} />
  )
  const sized = (size: TextSize) => <MiniCustomer head={`¥${sum}`} note={words.sizeText(size)} size={size} />
  const loud = (volumes: SettingsView['voice']['volumes']) => (
    <MiniCustomer
      head={volumes.map(({ volume }) => words.volumeText(volume)).join(' · ')}
      note={volumes.map(({ from }) => from).join(' · ')}
    />
  )
  switch (choice.what) {
    case 'default-set':
      return <BeforeAfter before={plate(view.defaultSet)} after={plate(choice.set)} />
    case 'entry-pause':
      return <BeforeAfter before={bar(view.entrySeconds)} after={bar(choice.seconds)} />
    case 'name-form':
      return <BeforeAfter before={greet(view.nameForm)} after={greet(choice.form)} />
    case 'customer-language':
      return <BeforeAfter before={speaks(view.customerLanguage)} after={speaks(choice.language)} />
    case 'contrast':
      return <BeforeAfter before={looks(view.contrast)} after={looks(choice.contrast)} />
    case 'spoken-amounts': {
      const line = words.saidAmount(spokenAmountZh(750))
      return <BeforeAfter before={says(line, view.voice.amounts)} after={says(line, choice.on)} />
    }
    case 'spoken-names': {
      const line = words.saidName('张女士')
      return <BeforeAfter before={says(line, view.voice.names)} after={says(line, choice.on)} />
    }
    case 'text-size':
      return <BeforeAfter before={sized(view.textSize[choice.screen])} after={sized(choice.size)} />
    case 'volumes':
      return <BeforeAfter before={loud(view.voice.volumes)} after={loud([...choice.volumes])} />
  }
}
