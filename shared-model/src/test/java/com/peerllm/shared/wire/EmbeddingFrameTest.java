package com.peerllm.shared.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.DeliveryHash;
import com.peerllm.shared.model.ModelDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Vectors on the wire, byte by byte. */
class EmbeddingFrameTest {
    private static final EmbeddingFrame FRAME =
            new EmbeddingFrame(13, 1, EmbeddingVector.of(new float[] {0.5f, -2f, 1e-10f}));
    private static final byte[] BYTES = HexFormat.of()
            .parseHex("40000000" + "00000001" + "000000000000000d" + "0000003f" + "000000c0" + "ffe6db2e");

    @Test
    void aFrameIsTheseBytes() {
        assertThat(FRAME.encode()).isEqualTo(BYTES);
        assertThat(EmbeddingFrame.decode(BYTES)).isEqualTo(FRAME);
        assertThat(FRAME.vector().numbers()).containsExactly(0.5f, -2f, 1e-10f);
    }

    @Test
    void aTokenFrameIsNotTakenForOne() {
        byte[] tokens = new TokenFrame(13, 0, new int[] {1}, AnswerChunk.NOTHING).encode();

        assertThat(EmbeddingFrame.isOne(BYTES)).isTrue();
        assertThat(EmbeddingFrame.isOne(tokens)).isFalse();
        assertThat(EmbeddingFrame.isOne(new byte[0])).isFalse();
        assertThatThrownBy(() -> TokenFrame.decode(BYTES)).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> EmbeddingFrame.decode(tokens)).isInstanceOf(WireException.class);
    }

    @Test
    void halfANumberNoNumberAndTooManyAreRefused() {
        byte[] tooMany = Arrays.copyOf(BYTES, Protocol.MAX_TOKEN_FRAME_BYTES + 4);
        byte[] negativeIndex = BYTES.clone();
        negativeIndex[4] = -1;
        byte[] laterVersion = BYTES.clone();
        laterVersion[0]++;
        for (byte[] bad : List.of(
                new byte[0], Arrays.copyOf(BYTES, 16), Arrays.copyOf(BYTES, 19), tooMany, negativeIndex, laterVersion))
            assertThatThrownBy(() -> EmbeddingFrame.decode(bad)).isInstanceOf(WireException.class);
        EmbeddingVector longest = EmbeddingVector.of(new float[EmbeddingFrame.MOST_DIMENSIONS]);
        assertThat(EmbeddingFrame.decode(new EmbeddingFrame(1, 0, longest).encode())
                        .vector())
                .isEqualTo(longest);
    }

    @Test
    void tellsNumbersFromWhatIsNone() {
        assertThat(FRAME.vector().isFinite()).isTrue();
        assertThat(EmbeddingVector.of(new float[] {1, Float.NaN}).isFinite()).isFalse();
        assertThat(EmbeddingVector.of(new float[] {Float.NEGATIVE_INFINITY}).isFinite())
                .isFalse();
    }

    /** The value stands in docs/protocol.md too, for hosts in other languages. */
    @Test
    void theDeliveryHashCoversIndexAndNumbers() {
        assertThat(hash(1, FRAME.vector()))
                .isEqualTo("3f00323eed47a44910ab8a54e0b4e618b62f6224f92b8a19082b8dc36adeed9a")
                .isNotEqualTo(hash(0, FRAME.vector()))
                .isNotEqualTo(hash(1, EmbeddingVector.of(new float[] {0.5f, -2f})));
    }

    private static String hash(int index, EmbeddingVector vector) {
        DeliveryHash hash = new DeliveryHash(new JobId("job_" + "0f".repeat(16)), new ModelDigest("ab".repeat(32)));
        hash.addVector(index, vector.littleEndian());
        return hash.hex();
    }

    @Test
    void noFrameShowsItsNumbers() {
        assertThat(FRAME.toString()).doesNotContain("0.5");
    }
}
