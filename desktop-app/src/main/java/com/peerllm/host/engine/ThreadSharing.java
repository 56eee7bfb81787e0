package com.peerllm.host.engine;

import java.util.List;

/** Tells the engines that answer now how many computing threads each has, whenever one begins or ends. For any thread. */
final class ThreadSharing {
    private final Residency residency;
    private volatile int budget;

    /** @param budget computing threads of all models together */
    ThreadSharing(Residency residency, int budget) {
        this.residency = residency;
        this.budget = budget;
    }

    /** @param threads of all models together, from now on */
    void useBudget(int threads) {
        budget = threads;
        share();
    }

    /** A worker starts with all threads, whoever else answers. */
    void started(ResidentModel model) {
        synchronized (residency) {
            model.threads = budget;
        }
        share();
    }

    void share() {
        List<Engine> changed;
        final int each;
        synchronized (residency) {
            List<ResidentModel> answering = residency.all().stream()
                    .filter(model -> model.answering > 0)
                    .toList();
            each = ThreadShares.each(budget, answering.size());
            changed = answering.stream()
                    .filter(model -> model.threads != each)
                    .flatMap(model -> model.engine.stream())
                    .toList();
            for (ResidentModel model : answering) model.threads = each;
        }
        for (Engine engine : changed) engine.useThreads(each);
    }
}
