package com.peerllm.orchestrator.explorer;

import com.peerllm.orchestrator.storage.ExplorerStore;
import com.peerllm.orchestrator.storage.ExplorerStore.RecentRow;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What hosts of each model were paid in the last seven days of UTC, today included: what a person is told who chooses a model
 * to serve. Added up at most once a minute, however many ask. For any thread; one that asks while it is added up waits.
 */
public final class RecentPay {
    private static final int DAYS = 7;
    private static final int MOST_MODELS = 500;
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final ExplorerStore store;
    private final InstantSource clock;
    private Optional<Kept> kept = Optional.empty();

    private record Kept(LocalDate today, long readAtMillis, Map<String, Object> answer) {}

    public RecentPay(ExplorerStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Those most was paid for; a model of which no host was paid is not among them. */
    public synchronized Map<String, Object> models() {
        long now = clock.millis();
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Optional<Kept> young = kept.filter(one -> one.today().equals(today))
                .filter(one -> now >= one.readAtMillis() && now - one.readAtMillis() < KEPT.toMillis());
        if (young.isPresent()) return young.get().answer();
        Map<String, Object> answer = read(today);
        kept = Optional.of(new Kept(today, now, answer));
        return answer;
    }

    private Map<String, Object> read(LocalDate today) {
        LocalDate first = today.minusDays(DAYS - 1);
        List<RecentRow> rows = store.modelsSince(Math.toIntExact(first.toEpochDay()), MOST_MODELS);
        return new Fields()
                .with("object", "list")
                .with("first_day", first.toString())
                .with("last_day", today.toString())
                .with("data", rows.stream().map(RecentPay::model).toList())
                .map();
    }

    private static Map<String, Object> model(RecentRow row) {
        return new Fields()
                .with("digest", row.digest().hex())
                .amount("host_share", row.hostShare())
                .with("hosts", row.hosts())
                .map();
    }
}
