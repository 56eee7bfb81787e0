package com.peerllm.orchestrator.jobs;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.ledger.Receipt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Receipts of hosts that were not connected when they were paid, until they are back. Kept in memory and bounded: the
 * oldest host's go first, and all of them stay in the ledger. Lives on the event loop.
 */
final class UndeliveredReceipts {
    static final int HOSTS = 10_000;
    static final int RECEIPTS_PER_HOST = 100;

    private final Map<HostId, List<Receipt>> byHost = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<HostId, List<Receipt>> eldest) {
            return size() > HOSTS;
        }
    };

    void keep(Receipt receipt) {
        List<Receipt> kept = byHost.computeIfAbsent(receipt.host(), host -> new ArrayList<>());
        if (kept.size() < RECEIPTS_PER_HOST) kept.add(receipt);
    }

    List<Receipt> takeFor(HostId host) {
        List<Receipt> kept = byHost.remove(host);
        return kept == null ? List.of() : kept;
    }
}
