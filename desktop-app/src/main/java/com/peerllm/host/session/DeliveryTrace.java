package com.peerllm.host.session;

import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.DeliveryHash;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.EmbeddingVector;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What this host delivered for one job: the hash after each frame, so that a receipt for the whole or for a first part of it
 * can be recognised. Kept in memory only: from one hash and the next, a token can be guessed.
 *
 * <p>Written by one thread; read by others only after the job has ended.
 */
public final class DeliveryTrace {
    private static final int HASH_BYTES = 32;
    private static final int ENTRY_BYTES = Integer.BYTES + HASH_BYTES;

    private final JobId job;
    private final ModelDigest model;
    private final Optional<TokenPrice> agreed;
    private final DeliveryHash hash;
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream(16 * ENTRY_BYTES);
    private int tokens;

    /** @param agreed price of the offer; an older orchestrator names none */
    public DeliveryTrace(JobId job, ModelDigest model, Optional<TokenPrice> agreed) {
        this.job = job;
        this.agreed = agreed;
        this.model = model;
        this.hash = new DeliveryHash(job, model);
        note();
    }

    public void add(int[] ids, AnswerChunk chunk) {
        hash.add(ids, chunk.bytes(), chunk.parted());
        tokens += ids.length;
        note();
    }

    /** A vector has no tokens: a host is paid for it by those of its text. */
    public void addVector(int index, EmbeddingVector vector) {
        hash.addVector(index, vector.littleEndian());
        note();
    }

    private void note() {
        entries.writeBytes(ByteBuffer.allocate(ENTRY_BYTES)
                .putInt(tokens)
                .put(HexFormat.of().parseHex(hash.hex()))
                .array());
    }

    public JobId job() {
        return job;
    }

    public ModelDigest model() {
        return model;
    }

    /** Whether so much was agreed for a million tokens, or nothing was said of it. */
    public boolean agreesWith(TokenPrice price) {
        return agreed.isEmpty() || agreed.get().equals(price);
    }

    /** Tokens in all frames. */
    public int tokens() {
        return tokens;
    }

    /** The hash over all frames. */
    public String hashHex() {
        return hash.hex();
    }

    /** Memory that keeping this costs. */
    public int bytes() {
        return entries.size();
    }

    /** Whether the first frames of this delivery have so many tokens and this hash. */
    public boolean contains(int count, String hashHex) {
        byte[] wanted = decoded(hashHex);
        byte[] all = entries.toByteArray();
        for (int at = 0; at < all.length; at += ENTRY_BYTES) {
            int countHere = ByteBuffer.wrap(all, at, Integer.BYTES).getInt();
            if (countHere == count
                    && Arrays.equals(all, at + Integer.BYTES, at + ENTRY_BYTES, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] decoded(String hex) {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException notHex) {
            return new byte[0];
        }
    }
}
