package com.peerllm.host.engine;

/** When a worker is given up, and who remembers a model that crashes. */
public record Supervision(Quarantine quarantine, WorkerWatch.Patience patience) {
    static final Supervision STANDARD = remembering(Quarantine.forgetful());

    /** With the usual patience. */
    public static Supervision remembering(Quarantine quarantine) {
        return new Supervision(quarantine, WorkerWatch.Patience.STANDARD);
    }
}
