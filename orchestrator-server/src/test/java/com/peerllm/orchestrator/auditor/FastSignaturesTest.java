package com.peerllm.orchestrator.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.audit.SignatureCheck;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.PeerKey;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FastSignaturesTest {
    private final FastSignatures fast = new FastSignatures();
    private final PeerIdentity peer = PeerIdentity.generate();

    @Test
    void saysWhatTheJdkSays() {
        Random random = new Random(1);
        SignatureCheck jdk = SignatureCheck.ofJdk();
        for (int i = 0; i < 40; i++) {
            byte[] message = new byte[random.nextInt(300)];
            random.nextBytes(message);
            byte[] signature = peer.sign(message);
            assertThat(fast.holds(peer.publicKey(), message, signature)).isTrue();

            byte[] damaged = signature.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(fast.holds(peer.publicKey(), message, damaged))
                    .isEqualTo(jdk.holds(peer.publicKey(), message, damaged))
                    .isFalse();
        }
    }

    @Test
    void refusesWhatIsNoSignatureAndNoKey() {
        byte[] message = {1};
        byte[] signature = peer.sign(message);
        for (int length : new int[] {0, 1, 63, 65, 1000}) {
            assertThat(fast.holds(peer.publicKey(), message, Arrays.copyOf(signature, length)))
                    .isFalse();
        }
        assertThat(fast.holds(PeerIdentity.generate().publicKey(), message, signature))
                .isFalse();
        // Points of small order, for which anybody can make a signature that holds.
        byte[] neutral = new byte[PeerKey.BYTES];
        neutral[0] = 1;
        byte[] forged = new byte[64];
        forged[0] = 1;
        assertThat(fast.holds(PeerKey.ofRaw(neutral), message, forged)).isFalse();
    }
}
