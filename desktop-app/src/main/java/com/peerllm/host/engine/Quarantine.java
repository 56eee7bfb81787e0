package com.peerllm.host.engine;

import java.util.Optional;

/** Remembers that a model crashed the engine too often, for as long as the implementation says. For any thread. */
public interface Quarantine {

    /** Why the model must not be loaded; nothing when it may. */
    Optional<String> reason();

    void begin(String reason);

    /** Forgets at once: the engine that ended in quarantine says so itself, and is tried again when somebody starts it. */
    static Quarantine forgetful() {
        return new Quarantine() {
            @Override
            public Optional<String> reason() {
                return Optional.empty();
            }

            @Override
            public void begin(String reason) {}
        };
    }
}
