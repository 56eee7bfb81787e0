package com.peerllm.host.earnings;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.session.OrchestratorAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the network of the settings what hosts of each model were paid lately, when somebody looks and the last answer is old. The
 * network need not have been served before. For any thread.
 */
public final class RecentPayDesk {
    /** An orchestrator's answer is kept so long, and one that does not answer is left alone so long. */
    static final Duration INTERVAL = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(RecentPayDesk.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** 500 models have a quarter of it. */
    private static final int MOST_BYTES = 256 * 1024;

    private final OkHttpClient http;
    private final Supplier<Optional<OrchestratorAddress>> network;
    private final InstantSource clock;
    private final ThreadFactory threads;
    private final Signal<Optional<RecentPay>> news = new Signal<>(Optional.empty());
    private Optional<OrchestratorAddress> asked = Optional.empty();
    private Instant askedAt = Instant.EPOCH;

    /** @param network whose address is known; may throw {@link HostException} when the settings name none that can be used */
    public RecentPayDesk(
            OkHttpClient http,
            Supplier<Optional<OrchestratorAddress>> network,
            InstantSource clock,
            ThreadFactory threads) {
        this.http = http.newBuilder().callTimeout(PATIENCE).build();
        this.network = network;
        this.clock = clock;
        this.threads = threads;
    }

    /** Empty while no network is known, and when it did not answer. */
    public Signal<Optional<RecentPay>> news() {
        return news;
    }

    /** Returns at once; asks only when there is another network than before, or the last answer is old. */
    public synchronized void ask() {
        Optional<OrchestratorAddress> address = address();
        Duration since = Duration.between(askedAt, clock.instant());
        boolean young = !since.isNegative() && since.compareTo(INTERVAL) < 0;
        if (address.equals(asked) && young) return;
        if (!address.equals(asked)) news.set(Optional.empty());
        asked = address;
        askedAt = clock.instant();
        address.ifPresent(at -> threads.newThread(() -> tell(at, of(at))).start());
    }

    private Optional<OrchestratorAddress> address() {
        try {
            return network.get();
        } catch (HostException e) {
            log.debug("No network can be asked: {}", e.problem());
            return Optional.empty();
        }
    }

    private synchronized void tell(OrchestratorAddress of, Optional<RecentPay> found) {
        if (asked.equals(Optional.of(of))) news.set(found);
    }

    /** Asks a network now, for at most ten seconds; empty when it does not answer, or tells no such thing. */
    public Optional<RecentPay> of(OrchestratorAddress address) {
        HttpUrl url = address.http()
                .newBuilder()
                .addPathSegments("ledger/models/recent")
                .build();
        try (Response response =
                http.newCall(new Request.Builder().url(url).build()).execute()) {
            if (!response.isSuccessful()) return Optional.empty();
            return Optional.of(
                    RecentPay.of(JSON.readTree(response.peekBody(MOST_BYTES).bytes())));
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            log.debug("What was paid lately is not known", e);
            return Optional.empty();
        }
    }
}
