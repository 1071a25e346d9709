import { contextBridge, ipcRenderer } from 'electron'

// The page makes a channel and posts one end to itself; that end goes to the core, and nothing else passes here.
window.addEventListener('message', event => {
  if (event.source !== window || event.origin !== location.origin || event.data !== 'aixin-connect') return
  const [port] = event.ports
  if (port !== undefined) ipcRenderer.postMessage('page-port', null, [port])
})

// Tells the page that it runs inside of the Electron host.
contextBridge.exposeInMainWorld('terminalHost', { connect: () => undefined })
