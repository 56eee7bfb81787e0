package com.peerllm.shared.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.shared.identity.PeerIdentity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who believes which checkpoint, and which cosignature. */
class CheckpointTest {
    private static final String ORIGIN = "peerllm.log/test";
    private static final PeerIdentity LOG = PeerIdentity.generate();
    private static final PeerIdentity STRANGER = PeerIdentity.generate();
    private static final PeerIdentity WITNESS = PeerIdentity.generate();
    private static final LogVerifier VERIFIER = new LogVerifier(ORIGIN, LOG.publicKey());
    private static final NoteKey WITNESS_KEY = NoteKey.ofWitness("witness.example/w1", WITNESS.publicKey());
    private static final long TIME = 1_679_315_147L;

    private final Checkpoint checkpoint =
            new Checkpoint(ORIGIN, 300, WholeTree.of(300).root(300));

    @Test
    void aCheckpointThatTheLogSignedIsBelieved() throws Exception {
        byte[] served = checkpoint.sign(LOG).bytes();
        assertThat(VERIFIER.open(served)).isEqualTo(checkpoint);
        assertThat(new String(served, UTF_8))
                .startsWith(ORIGIN + "\n300\n" + checkpoint.root().base64() + "\n\n— " + ORIGIN + " ");
    }

    /** The example of C2SP tlog-checkpoint and tlog-cosignature; its keys are not published. */
    @Test
    void theExampleOfTheSpecificationIsRead() throws Exception {
        String example = """
                example.com/behind-the-sofa
                20852163
                CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

                — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
                — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
                """;
        SignedNote note = SignedNote.parse(example.getBytes(UTF_8));
        Checkpoint read = Checkpoint.parse(note.text());
        assertThat(read.origin()).isEqualTo("example.com/behind-the-sofa");
        assertThat(read.size()).isEqualTo(20_852_163);
        assertThat(read.root().base64()).isEqualTo("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
        byte[] cosignature = note.signatures().get(1).signature();
        assertThat(cosignature).hasSize(8 + 64);
        assertThat(java.nio.ByteBuffer.wrap(cosignature).getLong()).isEqualTo(TIME);
        assertThat(note).hasToString(example);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "o\n1\n",
                "o\n1\nAAAA\n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
                "o\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "o\n+1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "o\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "o\n\u0661\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "o\n\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "o\n9223372036854775808\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "o\n99999999999999999999\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "o\n0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "o o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nan extension line\n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n"
            })
    void aCheckpointHasOneSpellingAndNoExtensionLines(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(InvalidLogData.class);
    }

    @Test
    void theCheckpointOfAnEmptyLogHasTheEmptyRoot() throws Exception {
        Checkpoint empty = new Checkpoint(ORIGIN, 0, TreeHasher.EMPTY_ROOT);
        assertThat(Checkpoint.parse(empty.text())).isEqualTo(empty);
    }

    @Test
    void whatTheLogDidNotSignIsNotBelieved() {
        assertRefused(checkpoint.sign(STRANGER), "The checkpoint is not signed by the key of peerllm.log/test");
        Checkpoint other = new Checkpoint(ORIGIN, 301, WholeTree.of(301).root(301));
        assertRefused(
                new SignedNote(other.text(), checkpoint.sign(LOG).signatures()),
                "The log's signature does not fit the checkpoint");
        Checkpoint elsewhere = new Checkpoint("peerllm.log/other", 300, checkpoint.root());
        assertRefused(elsewhere.sign(LOG), "The checkpoint is not signed by the key of peerllm.log/test");
        byte[] signature = LOG.sign(elsewhere.text().getBytes(UTF_8));
        int id = NoteKey.ofLog(ORIGIN, LOG.publicKey()).id();
        assertRefused(
                new SignedNote(elsewhere.text(), List.of(new NoteSignature(ORIGIN, id, signature))),
                "The checkpoint is of another log than peerllm.log/test");
    }

