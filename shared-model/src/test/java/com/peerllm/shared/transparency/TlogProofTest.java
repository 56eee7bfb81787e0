package com.peerllm.shared.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.shared.identity.PeerIdentity;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proof file shows offline that an entry is in the log, and nothing else does. */
class TlogProofTest {
    private static final PeerIdentity LOG = PeerIdentity.generate();
    private static final LogVerifier VERIFIER = new LogVerifier("peerllm.log/test", LOG.publicKey());
    private static final WholeTree TREE = WholeTree.of(20);
    private static final SignedNote CHECKPOINT = new Checkpoint(VERIFIER.origin(), 20, TREE.root(20)).sign(LOG);
    private static final String HASH = TREE.leaf(0).base64();

    @Test
    void theFileOfEveryLeafVerifies() throws Exception {
        for (int index = 0; index < 20; index++) {
            TlogProof proof = TlogProof.of(new TreeProver(TREE).inclusion(index, 20), CHECKPOINT);
            TlogProof read = TlogProof.parse(proof.format());
            assertThat(read).isEqualTo(proof);
            for (int other = 0; other < 20; other++) {
                assertThat(read.verify(TREE.leaf(other), VERIFIER).holds()).isEqualTo(other == index);
            }
        }
    }

    @Test
    void theFileHasTheFormOfTheSpecification() throws Exception {
        TlogProof proof = TlogProof.of(new TreeProver(TREE).inclusion(19, 20), CHECKPOINT);
        assertThat(proof.format())
                .isEqualTo("c2sp.org/tlog-proof@v1\nindex 19\n" + proof.hashes().get(0) + "\n"
                        + proof.hashes().get(1) + "\n" + proof.hashes().get(2) + "\n\n" + CHECKPOINT);
        TlogProof withExtra = new TlogProof(Optional.of("more".getBytes(UTF_8)), 19, proof.hashes(), CHECKPOINT);
        assertThat(withExtra.format()).startsWith("c2sp.org/tlog-proof@v1\nextra bW9yZQ==\nindex 19\n");
        assertThat(TlogProof.parse(withExtra.format()).extra().orElseThrow()).isEqualTo("more".getBytes(UTF_8));
        assertThat(TlogProof.parse(withExtra.format()).format()).isEqualTo(withExtra.format());
    }

    @Test
    void aProofWithoutATrustedCheckpointIsNone() throws Exception {
        PeerIdentity stranger = PeerIdentity.generate();
        TlogProof proof = TlogProof.of(new TreeProver(TREE).inclusion(3, 20), CHECKPOINT);
        assertThat(proof.verify(TREE.leaf(3), new LogVerifier(VERIFIER.origin(), stranger.publicKey()))
                        .fault())
                .hasValue("The checkpoint is not signed by the key of peerllm.log/test");
    }

    @Test
    void noBitOfAProofMayBeDifferent() throws Exception {
        byte[] file = TlogProof.of(new TreeProver(TREE).inclusion(3, 20), CHECKPOINT)
                .format()
                .getBytes(UTF_8);
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] changed = file.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                TlogProof proof = TlogProof.parse(new String(changed, UTF_8));
                assertThat(proof.verify(TREE.leaf(3), VERIFIER).holds())
                        .as("bit %s", bit)
                        .isFalse();
            } catch (InvalidLogData e) {
                assertThat(e).hasMessageMatching("[A-Z].*");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c2sp.org/tlog-proof@v2\nindex 0\n\nC",
                "c2sp.org/tlog-proof@v1\n\nC",
                "c2sp.org/tlog-proof@v1\nindex 00\n\nC",
                "c2sp.org/tlog-proof@v1\nindex -1\n\nC",
                "c2sp.org/tlog-proof@v1\nindex\n\nC",
                "c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\nC",
                "c2sp.org/tlog-proof@v1\nextra AAA\nindex 0\n\nC",
                "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nC",
                "c2sp.org/tlog-proof@v1\nindex 0\nH\nC",
                "c2sp.org/tlog-proof@v1\nindex 0\nH\n",
                "c2sp.org/tlog-proof@v1\nindex 0\nH\n\nH\n\nC",
                "c2sp.org/tlog-proof@v1\r\nindex 0\r\n\r\nC"
            })
    void whatIsNotQuiteAProofIsRefused(String text) {
        String whole = text.replace("H", HASH).replace("C", CHECKPOINT.toString());
        assertThatThrownBy(() -> {
                    TlogProof proof = TlogProof.parse(whole);
                    proof.checkpoint();
                    VERIFIER.open(proof.checkpoint());
                })
                .isInstanceOf(InvalidLogData.class);
    }

    @Test
    void aProofIsBounded() {
        String many = "c2sp.org/tlog-proof@v1\nindex 0\n" + (HASH + "\n").repeat(64) + "\n" + CHECKPOINT;
        assertThatThrownBy(() -> TlogProof.parse(many)).hasMessage("A proof has at most 63 hashes");
        assertThatThrownBy(() -> TlogProof.parse("c".repeat(1_000_000))).hasMessageStartingWith("A proof has at most");
    }
}
