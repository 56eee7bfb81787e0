package com.peerllm.orchestrator.clients;

import com.peerllm.shared.identity.Sha256;
import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import dev.sigstore.rekor.client.Checkpoints;
import dev.sigstore.rekor.client.RekorEntry;
import dev.sigstore.rekor.client.RekorParseException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/** {@code sigstore-java}: it reads the checkpoint and checks the path to its root; its signature is checked with the JDK. */
final class SigstoreJava implements LogReader {
    @Override
    public void verify(Shown shown) {
        try {
            RekorEntry.Checkpoint checkpoint = Checkpoints.from(shown.checkpoint());
            checkSignature(shown, checkpoint);
            InclusionProofVerifier.verify(
                    leafHash(shown.leaf()),
                    shown.index(),
                    checkpoint.getSize(),
                    shown.hashes(),
                    Base64.getDecoder().decode(checkpoint.getBase64Hash()));
        } catch (RekorParseException | InclusionProofVerificationException e) {
            throw new ClientFailure(e.getClass().getSimpleName(), 0, "", e.getMessage(), e);
        }
    }

    private static void checkSignature(Shown shown, RekorEntry.Checkpoint checkpoint) {
        byte[] signed = checkpoint.getSignedData().getBytes(StandardCharsets.UTF_8);
        boolean genuine = checkpoint.getOrigin().equals(shown.origin())
                && checkpoint.getSignatures().stream()
                        .filter(line -> line.getIdentity().equals(shown.origin()))
                        .anyMatch(line -> shown.key().verifies(signed, line.getSignature()));
        if (!genuine)
            throw new ClientFailure("UnsignedCheckpoint", 0, "", "the checkpoint is not signed by the log", null);
    }

    private static byte[] leafHash(byte[] leaf) {
        MessageDigest sha256 = Sha256.digest();
        sha256.update((byte) 0);
        return sha256.digest(leaf);
    }
}
