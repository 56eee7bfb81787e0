package com.peerllm.shared.ledger;

import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.model.ModelDigest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A hash chain over the tokens that one host delivered for one job, kept by host and orchestrator alike. Token path: one
 * SHA-256 for each frame, in memory that is taken once.
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
    private static final VarHandle BIG_ENDIAN = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** Stands where a token frame has its number of ids, and is none that such a frame can have. */
    private static final int VECTOR = -1;

    /** Room for the numbers before the body of all but the largest frames. */
    private static final int USUAL_NUMBERS_BYTES = 128;

    private final MessageDigest sha256 = Sha256.digest();
    private final byte[] value;
    private final byte[] marked;
    private byte[] numbers = new byte[USUAL_NUMBERS_BYTES];

    public DeliveryHash(JobId job, ModelDigest model) {
        value = sha256.digest(("peerllm delivery v1\n" + job + "\n" + model).getBytes(StandardCharsets.UTF_8));
        marked = value.clone();
    }

    /** @param parted whether the body is parts instead of text, see {@link com.peerllm.shared.wire.AnswerChunk} */
    public void add(int[] tokens, byte[] body, boolean parted) {
        int length = 8 + 4 * tokens.length;
        if (numbers.length < length) numbers = new byte[length];
        put(0, tokens.length);
        for (int i = 0; i < tokens.length; i++) put(4 + 4 * i, tokens[i]);
        put(length - 4, parted ? body.length | PARTED : body.length);
        next(length, body);
    }

    /** @param floats as they travel, see {@link com.peerllm.shared.wire.EmbeddingVector} */
    public void addVector(int index, byte[] floats) {
        put(0, VECTOR);
        put(4, index);
        put(8, floats.length);
        next(12, floats);
    }

    private void put(int at, int number) {
        BIG_ENDIAN.set(numbers, at, number);
    }

    private void next(int numberBytes, byte[] body) {
        sha256.update(value);
        sha256.update(numbers, 0, numberBytes);
        sha256.update(body);
        try {
            sha256.digest(value, 0, value.length);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has 32 bytes", e);
        }
    }

    /** Notes this place for {@link #backToMark}. */
    public void mark() {
        System.arraycopy(value, 0, marked, 0, value.length);
    }

    /** Forgets what was added since the mark; without a mark, since the beginning. */
    public void backToMark() {
        System.arraycopy(marked, 0, value, 0, value.length);
    }

    public String hex() {
        return HexFormat.of().formatHex(value);
    }
}
