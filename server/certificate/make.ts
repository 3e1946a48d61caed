import 'reflect-metadata'
import { webcrypto, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import {
  AuthorityKeyIdentifierExtension, BasicConstraintsExtension, cryptoProvider, ExtendedKeyUsage, ExtendedKeyUsageExtension,
  KeyUsageFlags, KeyUsagesExtension, PemConverter, SubjectAlternativeNameExtension, SubjectKeyIdentifierExtension,
  X509Certificate as Certificate, X509CertificateGenerator,
} from '@peculiar/x509'
import type { Pem } from './files.ts'

cryptoProvider.set(webcrypto as unknown as Crypto)

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const days = (count: number) => count * 86_400_000
const authorityLifetime = days(10 * 365)
/** Apple refuses server certificates that live longer than 825 days, also those of private authorities. */
const serverLifetime = days(820)
/** Tablets whose clock is a little behind shall not refuse a certificate made a minute ago. */
const allowance = days(1)

/** A private authority: a self-signed certificate that may sign servers, and its key. `name` is what a tablet's settings show. */
export async function makeAuthority(name: string): Promise<Pem> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [name] }, { O: ['Giao ban'] }],
    keys: keys as CryptoKeyPair,
    ...lifetime(authorityLifetime),
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey as CryptoKey),
    ],
  })
  return { certificate: `${certificate.toString('pem')}\n`, key: await pemOf(keys.privateKey) }
}

/** A certificate for `names` (host names and IP addresses), signed by `authority`; the chain is included. */
export async function makeServerCertificate(authority: Pem, names: readonly string[]): Promise<Pem> {
  const issuer = new Certificate(authority.certificate)
  const signingKey = await webcrypto.subtle.importKey('pkcs8', PemConverter.decode(authority.key)[0] as ArrayBuffer, algorithm, false, ['sign'])
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.create({
    // Browsers read the alternative names only; a common name may have 64 letters.
    subject: [{ CN: [(names[0] ?? 'localhost').slice(0, 64)] }],
    issuer: issuer.subjectName,
    publicKey: keys.publicKey as CryptoKey,
    signingKey: signingKey as CryptoKey,
    signingAlgorithm: algorithm,
    ...lifetime(serverLifetime),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names.map(name => ({ type: isIP(name) ? 'ip' as const : 'dns' as const, value: name }))),
      await SubjectKeyIdentifierExtension.create(keys.publicKey as CryptoKey),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  })
  return { certificate: `${certificate.toString('pem')}\n${authority.certificate}`, key: await pemOf(keys.privateKey) }
}

function lifetime(length: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now()
  return { notBefore: new Date(now - allowance), notAfter: new Date(now + length - allowance) }
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  return `${PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`
}

/** When a certificate ends, in milliseconds since the epoch. */
export function expiryOf({ certificate }: Pem): number {
  return Date.parse(new X509Certificate(certificate).validTo)
}
