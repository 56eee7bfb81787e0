package com.peerllm.orchestrator.reputation;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.reputation.Evidence;
import com.peerllm.shared.reputation.HostHistory;
import com.peerllm.shared.reputation.ModelHistory;
import com.peerllm.shared.reputation.Presence;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How a host does: whether it is there when it promised to be, and its standing with each model. Lives on the event loop. */
public final class HostStanding {
    /** A long presence is noted this often, so that a crash of the orchestrator takes little of it away. */
    private static final long NOTED_EVERY_MILLIS = 3_600_000;

    private final HostId id;
    private final Standings all;
    private final Map<ModelDigest, ModelStanding> models = new HashMap<>();
    private Presence presence;
    private boolean connected;
    /** From when on its presence is not in the evidence yet; 0 while it promises nothing. */
    private long presentSinceMillis;

    private boolean waitsForRefresh;

    HostStanding(HostId id, HostHistory history, Standings all) {
        this.id = id;
        this.all = all;
        this.presence = history.presence();
        history.models().forEach((digest, model) -> models.put(digest, new ModelStanding(this, digest, model, all)));
    }

    public HostId id() {
        return id;
    }

    public ModelStanding model(ModelDigest digest) {
        ModelStanding known = models.get(digest);
        if (known != null) return known;
        ModelStanding first = new ModelStanding(this, digest, ModelHistory.EMPTY, all);
        models.put(digest, first);
        first.refresh();
        return first;
    }

    /** A model of which something is known now. */
    void keep(ModelStanding standing) {
        models.putIfAbsent(standing.model(), standing);
    }

    /** Lets go of models of which nothing is known, or a host could announce new ones until memory ends. */
    public void serves(Set<ModelDigest> announced) {
        models.values().removeIf(each -> each.history().number() == 0 && !announced.contains(each.model()));
    }

    /** It is connected, and promises to stay until it drains. */
    void joined() {
        long now = all.nowMillis();
        if (presence.lostAtMillis() > 0) {
            long away = now - Math.max(presence.lostAtMillis(), all.startedAtMillis());
            add(new Evidence.Absent(presence.number() + 1, now, Math.clamp(away, 0, Presence.LONGEST_ABSENCE_MILLIS)));
        }
        if (!connected || presentSinceMillis == 0) presentSinceMillis = now;
        connected = true;
        refresh();
    }

    /** It said goodbye; what it promised is kept. */
    public void draining() {
        note(false);
        presentSinceMillis = 0;
    }

    /** @param excused whether it may go without a goodbye, because the orchestrator sends it away */
    void left(boolean excused) {
        note(!excused);
        presentSinceMillis = 0;
        connected = false;
        refresh();
    }

    private void note(boolean lost) {
        if (presentSinceMillis == 0) return;
        long now = all.nowMillis();
        add(new Evidence.Present(presence.number() + 1, now, Math.max(0, now - presentSinceMillis), lost));
        presentSinceMillis = now;
    }

    private void add(Evidence piece) {
        presence = presence.after(piece);
        all.sink().add(id, Optional.empty(), piece, presence);
    }

    /** Once a minute. */
    void refreshAndNote() {
        if (presentSinceMillis > 0 && all.nowMillis() - presentSinceMillis >= NOTED_EVERY_MILLIS) note(false);
        refresh();
    }

    /** @return false when it waits already */
    boolean mayWaitForRefresh() {
        boolean first = !waitsForRefresh;
        waitsForRefresh = true;
        return first;
    }

    void refreshIsDue() {
        waitsForRefresh = false;
    }

    void refresh() {
        models.values().forEach(ModelStanding::refresh);
    }

    boolean isConnected() {
        return connected;
    }

    Presence presence() {
        return presence;
    }

    long excludedUntilMillis() {
        long latest = 0;
        for (ModelStanding each : models.values()) {
            latest = Math.max(latest, each.history().honesty().excludedUntilMillis());
        }
        return latest;
    }

    public Collection<ModelStanding> models() {
        return models.values();
    }

    /** What all evidence adds up to now. */
    public HostHistory history() {
        return new HostHistory(
                presence,
                models.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, each -> each.getValue().history())));
    }
}
