package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.ledger.HoldDecision;
import com.peerllm.orchestrator.ledger.SpendLimit;
import com.peerllm.orchestrator.routing.Rejection;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.wire.JobFailure;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The errors a consumer gets when a job cannot be served, each a sentence with its reason. */
public final class Refusals {
    private Refusals() {}

    public static ApiError unknownModel(String asked) {
        String shown = asked.length() > 128 ? asked.substring(0, 128) + "…" : asked;
        return new ApiError(
                404,
                "The model '" + shown + "' does not exist on this network; GET /v1/models lists those that do.",
                "invalid_request_error",
                Optional.of("model"),
                "model_not_found");
    }

    public static ApiError answersNoChats(ModelId model) {
        return ApiError.badRequest(
                "unsupported_model",
                "model",
                "'" + model + "' answers no chats: it makes embeddings. Ask it with POST /v1/embeddings.");
    }

    public static ApiError continuesNoText(ModelId model) {
        return ApiError.badRequest(
                "unsupported_model",
                "model",
                "No host of '" + model + "' continues plain text now. If it answers chats, ask it with POST"
                        + " /v1/chat/completions.");
    }

    /**
     * Not for want of hosts: at once, and nothing that waiting would change.
     *
     * @param cap most that the request pays for a million tokens
     * @param lowest what the cheapest host asks
     */
    public static ApiError costsMore(ModelId model, TokenPrice cap, TokenPrice lowest) {
        return tooDear("Every host of '" + model + "' asks more than this request pays: " + words(cap)
                + ". The cheapest asks " + words(lowest) + ". Allow more with 'peerllm.max_price'.");
    }

    private static String words(TokenPrice price) {
        return price.promptPerMillion() + " for a million prompt tokens and " + price.completionPerMillion()
                + " for a million completion tokens";
    }

    private static ApiError tooDear(String sentence) {
        return new ApiError(402, sentence, "insufficient_quota", Optional.of("peerllm.max_price"), "price_too_high");
    }

    public static ApiError makesNoEmbeddings(ModelId model) {
        return ApiError.badRequest(
                "unsupported_model",
                "model",
                "'" + model + "' makes no embeddings: it answers chats. Ask it with POST /v1/chat/completions.");
    }

    /** @param promptField the request's field that has the prompt */
    static ApiError noHost(ModelId model, String promptField, Map<Rejection, Integer> rejections) {
        if (rejections.isEmpty()) {
            return ApiError.of(503, "service_unavailable", "no_host", "No host serves '" + model + "' now.");
        }
        if (rejections.keySet().equals(Set.of(Rejection.CONTEXT_TOO_SHORT))) {
            return ApiError.badRequest(
                    "context_length_exceeded",
                    promptField,
                    "The prompt is longer than any host of '" + model + "' can take.");
        }
        if (rejections.keySet().equals(Set.of(Rejection.PRICE_TOO_HIGH))) {
            return tooDear("Every host of '" + model
                    + "' asks more than this request pays now. Allow more with 'peerllm.max_price'.");
        }
        String reasons = rejections.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey().sentence())
                .collect(Collectors.joining("; "));
        return ApiError.of(
                503,
                "service_unavailable",
                "no_host",
                "No host of '" + model + "' can take this now: " + reasons + ".");
    }

    static ApiError longerThanAnyContext(ModelId model, String promptField, int context) {
        return ApiError.badRequest(
                "context_length_exceeded",
                promptField,
                "The prompt is longer than the " + context + " tokens that any host of '" + model + "' can take.");
    }

    static ApiError hostsFailed(ModelId model) {
        return ApiError.of(
                503, "service_unavailable", "hosts_failed", "The hosts of '" + model + "' that were tried all failed.");
    }

    static ApiError ofHost(JobFailure code, String promptField) {
        return switch (code) {
            case CONTEXT_EXCEEDED ->
                ApiError.badRequest(
                        "context_length_exceeded", promptField, "The prompt is longer than the model's context.");
            case TEMPLATE_REFUSED, BAD_REQUEST ->
                ApiError.badRequest(
                        "template_refused",
                        promptField,
                        "The model cannot take these messages: its chat template refuses their roles or their order.");
            default -> ApiError.of(503, "service_unavailable", "host_stopped", "The host stopped this answer.");
        };
    }

    static ApiError balanceEmpty(Credits balance, Credits needed) {
        return ApiError.of(
                402,
                "insufficient_quota",
                "insufficient_balance",
                "The balance of " + balance + " does not cover this request, which may cost up to " + needed
                        + ". Add credits, or ask for fewer tokens with max_tokens.");
    }

    static ApiError keySpendLimit(HoldDecision.KeyLimitReached reached) {
        SpendLimit.Period period = reached.limit().period();
        return ApiError.of(
                402,
                "insufficient_quota",
                "key_spend_limit",
                "This API key may spend " + reached.limit().most()
                        + (period == SpendLimit.Period.TOTAL ? " in all" : " a " + period.word()) + ". "
                        + reached.spending().spentIn(period) + " is spent and "
                        + reached.spending().held() + " set aside for running answers; this request may cost up to "
                        + reached.needed() + ". "
                        + reached.resetsAt()
                                .map(at -> "The limit begins anew at " + at + ".")
                                .orElse("The limit does not begin anew."));
    }

    public static ApiError ledgerUnavailable() {
        return ApiError.of(
                503, "service_unavailable", "ledger_unavailable", "Payments cannot be recorded now. Try again later.");
    }

    public static ApiError stopping() {
        return ApiError.of(503, "service_unavailable", "stopping", "This orchestrator is stopping. Try again.");
    }
}
