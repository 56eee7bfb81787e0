// Reads a whole log from a folder by docs/transparency.md alone, and says what it comes to: node read-log.mjs FOLDER KEY
import { createHash, createPublicKey, verify } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder, key] = process.argv.slice(2)
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
const publicKey = (raw) => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' })

function fail(what) {
  console.log(JSON.stringify({ fault: what }))
  process.exit(1)
}

// The checkpoint: origin, size, root; an empty line; signatures.
const note = readFileSync(join(folder, 'checkpoint'), 'utf8')
const text = note.slice(0, note.lastIndexOf('\n\n') + 1)
const [origin, sizeText, rootText] = text.split('\n')
const size = Number(sizeText)
const rawKey = Buffer.from(key, 'base64url')
const keyId = sha256(origin + '\n', Buffer.from([1]), rawKey).subarray(0, 4)
const signed = note.slice(text.length + 1).split('\n').filter(Boolean).some((line) => {
  const [dash, name, base64] = line.split(' ')
  const bytes = Buffer.from(base64, 'base64')
  return dash === '\u2014' && name === origin && bytes.subarray(0, 4).equals(keyId) &&
    verify(null, Buffer.from(text), publicKey(key), bytes.subarray(4))
})
if (!signed) fail('the checkpoint is not signed by this key')

function bundlePath(index, width) {
  let path = String(index % 1000).padStart(3, '0')
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = 'x' + String(rest % 1000).padStart(3, '0') + '/' + path
  }
  return join(folder, 'tile/entries', width < 256 ? `${path}.p/${width}` : path)
}

function * entries() {
  for (let index = 0; index * 256 < size; index++) {
    const width = Math.min(256, size - index * 256)
    const exact = bundlePath(index, width)
    const bundle = readFileSync(existsSync(exact) ? exact : bundlePath(index, 256))
    for (let at = 0, i = 0; i < width; i++) {
      const length = bundle.readUInt16BE(at)
      yield bundle.subarray(at + 2, at + 2 + length)
      at += 2 + length
    }
  }
}

const totals = { consumer: 0n, promo: 0n, host: 0n, creator: 0n, network: 0n, payout: 0n, mint: 0n }
const kind = (account) => account.slice(0, account.indexOf(':'))
let hostSignatures = 0
const hashes = []

function checkHost(leaf) {
  if (leaf['host-signature'] === 'none') return
  const statement = `peerllm delivered v1\n${leaf.job}\n${leaf.digest}\n${leaf['completion-tokens']}\n${leaf.delivered}`
  const signature = Buffer.from(leaf['host-signature'], 'base64url')
  if (!verify(null, Buffer.from(statement), publicKey(leaf['host-key']), signature)) fail(`leaf ${hashes.length}: host's signature`)
  hostSignatures++
}

for (const entry of entries()) {
  const [header, ...lines] = entry.toString('utf8').split('\n')
  const leaf = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]))
  if (header === 'peerllm receipt v2') {
    totals.consumer -= BigInt(leaf.charged)
    totals.host += BigInt(leaf['host-share'])
    totals.network += BigInt(leaf['network-share'])
    totals.creator += BigInt(leaf['creator-share'])
    checkHost(leaf)
  } else if (header === 'peerllm entry v1') {
    totals[kind(leaf.debit)] -= BigInt(leaf.amount)
    totals[kind(leaf.credit)] += BigInt(leaf.amount)
  } else if (header === 'peerllm state v1') {
    for (const each of Object.keys(totals)) {
      if (hashes.length === 0) totals[each] = BigInt(leaf[each])
      else if (totals[each] !== BigInt(leaf[each])) fail(`leaf ${hashes.length}: ${each} is ${leaf[each]}, not ${totals[each]}`)
    }
  } else {
    fail(`leaf ${hashes.length}: ${header}`)
  }
  hashes.push(sha256(Buffer.from([0]), entry))
}

// RFC 6962, section 2.1: the left subtree has the largest power of two below the number of leaves.
function root(from, to) {
  if (to - from === 0) return sha256(Buffer.alloc(0))
  if (to - from === 1) return hashes[from]
  let left = 1
  while (left * 2 < to - from) left *= 2
  return sha256(Buffer.from([1]), root(from, from + left), root(from + left, to))
}
if (root(0, size).toString('base64') !== rootText) fail('the entries do not lead to the root')

const numbers = Object.fromEntries(Object.entries(totals).map(([each, total]) => [each, String(total)]))
console.log(JSON.stringify({ origin, size, root: rootText, hostSignatures, totals: numbers }))
