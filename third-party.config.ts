import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** Packages of others that the pages carry, whole or in part. Those without a licence file of their own have a `notice` from their files. */
export const carriedPackages: readonly { readonly name: string; readonly of?: string; readonly notice?: string }[] = [
  { name: 'react' },
  { name: 'react-dom' },
  { name: 'scheduler' },
  { name: 'zustand' },
  { name: 'zod' },
  { name: '@orpc/client' },
  { name: '@orpc/contract' },
  { name: '@orpc/shared' },
  { name: '@orpc/standard-server' },
  { name: '@orpc/standard-server-peer' },
  { name: '@noble/hashes' },
  { name: 'cborg' },
  { name: 'fflate' },
  { name: 'jsqr' },
  { name: 'uqr' },
  { name: 'zxing-wasm' },
  { name: '@zxing/library' },
  { name: 'uqr' },
  { name: '@fontsource-variable/noto-sans-sc' },
  { name: '@fontsource/noto-serif-sc' },
  {
    name: 'face-api.js',
    of: 'the library (with TensorFlow.js in it, Copyright Google LLC, Apache-2.0), the networks of 68 landmarks and of recognition',
  },
  { name: '@vladmandic/human', of: 'the network BlazeFace (google/mediapipe)' },
  {
    name: '@tensorflow/tfjs-backend-wasm',
    notice: 'Copyright Google LLC. Licensed under the Apache License, Version 2.0.',
  },
  {
    name: 'onnxruntime-web',
    notice: 'Copyright (c) Microsoft Corporation. All rights reserved. Licensed under the MIT License.',
  },
]

const folder = fileURLToPath(new URL('node_modules/', import.meta.url))
const description = z.object({ name: z.string(), version: z.string(), license: z.string() })
const licenceNames = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'license']

/** The notices of all that the pages carry: each package with version, licence and its licence's text as it came with the package. */
export function thirdPartyNotices(): string {
  const parts = carriedPackages.map(({ name, of, notice }) => {
    const { version, license, ...own } = description.parse(
      JSON.parse(readFileSync(`${folder}${name}/package.json`, 'utf8')),
    )
    const file = licenceNames.map(each => `${folder}${name}/${each}`).find(existsSync)
    const text = file === undefined ? notice : readFileSync(file, 'utf8').trim()
    if (text === undefined) throw new Error(`${name} comes without a licence file, and no notice is written for it`)
    const title = own.name === name ? name : `${name} (${own.name})`
    return [`${title} ${version}: ${license}`, ...(of === undefined ? [] : [`Carried of it: ${of}.`]), '', text].join(
      '\n',
    )
  })
  const apache = readFileSync(new URL('LICENSE', import.meta.url), 'utf8').trim()
  const rule = `\n\n${'-'.repeat(80)}\n\n`
  return `${['Works of others in these pages, with their licences.', ...parts, apache].join(rule)}\n`
}
