package com.peerllm.orchestrator.storage;

import java.nio.file.Path;

/** Where the orchestrator keeps what must outlive it. */
public sealed interface DatabaseAddress {

    /** How error sentences name it: without a user name or password. */
    String place();

    /** An H2 file {@code orchestrator.mv.db} in this folder and its change log, opened by one process at a time. */
    record Embedded(Path folder) implements DatabaseAddress {
        @Override
        public String place() {
            return folder.toString();
        }
    }

    /**
     * A PostgreSQL that runs elsewhere, such as {@code jdbc:postgresql://db.example/peerllm}. One with {@code fsync = off}
     * is refused; where {@code synchronous_commit} is off, it is on for the orchestrator's own connections.
     *
     * @param user empty when the URL says it
     * @param password secret; never printed
     */
    record Jdbc(String url, String user, String password) implements DatabaseAddress {
        @Override
        public String place() {
            int options = url.indexOf('?');
            return options < 0 ? url : url.substring(0, options);
        }

        @Override
        public String toString() {
            return "Jdbc[" + place() + "]";
        }
    }
}
