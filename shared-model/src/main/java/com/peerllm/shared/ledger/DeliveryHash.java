package com.peerllm.shared.ledger;

import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.model.ModelDigest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A hash chain over the tokens that one host delivered for one job, kept by host and orchestrator alike. Token path: 32
 * bytes of state, one SHA-256 for each frame.
 *
 * <p>It starts at SHA-256({@code "peerllm delivery v1\n" job "\n" model digest}). Each frame makes the next value:
 * SHA-256(value, number of ids as 4 bytes, ids as 4 bytes each, length of the body as 4 bytes, body), where the body is the
 * text in UTF-8; when it is parts instead, the highest bit of its length is set. Equal chains mean equal tokens in equal
 * order. A vector makes the next value SHA-256(value, 4 bytes of all ones, its index as 4 bytes, length as 4 bytes, its
 * floats in little-endian order). The chain holds no secret, so who has a receipt and the framing can test guesses of a short
 * answer against it.
 */
public final class DeliveryHash {
    private static final int PARTED = 1 << 31;

    /** Stands where a token frame has its number of ids, and is none that such a frame can have. */
    private static final int VECTOR = -1;

    private final MessageDigest sha256 = Sha256.digest();
    private byte[] value;

    public DeliveryHash(JobId job, ModelDigest model) {
        value = sha256.digest(("peerllm delivery v1\n" + job + "\n" + model).getBytes(StandardCharsets.UTF_8));
    }

    /** @param parted whether the body is parts instead of text, see {@link com.peerllm.shared.wire.AnswerChunk} */
    public void add(int[] tokens, byte[] body, boolean parted) {
        ByteBuffer numbers = ByteBuffer.allocate(8 + 4 * tokens.length).putInt(tokens.length);
        for (int token : tokens) numbers.putInt(token);
        numbers.putInt(parted ? body.length | PARTED : body.length);
        sha256.update(value);
        sha256.update(numbers.array());
        value = sha256.digest(body);
    }

    /** @param floats as they travel, see {@link com.peerllm.shared.wire.EmbeddingVector} */
    public void addVector(int index, byte[] floats) {
        sha256.update(value);
        sha256.update(ByteBuffer.allocate(12)
                .putInt(VECTOR)
                .putInt(index)
                .putInt(floats.length)
                .array());
        value = sha256.digest(floats);
    }

    /** A place to which {@link #backTo} can return. */
    public byte[] mark() {
        return value;
    }

    /** Forgets what was added since the mark. */
    public void backTo(byte[] mark) {
        value = mark;
    }

    public String hex() {
        return HexFormat.of().formatHex(value);
    }
}
