package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.jobs.Refusals;
import com.peerllm.shared.money.RevenueSplit;

/**
 * {@code GET /prices/{model}}: what a model costs, and who gets how much of it, before anybody serves it or asks it. Open to all,
 * as hosts have no key. Lives on the event loop.
 */
final class PricesRoute {
    private final ModelDirectory models;
    private final RevenueSplit split;

    PricesRoute(ModelDirectory models, RevenueSplit split) {
        this.models = models;
        this.split = split;
    }

    /** @param model an id, or the SHA-256 of a file */
    void send(Exchange exchange, String model) {
        models.terms(model, split)
                .ifPresentOrElse(
                        terms -> exchange.json(200, terms), () -> exchange.error(Refusals.unknownModel(model)));
    }
}
