// Checks with @sigstore/verify whether an entry is in a transparency log: the checkpoint's signature and the way from the leaf to its root.
import { createPublicKey } from 'node:crypto';
import { createRequire } from 'node:module';
import { serve } from './calls.mjs';

const { verifyTLogInclusion } = createRequire(import.meta.url)('@sigstore/verify/dist/tlog');

/** What stands before the raw key in an X.509 SubjectPublicKeyInfo of Ed25519 (RFC 8410). */
const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

const bytes = (base64) => Buffer.from(base64, 'base64');

await serve({
  async inclusion(settings, { leaf, index, hashes, checkpoint, origin, keyId, key }) {
    const entry = {
      canonicalizedBody: bytes(leaf),
      inclusionProof: { logIndex: index, hashes: hashes.map(bytes), checkpoint: { envelope: checkpoint } },
    };
    const publicKey = createPublicKey({ key: Buffer.concat([ED25519_PREFIX, bytes(key)]), format: 'der', type: 'spki' });
    verifyTLogInclusion(entry, [{ baseURL: origin, logID: Buffer.from(keyId, 'hex'), publicKey }]);
    return 'verified';
  },
});
