package com.peerllm.orchestrator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.identity.PeerIdentity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** BouncyCastle and the JDK sign alike. */
class ReceiptSignerTest {
    @Test
    void signaturesAreThoseOfTheJdkByteForByte() {
        SplittableRandom random = new SplittableRandom(29);
        for (int i = 0; i < 20; i++) {
            PeerIdentity identity = PeerIdentity.generate();
            ReceiptSigner signer = new ReceiptSigner(identity);
            for (int j = 0; j < 10; j++) {
                byte[] message = new byte[random.nextInt(1_500)];
                random.nextBytes(message);
                byte[] signature = signer.sign(message);
                assertThat(signature).isEqualTo(identity.sign(message));
                assertThat(identity.publicKey().verifies(message, signature)).isTrue();
            }
        }
    }

    /** RFC 8032, section 7.1, test 2. */
    @Test
    void signsTheVectorOfTheRfc() {
        String pkcs8 =
                "302e020100300506032b657004220420" + "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
        String publicKey = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
        var base64 = java.util.Base64.getUrlEncoder().withoutPadding();
        PeerIdentity identity = PeerIdentity.parse(
                "peerllm-ed25519 " + base64.encodeToString(HexFormat.of().parseHex(pkcs8)) + " "
                        + base64.encodeToString(HexFormat.of().parseHex(publicKey)));

        assertThat(HexFormat.of().formatHex(new ReceiptSigner(identity).sign(new byte[] {0x72})))
                .isEqualTo("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    }

    @Test
    void manyThreadsShareOneSigner() throws Exception {
        PeerIdentity identity = PeerIdentity.generate();
        ReceiptSigner signer = new ReceiptSigner(identity);
        byte[] message = "receipt".getBytes(StandardCharsets.UTF_8);
        byte[] expected = identity.sign(message);
        List<Future<byte[]>> signatures = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) signatures.add(threads.submit(() -> signer.sign(message)));
        }
        for (Future<byte[]> signature : signatures) assertThat(signature.get()).isEqualTo(expected);
    }
}
