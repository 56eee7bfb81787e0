package com.peerllm.orchestrator.api;

import io.vertx.core.http.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every HTTP route of the one port, as {@code docs/openapi.yaml} describes them; a test compares the two. The way in for hosts is
 * no such route: it becomes a WebSocket before it gets here.
 */
enum Route {
    LIST_MODELS(HttpMethod.GET, "/v1/models"),
    MODEL(HttpMethod.GET, "/v1/models/{id}"),
    CHAT_COMPLETIONS(HttpMethod.POST, "/v1/chat/completions"),
    COMPLETIONS(HttpMethod.POST, "/v1/completions"),
    EMBEDDINGS(HttpMethod.POST, "/v1/embeddings"),
    BALANCE(HttpMethod.GET, "/v1/balance"),
    BALANCE_PROOF(HttpMethod.GET, "/v1/balance/proof"),
    RECEIPTS(HttpMethod.GET, "/v1/receipts/{job}"),
    REDEEM_VOUCHER(HttpMethod.POST, "/v1/vouchers/redeem"),
    HOSTS(HttpMethod.GET, "/hosts"),
    HOST_REPUTATION(HttpMethod.GET, "/hosts/{id}/reputation"),
    HOST_EVIDENCE(HttpMethod.GET, "/hosts/{id}/evidence"),
    HOST_PAYOUTS(HttpMethod.GET, "/hosts/{id}/payouts"),
    HOST_PAYEE(HttpMethod.POST, "/hosts/{id}/payee"),
    LEDGER(HttpMethod.GET, "/ledger"),
    LEDGER_ENTRIES(HttpMethod.GET, "/ledger/entries"),
    LEDGER_ENTRY(HttpMethod.GET, "/ledger/entries/{leaf}"),
    LEDGER_HOSTS(HttpMethod.GET, "/ledger/hosts"),
    LEDGER_HOST_ENTRIES(HttpMethod.GET, "/ledger/hosts/{id}/entries"),
    LEDGER_HOST(HttpMethod.GET, "/ledger/hosts/{id}"),
    LEDGER_MODELS(HttpMethod.GET, "/ledger/models"),
    LEDGER_MODELS_RECENT(HttpMethod.GET, "/ledger/models/recent"),
    LEDGER_JOB(HttpMethod.GET, "/ledger/jobs/{job}"),
    LEDGER_EXPORT(HttpMethod.GET, "/ledger/export"),
    LEDGER_PAGE(HttpMethod.GET, "/ledger/explorer"),
    PRICES(HttpMethod.GET, "/prices/{model}"),
    HOST_BALANCE_PROOF(HttpMethod.GET, "/hosts/{id}/balance-proof"),
    LOG_CHECKPOINT(HttpMethod.GET, "/log/checkpoint"),
    LOG_CHECKPOINT_WITNESSED(HttpMethod.GET, "/log/checkpoint.witnessed"),
    LOG_TILE(HttpMethod.GET, "/log/tile/{tile}"),
    LOG_ADD_COSIGNATURE(HttpMethod.POST, "/log/add-cosignature"),
    PROOF_OF_INCLUSION(HttpMethod.GET, "/ledger/proof/inclusion"),
    PROOF_OF_CONSISTENCY(HttpMethod.GET, "/ledger/proof/consistency"),
    PROOF_OF_RECEIPT(HttpMethod.GET, "/ledger/proof/receipt/{part}"),
    HEALTHZ(HttpMethod.GET, "/healthz"),
    READYZ(HttpMethod.GET, "/readyz");

    private static final Set<HttpMethod> METHODS =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.OPTIONS);

    private final HttpMethod method;
    private final String template;
    private final String before;
    private final Optional<String> after;

    /** @param template a path; it may have one {@code {parameter}}, which reaches over slashes */
    Route(HttpMethod method, String template) {
        this.method = method;
        this.template = template;
        int open = template.indexOf('{');
        before = open < 0 ? template : template.substring(0, open);
        after = open < 0 ? Optional.empty() : Optional.of(template.substring(template.indexOf('}') + 1));
    }

    /**
     * A request's route.
     *
     * @param parameter what stands at the place of the template's parameter, decoded; empty without one
     */
    record Match(Route route, String parameter) {}

    /** {@code HEAD} is answered like {@code GET}. */
    static Optional<Match> find(HttpMethod method, String path) {
        HttpMethod asked = method == HttpMethod.HEAD ? HttpMethod.GET : method;
        return Arrays.stream(values())
                .filter(route -> route.method == asked && route.fits(path))
                .findFirst()
                .map(route -> new Match(route, route.parameter(path)));
    }

    /** What may be done at an address; nothing when there is nothing. */
    static List<HttpMethod> methodsAt(String path) {
        return Arrays.stream(values())
                .filter(route -> route.fits(path))
                .map(Route::method)
                .distinct()
                .toList();
    }

    /** The request as logs and metrics name it: a closed set of words, whatever was sent. */
    static String nameOf(HttpMethod method, String path) {
        if (!METHODS.contains(method)) return "other";
        return Arrays.stream(values())
                .filter(route -> route.fits(path))
                .findFirst()
                .map(route -> method + " " + route.template)
                .orElse("other");
    }

    private boolean fits(String path) {
        return after.map(end ->
                        path.length() > before.length() + end.length() && path.startsWith(before) && path.endsWith(end))
                .orElse(path.equals(before));
    }

    private String parameter(String path) {
        return after.map(end -> decoded(path.substring(before.length(), path.length() - end.length())))
                .orElse("");
    }

    /** What is no encoded text stays as it is; nothing is named so. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    HttpMethod method() {
        return method;
    }

    String template() {
        return template;
    }
}
