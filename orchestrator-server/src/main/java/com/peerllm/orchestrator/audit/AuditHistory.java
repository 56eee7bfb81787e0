package com.peerllm.orchestrator.audit;

import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many audits each host has passed in a row with each model. In memory and bounded: who is forgotten, after a restart for
 * one, is checked as at the beginning. Lives on the event loop.
 */
final class AuditHistory {
    private static final int REMEMBERED = 200_000;

    private record Key(HostId host, ModelDigest model) {}

    private final Map<Key, Integer> confirmed = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    int confirmedInARow(ServedModel served) {
        return confirmed.getOrDefault(key(served), 0);
    }

    void confirmed(ServedModel served) {
        confirmed.merge(key(served), 1, (before, one) -> Math.min(before + one, 1_000_000));
    }

    void refuted(ServedModel served) {
        confirmed.remove(key(served));
    }

    private static Key key(ServedModel served) {
        return new Key(served.host(), served.announced().digest());
    }
}
