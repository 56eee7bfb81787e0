package com.peerllm.orchestrator.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Counts jobs, their tokens, and what went wrong with them. Lives on the event loop; {@link #relayed} is the token path. */
public final class JobMeter {
    /** Models that have labels of their own; those after them share one, so that hosts cannot make metrics without bound. */
    private static final int MOST_MODELS = 200;

    private static final String OTHER_MODELS = "other";

    private final MeterRegistry registry;
    private final DistributionSummary speed;
    private final Timer waited;
    private final Set<String> models = new HashSet<>();
    private long relayed;

    JobMeter(MeterRegistry registry) {
        this.registry = registry;
        speed = DistributionSummary.builder("peerllm.answer.speed")
                .description("Tokens per second of finished answers, after their first token.")
                .baseUnit("tokens_per_second")
                .serviceLevelObjectives(Buckets.SPEED)
                .register(registry);
        waited = Timer.builder("peerllm.queue.wait")
                .description("How long jobs waited for a free slot, those that did not wait left out.")
                .serviceLevelObjectives(Buckets.ANSWER)
                .register(registry);
        FunctionCounter.builder("peerllm.tokens.relayed", this, meter -> meter.relayed)
                .description("Tokens that hosts sent and consumers were sent.")
                .register(registry);
    }

    /** Token path. */
    public void relayed(int tokens) {
        relayed += tokens;
    }

    /** @param outcome a finish reason, the code of an error, or how else it ended */
    public void ended(Kind kind, String outcome) {
        count("peerllm.jobs", "Requests that were admitted, by how they ended.", "kind", kind, "outcome", outcome);
    }

    /** @param reason why it was not admitted, as the consumer's error names it */
    public void refused(Kind kind, String reason) {
        count("peerllm.jobs.refused", "Requests that were not admitted.", "kind", kind, "reason", reason);
    }

    /** Hosts that the router turned down for one request that found none. */
    public void rejected(Enum<?> reason, int hosts) {
        Counter.builder("peerllm.route.rejections")
                .description("Hosts turned down for requests that found none, by reason.")
                .tag("reason", word(reason))
                .register(registry)
                .increment(hosts);
    }

    public void waited(Duration time) {
        waited.record(time);
    }

    /** A host finished an answer. @param tokensPerSecond 0 when it was too short to tell */
    public void answered(String model, double firstTokenMillis, double tokensPerSecond) {
        firstToken(model, firstTokenMillis);
        if (tokensPerSecond > 0) speed.record(tokensPerSecond);
    }

    private void firstToken(String model, double millis) {
        Timer.builder("peerllm.first.token")
                .description("From the offer to a host to its first token.")
                .tag("model", label(model))
                .serviceLevelObjectives(Buckets.FIRST_TOKEN)
                .register(registry)
                .record(Duration.ofNanos((long) (millis * 1e6)));
    }

    /** What the consumer was charged for. */
    public void charged(int promptTokens, int completionTokens) {
        tokens("prompt", promptTokens);
        tokens("completion", completionTokens);
    }

    /** @param fault one of the names of docs/reputation.md */
    public void faulted(String fault) {
        Counter.builder("peerllm.host.faults")
                .description("Jobs that hosts failed, by how.")
                .tag("fault", fault)
                .register(registry)
                .increment();
    }

    /** @param verdict confirmed or refuted */
    public void audited(String verdict) {
        Counter.builder("peerllm.audits")
                .description("Sampled answers that other hosts checked, by what they found.")
                .tag("verdict", verdict)
                .register(registry)
                .increment();
    }

    /** A job went on at another host. */
    public void moved(boolean afterFirstToken) {
        Counter.builder("peerllm.jobs.moved")
                .description("Answers that another host took over.")
                .tag("when", afterFirstToken ? "after_first_token" : "before_first_token")
                .register(registry)
                .increment();
    }

    private void tokens(String kind, int tokens) {
        Counter.builder("peerllm.tokens.charged")
                .description("Tokens that consumers were charged for.")
                .tag("kind", kind)
                .register(registry)
                .increment(tokens);
    }

    private void count(String name, String description, String first, Kind kind, String second, String value) {
        Counter.builder(name)
                .description(description)
                .tag(first, word(kind))
                .tag(second, value)
                .register(registry)
                .increment();
    }

    private String label(String model) {
        if (models.contains(model)) return model;
        if (models.size() >= MOST_MODELS) return OTHER_MODELS;
        models.add(model);
        return model;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** What was asked for. */
    public enum Kind {
        CHAT,
        EMBEDDINGS
    }
}
