package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.PeerIdentity;
import java.util.function.Supplier;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Signing and verifying a receipt by BouncyCastle and by the JDK, side by side. A program, not a test: {@code java -cp …
 * com.peerllm.orchestrator.ledger.SigningBenchmark}.
 */
final class SigningBenchmark {
    private static final int ROUNDS = 5;
    private static final int EACH = 1_500;

    private SigningBenchmark() {}

    public static void main(String[] arguments) throws java.security.GeneralSecurityException {
        PeerIdentity identity = PeerIdentity.generate();
        ReceiptSigner signer = new ReceiptSigner(identity);
        byte[] message = new byte[900];
        byte[] signature = identity.sign(message);
        byte[] raw =
                java.util.Base64.getUrlDecoder().decode(identity.publicKey().toString());
        Ed25519PublicKeyParameters key = new Ed25519PublicKeyParameters(raw);
        for (int round = 1; round <= ROUNDS; round++) {
            double jdk = micros(() -> identity.sign(message).length == 64);
            double bc = micros(() -> signer.sign(message).length == 64);
            double jdkVerify = micros(() -> identity.publicKey().verifies(message, signature));
            double bcVerify = micros(() -> {
                Ed25519Signer verifier = new Ed25519Signer();
                verifier.init(false, key);
                verifier.update(message, 0, message.length);
                return verifier.verifySignature(signature);
            });
            System.out.printf(
                    "sign: JDK %.0f us, BouncyCastle %.0f us (%.1f times); verify: JDK %.0f us, BouncyCastle %.0f us%n",
                    jdk, bc, jdk / bc, jdkVerify, bcVerify);
        }
    }

    private static double micros(Supplier<Boolean> work) {
        long start = System.nanoTime();
        for (int i = 0; i < EACH; i++) if (!work.get()) throw new IllegalStateException("wrong");
        return (System.nanoTime() - start) / 1e3 / EACH;
    }
}
