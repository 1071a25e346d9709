/** What is used of the package `espeak-ng`, which has no types: each call runs the program once. */
declare module 'espeak-ng' {
  export default function speak(options: {
    arguments: readonly string[]
    instantiateWasm(
      imports: WebAssembly.Imports,
      ready: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ): object
  }): Promise<{ FS: { readFile(path: string): Uint8Array } }>
}
