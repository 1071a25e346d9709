import { execFile as realExecFile, spawn as realSpawn } from 'node:child_process'

/** node:child_process as a program with the runAsNode fuse off has it: it cannot start itself as Node. */

export function fork(): never {
  throw new Error(
    'Electron double: child_process.fork does not work where the runAsNode fuse is off; use utilityProcess',
  )
}

function refuseSelf(file: string): void {
  if (file === process.execPath)
    throw new Error('Electron double: the program cannot run itself as Node, the runAsNode fuse is off')
}

export const spawn: typeof realSpawn = new Proxy(realSpawn, {
  apply: (target, self, args) => {
    refuseSelf(String(args[0]))
    return Reflect.apply(target, self, args)
  },
})

export const execFile: typeof realExecFile = new Proxy(realExecFile, {
  apply: (target, self, args) => {
    refuseSelf(String(args[0]))
    return Reflect.apply(target, self, args)
  },
})
