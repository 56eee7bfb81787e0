package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.admission.Tally;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.openai.ApiError;

/** The errors of requests that may not wait or have waited for too long, with how far they came and when to try again. */
final class QueueRefusals {
    private QueueRefusals() {}

    static ApiError full(Tally.Full full, WaitingLine line, int slots, AccountId account, long nowMillis) {
        ModelId model = line.model.id();
        int waiting = line.queue.size();
        int mine = line.queue.size(account);
        return switch (full) {
            case ACCOUNT ->
                ApiError.of(
                                429,
                                "requests",
                                "queue_full",
                                mine + " requests of this account wait for '" + model
                                        + "' already, and one account may take no more of the queue. Send the next one when"
                                        + " one of them is answered.")
                        .withRetryAfter(line.rate.timeFor(Math.min(waiting, line.queue.accounts()), nowMillis));
            case MODEL ->
                ApiError.of(
                                503,
                                "service_unavailable",
                                "overloaded",
                                waiting + " requests wait for '" + model + "' already, as many as its " + slots
                                        + " slots can be waited for.")
                        .withRetryAfter(line.rate.timeFor(Math.max(1, waiting / 4), nowMillis));
            case ALL ->
                ApiError.of(
                                503,
                                "service_unavailable",
                                "overloaded",
                                "As many requests wait as this orchestrator can hold; " + waiting + " of them for '"
                                        + model + "'.")
                        .withRetryAfter(line.rate.timeFor(Math.max(1, waiting / 4), nowMillis));
        };
    }

    static ApiError timeOut(WaitingLine line, int position, int of, long waitedMillis, long nowMillis) {
        ModelId model = line.model.id();
        return ApiError.of(
                        503,
                        "service_unavailable",
                        "queue_timeout",
                        "No host of '" + model + "' became free within " + seconds(waitedMillis)
                                + " s; this request was number " + position + " of " + of + " that wait.")
                .withRetryAfter(line.rate.timeFor(position, nowMillis));
    }

    private static String seconds(long millis) {
        return millis % 1000 == 0 || millis >= 10_000
                ? Long.toString(millis / 1000)
                : Double.toString(millis / 100 / 10.0);
    }
}
