package com.peerllm.host.storage;

import com.peerllm.shared.model.ModelDigest;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Models that are not loaded again, until the engine is another one or a person releases them. */
public final class QuarantineTable {
    private static final int LONGEST_REASON = 2000;

    private final Jdbi jdbi;

    QuarantineTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Why this engine does not load the model. */
    public Optional<String> reason(ModelDigest digest, String engine) {
        return jdbi.withHandle(
                h -> h.createQuery("select reason from quarantines where digest = :digest and engine = :engine")
                        .bind("digest", digest.hex())
                        .bind("engine", engine)
                        .mapTo(String.class)
                        .findFirst());
    }

    public void put(ModelDigest digest, String engine, String reason, long nowMillis) {
        jdbi.useHandle(h -> h.createUpdate(
                        "merge into quarantines (digest, engine, reason, since_millis) key (digest) values (:digest, :engine, :reason, :since)")
                .bind("digest", digest.hex())
                .bind("engine", engine)
                .bind("reason", reason.substring(0, Math.min(reason.length(), LONGEST_REASON)))
                .bind("since", nowMillis)
                .execute());
    }

    /** @return whether it was in quarantine */
    public boolean release(ModelDigest digest) {
        return jdbi.withHandle(h -> h.createUpdate("delete from quarantines where digest = :digest")
                        .bind("digest", digest.hex())
                        .execute()
                > 0);
    }
}
