package com.peerllm.orchestrator.ledger;

import java.util.LinkedHashMap;
import java.util.Optional;

/** The last so many transfers that are over, so that a repetition is recognized without a look into the database. */
final class RecentTransfers {
    private final LinkedHashMap<TransferId, Transfer> byId = new LinkedHashMap<>();
    private final int limit;

    RecentTransfers(int limit) {
        this.limit = limit;
    }

    void add(Transfer transfer) {
        byId.put(transfer.id(), transfer);
        if (byId.size() > limit) byId.pollFirstEntry();
    }

    Optional<Transfer> find(TransferId id) {
        return Optional.ofNullable(byId.get(id));
    }
}
