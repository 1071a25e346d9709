import { createRoot } from 'react-dom/client'
import './design/fonts.ts'
import './design/base.css'
import { showContrast } from './design/contrast.ts'
import { showTextSize } from './design/text-size.ts'
import { Customer } from './screens/customer/Customer.tsx'
import { startCustomer } from './state/customer-actions.ts'
import { useCustomer } from './state/customer-store.ts'

const place = document.getElementById('page')
if (!place) throw new Error('the page has no place to draw in')
document.documentElement.lang = useCustomer.getState().language === 'zh' ? 'zh-CN' : 'en'
createRoot(place).render(<Customer />)
useCustomer.subscribe(({ view, language }) => {
  showContrast(view?.contrast ?? 'normal')
  showTextSize(view?.textSize ?? 100)
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
})
startCustomer()
setInterval(() => useCustomer.setState({ now: Date.now() }), 1000)
