package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.explorer.Explorer;
import com.peerllm.orchestrator.explorer.Explorer.Order;
import com.peerllm.orchestrator.explorer.ExportFormat;
import com.peerllm.orchestrator.explorer.RecentPay;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** {@code /ledger/...}: the ledger for everybody, without a key. Lives on the event loop; reads the database elsewhere. */
final class ExplorerApi {
    /** Readings of the database at once: nobody needs a key to ask. */
    private static final int MOST_AT_ONCE = 8;

    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 500;
    private static final int USUAL_DAYS = 31;

    private final Explorer explorer;
    private final RecentPay recentPay;
    private final OpenReads reads;
    private final LedgerExports exports;
    private final ExplorerPage page = new ExplorerPage();

    ExplorerApi(Explorer explorer, RecentPay recentPay, Executor loop, Executor blocking) {
        this.explorer = explorer;
        this.recentPay = recentPay;
        this.reads = new OpenReads(MOST_AT_ONCE, loop, blocking);
        this.exports = new LedgerExports(explorer, loop, blocking);
    }

    void totals(Exchange exchange) {
        answer(exchange, explorer::totals);
    }

    void entries(Exchange exchange) {
        asked(exchange, () -> {
            Order order = order(exchange);
            OptionalLong after = number(exchange, "after");
            int limit = limit(exchange, USUAL_PAGE);
            answer(exchange, () -> explorer.entries(order, after, limit));
        });
    }

    void entry(Exchange exchange, String leaf) {
        asked(exchange, () -> {
            long number = parse(leaf, "leaf");
            answer(exchange, () -> explorer.entry(number));
        });
    }

    void hosts(Exchange exchange) {
        asked(exchange, () -> {
            Optional<String> after = parameter(exchange, "after");
            int limit = limit(exchange, USUAL_PAGE);
            answer(exchange, () -> explorer.hosts(after, limit));
        });
    }

    void host(Exchange exchange, String host) {
        asked(exchange, () -> {
            Optional<LocalDate> before = parameter(exchange, "before").map(ExplorerApi::date);
            int limit = limit(exchange, USUAL_DAYS);
            answer(exchange, () -> explorer.host(host, before, limit));
        });
    }

    void hostEntries(Exchange exchange, String host) {
        asked(exchange, () -> {
            Order order = order(exchange);
            OptionalLong after = number(exchange, "after");
            int limit = limit(exchange, USUAL_PAGE);
            answer(exchange, () -> explorer.hostEntries(host, order, after, limit));
        });
    }

    void models(Exchange exchange) {
        asked(exchange, () -> {
            Optional<String> after = parameter(exchange, "after");
            int limit = limit(exchange, USUAL_PAGE);
            answer(exchange, () -> explorer.models(after, limit));
        });
    }

    void recentPay(Exchange exchange) {
        answer(exchange, recentPay::models);
    }

    void job(Exchange exchange, String text) {
        asked(exchange, () -> {
            JobId job;
            try {
                job = new JobId(text);
            } catch (IllegalArgumentException e) {
                throw invalid("job", "A job is job_ and 32 hex digits.");
            }
            answer(exchange, () -> explorer.job(job));
        });
    }

    void export(Exchange exchange) {
        asked(exchange, () -> {
            ExportFormat format = parameter(exchange, "format")
                    .flatMap(ExportFormat::of)
                    .orElseThrow(() -> invalid("format", "`format` is csv or json."));
            exports.begin(exchange, format, number(exchange, "from"), number(exchange, "to"));
        });
    }

    void page(Exchange exchange) {
        page.send(exchange);
    }

    private void answer(Exchange exchange, Supplier<Map<String, Object>> reading) {
        reads.read(exchange, () -> {
            byte[] json = Exchange.toJson(reading.get());
            return () -> exchange.json(200, json);
        });
    }

    /** A request that cannot be understood is refused before anything is read. */
    private static void asked(Exchange exchange, Runnable question) {
        try {
            question.run();
        } catch (InvalidRequest e) {
            exchange.error(e.error());
        }
    }

    private static Optional<String> parameter(Exchange exchange, String name) {
        return Optional.ofNullable(exchange.request.getParam(name));
    }

    private static Order order(Exchange exchange) {
        return switch (parameter(exchange, "order").orElse("oldest")) {
            case "oldest" -> Order.OLDEST;
            case "newest" -> Order.NEWEST;
            default -> throw invalid("order", "`order` is oldest or newest.");
        };
    }

    private static OptionalLong number(Exchange exchange, String name) {
        return parameter(exchange, name).stream()
                .mapToLong(text -> parse(text, name))
                .findFirst();
    }

    private static int limit(Exchange exchange, int usual) {
        OptionalLong limit = number(exchange, "limit");
        if (limit.isEmpty()) return usual;
        if (limit.getAsLong() >= 1 && limit.getAsLong() <= LARGEST_PAGE) return (int) limit.getAsLong();
        throw invalid("limit", "`limit` is a number from 1 to " + LARGEST_PAGE + ".");
    }

    private static long parse(String text, String name) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number < Long.MAX_VALUE) return number;
        } catch (NumberFormatException e) {
            // The sentence below says it.
        }
        throw invalid(name, "`" + name + "` is a whole number, 0 or more.");
    }

    private static LocalDate date(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            if (Math.abs((long) date.getYear()) <= 9999) return date;
        } catch (DateTimeException e) {
            // The sentence below says it.
        }
        throw invalid("before", "`before` is a date such as 2026-11-23.");
    }

    private static InvalidRequest invalid(String name, String sentence) {
        return new InvalidRequest(ApiError.badRequest("invalid_value", name, sentence));
    }
}
