/** What can be tried at a terminal, in the order in which it is shown. Plain, since pages load it too. */
export const deviceTests = [
  'card-reader',
  'code-scanner',
  'camera',
  'customer-screen',
  'printer',
  'speaker',
  'network',
  'clock',
  'storage',
  'key',
] as const
export type DeviceTest = (typeof deviceTests)[number]