    @Test
    void signaturesOfOthersArePassedOverAndAFalseOneOfTheLogsIsNot() throws Exception {
        SignedNote signed = checkpoint.sign(LOG);
        NoteSignature unknown = checkpoint.sign(STRANGER).signatures().getFirst();
        assertThat(VERIFIER.open(signed.with(unknown))).isEqualTo(checkpoint);
        NoteSignature good = signed.signatures().getFirst();
        byte[] bytes = good.signature();
        bytes[5] ^= 1;
        NoteSignature bad = new NoteSignature(good.name(), good.keyId(), bytes);
        assertRefused(signed.with(bad), "The log's signature does not fit the checkpoint");
    }

    @Test
    void noBitOfACheckpointMayBeDifferent() {
        byte[] served = checkpoint.sign(LOG).bytes();
        for (int bit = 0; bit < served.length * 8; bit++) {
            byte[] changed = served.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> VERIFIER.open(changed)).isInstanceOf(InvalidLogData.class);
        }
    }

    @Test
    void aWitnesssCosignatureIsFoundWithItsTime() throws Exception {
        SignedNote note = checkpoint.sign(LOG).with(Cosignature.sign(WITNESS_KEY.name(), WITNESS, checkpoint, TIME));
        assertThat(Cosignature.of(SignedNote.parse(note.bytes()), List.of(WITNESS_KEY)))
                .containsExactly(new Cosignature(WITNESS_KEY, TIME));
        assertThat(VERIFIER.open(note)).isEqualTo(checkpoint);
        assertThat(Cosignature.of(note, List.of(NoteKey.ofWitness("witness.example/w1", STRANGER.publicKey()))))
                .isEmpty();
    }

    @Test
    void aWitnessThatSignedTwiceCountsOnce() throws Exception {
        SignedNote note = checkpoint
                .sign(LOG)
                .with(Cosignature.sign(WITNESS_KEY.name(), WITNESS, checkpoint, TIME))
                .with(Cosignature.sign(WITNESS_KEY.name(), WITNESS, checkpoint, TIME + 1));
        assertThat(Cosignature.of(note, List.of(WITNESS_KEY))).hasSize(1);
    }

    @Test
    void aCosignatureOfAnythingElseIsRefused() {
        Checkpoint other = new Checkpoint(ORIGIN, 301, checkpoint.root());
        NoteSignature ofOther = Cosignature.sign(WITNESS_KEY.name(), WITNESS, other, TIME);
        assertThatThrownBy(() -> Cosignature.verify(WITNESS_KEY, checkpoint.text(), ofOther))
                .hasMessage("The cosignature of witness.example/w1 does not fit the checkpoint");
        assertThatThrownBy(() -> Cosignature.of(checkpoint.sign(LOG).with(ofOther), List.of(WITNESS_KEY)))
                .isInstanceOf(InvalidLogData.class);
        // A log's signature by the same key is none: it says nothing of a time.
        assertThatThrownBy(() -> Cosignature.verify(
                        NoteKey.ofLog(ORIGIN, LOG.publicKey()),
                        checkpoint.text(),
                        checkpoint.sign(LOG).signatures().getFirst()))
                .hasMessage("The key of peerllm.log/test is not a witness's");
        byte[] good =
                Cosignature.sign(WITNESS_KEY.name(), WITNESS, checkpoint, TIME).signature();
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            NoteSignature line = new NoteSignature(WITNESS_KEY.name(), WITNESS_KEY.id(), changed);
            assertThatThrownBy(() -> Cosignature.verify(WITNESS_KEY, checkpoint.text(), line))
                    .isInstanceOf(InvalidLogData.class);
        }
        NoteSignature cut = new NoteSignature(WITNESS_KEY.name(), WITNESS_KEY.id(), java.util.Arrays.copyOf(good, 71));
        assertThatThrownBy(() -> Cosignature.verify(WITNESS_KEY, checkpoint.text(), cut))
                .hasMessage("The cosignature of witness.example/w1 has the wrong length");
    }

    private static void assertRefused(SignedNote note, String why) {
        assertThatThrownBy(() -> VERIFIER.open(note))
                .isInstanceOf(InvalidLogData.class)
                .hasMessage(why);
    }
}
