package com.peerllm.host.storage;

import com.peerllm.shared.model.ModelDigest;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The digest of each published file as it was read first. */
public final class DigestPinTable {
    private final Jdbi jdbi;

    DigestPinTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Optional<ModelDigest> find(String name) {
        return jdbi.withHandle(h -> find(h, name));
    }

    /** @return the digest that is kept: this one, or the one that was there before */
    public ModelDigest pin(String name, ModelDigest digest, long nowMillis) {
        return jdbi.inTransaction(h -> {
            Optional<ModelDigest> there = find(h, name);
            if (there.isPresent()) return there.get();
            h.createUpdate("insert into digest_pins (name, digest, read_at_millis) values (:name, :digest, :at)")
                    .bind("name", name)
                    .bind("digest", digest.hex())
                    .bind("at", nowMillis)
                    .execute();
            return digest;
        });
    }

    public void delete(String name) {
        jdbi.useHandle(h -> h.createUpdate("delete from digest_pins where name = :name")
                .bind("name", name)
                .execute());
    }

    private static Optional<ModelDigest> find(Handle h, String name) {
        return h.createQuery("select digest from digest_pins where name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .map(ModelDigest::new)
                .findFirst();
    }
}
