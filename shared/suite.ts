import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 as sha256Hash } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from './bytes.ts'

/** Signs with one private key; asynchronous so that a certified module can stand behind it. */
export interface Signer {
  readonly publicKey: Uint8Array
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

/** A raw 32-byte public key and its PKCS #8 private key. */
export interface KeyPair {
  readonly publicKey: Uint8Array
  readonly privateKey: Uint8Array
}

/** The set of algorithms named by `suite` in every record and key. */
export interface Suite {
  readonly id: 'standard'
  randomBytes(length: number): Uint8Array
  generateSigningKey(): Promise<KeyPair>
  signer(pair: KeyPair): Promise<Signer>
  verify(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): Promise<boolean>
  generateSealingKey(): Promise<KeyPair>
  /** Encrypts to a public key: only its private key opens it, and only under the same `context`. */
  seal(publicKey: Uint8Array, plain: Uint8Array, context: string): Promise<Uint8Array>
  /** Opens what `seal` made; null where key, context or bytes are not the right ones. */
  open(pair: KeyPair, sealed: Uint8Array, context: string): Promise<Uint8Array | null>
}

type Bytes = Uint8Array<ArrayBufferLike>
interface CryptoKeyHandle {
  readonly type: string
}
type Algorithm = string | { name: string; public?: CryptoKeyHandle; iv?: Bytes; additionalData?: Bytes }

/** The part of WebCrypto used here: the same global in Node, Electron and browsers, so that terminal and province share this code. */
declare const crypto: {
  getRandomValues(bytes: Bytes): Bytes
  readonly subtle: {
    generateKey(
      algorithm: Algorithm,
      extractable: boolean,
      usages: string[],
    ): Promise<{ publicKey: CryptoKeyHandle; privateKey: CryptoKeyHandle }>
    importKey(
      format: string,
      data: Bytes,
      algorithm: Algorithm,
      extractable: boolean,
      usages: string[],
    ): Promise<CryptoKeyHandle>
    exportKey(format: string, key: CryptoKeyHandle): Promise<ArrayBuffer>
    sign(algorithm: Algorithm, key: CryptoKeyHandle, data: Bytes): Promise<ArrayBuffer>
    verify(algorithm: Algorithm, key: CryptoKeyHandle, signature: Bytes, data: Bytes): Promise<boolean>
    deriveBits(algorithm: Algorithm, key: CryptoKeyHandle, length: number): Promise<ArrayBuffer>
    encrypt(algorithm: Algorithm, key: CryptoKeyHandle, data: Bytes): Promise<ArrayBuffer>
    decrypt(algorithm: Algorithm, key: CryptoKeyHandle, data: Bytes): Promise<ArrayBuffer>
  }
}

const verifierCache = new Map<string, Promise<CryptoKeyHandle>>()

function verifierFor(publicKey: Uint8Array): Promise<CryptoKeyHandle> {
  const name = publicKey.join()
  const known = verifierCache.get(name)
  if (known) return known
  const imported = crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
  if (verifierCache.size < 20_000) verifierCache.set(name, imported)
  return imported
}

async function generate(name: 'Ed25519' | 'X25519', usages: string[]): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey({ name }, true, usages)
  const [publicKey, privateKey] = await Promise.all([
    crypto.subtle.exportKey('raw', pair.publicKey),
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
  ])
  return { publicKey: new Uint8Array(publicKey), privateKey: new Uint8Array(privateKey) }
}

/** Imported private sealing keys, since importing one costs more than opening with it; each goes when its pair does. */
const openers = new WeakMap<KeyPair, Promise<CryptoKeyHandle>>()

function openerOf(pair: KeyPair): Promise<CryptoKeyHandle> {
  const known = openers.get(pair)
  if (known) return known
  const imported = crypto.subtle.importKey('pkcs8', pair.privateKey, 'X25519', false, ['deriveBits'])
  openers.set(pair, imported)
  return imported
}

async function sharedSecret(own: CryptoKeyHandle, publicKey: Uint8Array): Promise<Uint8Array> {
  const other = await crypto.subtle.importKey('raw', publicKey, 'X25519', false, [])
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'X25519', public: other }, own, 256))
}

/** One key per sealing (the ephemeral key differs each time), so a zero nonce is never used twice. */
async function boxKey(secret: Uint8Array, ephemeral: Uint8Array, recipient: Uint8Array, context: string) {
  const key = hkdf(sha256Hash, secret, concatBytes(ephemeral, recipient), utf8ToBytes(`aixin-seal-v1|${context}`), 32)
  return await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

const box = { name: 'AES-GCM', iv: new Uint8Array(12) }

/** Ed25519 (RFC 8032), SHA-256, X25519 with HKDF and AES-256-GCM. A sealed text is ephemeral public key (32) followed by ciphertext and tag. */
export const standardSuite: Suite = {
  id: 'standard',
  randomBytes(length) {
    const bytes = new Uint8Array(length)
    crypto.getRandomValues(bytes)
    return bytes
  },
  generateSigningKey: () => generate('Ed25519', ['sign', 'verify']),
  async signer(pair) {
    const key = await crypto.subtle.importKey('pkcs8', pair.privateKey, 'Ed25519', false, ['sign'])
    return {
      publicKey: pair.publicKey,
      sign: async bytes => new Uint8Array(await crypto.subtle.sign('Ed25519', key, bytes)),
    }
  },
  async verify(publicKey, bytes, signature) {
    if (publicKey.length !== 32 || signature.length !== 64) return false
    return await crypto.subtle.verify('Ed25519', await verifierFor(publicKey), signature, bytes)
  },
  generateSealingKey: () => generate('X25519', ['deriveBits']),
  async seal(publicKey, plain, context) {
    const ephemeral = await generate('X25519', ['deriveBits'])
    const secret = await sharedSecret(await openerOf(ephemeral), publicKey)
    const key = await boxKey(secret, ephemeral.publicKey, publicKey, context)
    return concatBytes(ephemeral.publicKey, new Uint8Array(await crypto.subtle.encrypt(box, key, plain)))
  },
  async open(pair, sealed, context) {
    if (sealed.length < 48) return null
    const ephemeral = sealed.subarray(0, 32)
    try {
      const secret = await sharedSecret(await openerOf(pair), ephemeral)
      const key = await boxKey(secret, ephemeral, pair.publicKey, context)
      return new Uint8Array(await crypto.subtle.decrypt(box, key, sealed.subarray(32)))
    } catch {
      // WebCrypto tells a wrong key, a wrong context and damaged bytes apart by nothing: all three are "does not open".
      return null
    }
  },
}
