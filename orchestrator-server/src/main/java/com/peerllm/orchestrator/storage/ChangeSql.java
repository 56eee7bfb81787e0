package com.peerllm.orchestrator.storage;

import org.jdbi.v3.core.Handle;

/** Carries a change out, in a transaction of its caller. */
final class ChangeSql {
    private ChangeSql() {}

    /** @return false when there was nothing to change */
    static boolean apply(Handle handle, Change change) {
        return switch (change) {
            case Change.Journalled(JournalBatch batch) -> new JournalInsertion(handle).insert(batch);
            case Change.KeyMade(ApiKeyStore.ApiKeyRow key) -> ApiKeyStore.insert(handle, key);
            case Change.KeyChanged changed -> ApiKeyStore.change(handle, changed);
            case Change.KeyRevoked revoked -> ApiKeyStore.revoke(handle, revoked);
            case Change.HostSeen(HostStore.HostRow host) -> HostStore.insert(handle, host);
            case Change.HostBlocked blocked -> HostStore.setBlocked(handle, blocked);
            case Change.ModelPut(ModelCatalogStore.ModelRow model) -> ModelCatalogStore.put(handle, model);
            case Change.EvidenceAdded added -> new EvidenceWriting(handle).add(added.additions());
            case Change.EvidenceFolded old -> new EvidenceWriting(handle).fold(old.host(), old.model(), old.through());
            case Change.EvidenceForgotten old -> new EvidenceWriting(handle).forget(old.lastHeardBeforeMillis());
            case Change.PayoutProposed proposed -> PayoutStore.insert(handle, proposed);
            case Change.PayoutMoved moved -> PayoutStore.move(handle, moved);
            case Change.VouchersMade made -> VoucherStore.insert(handle, made.vouchers());
            case Change.VoucherRevoked revoked -> VoucherStore.revoke(handle, revoked);
            case Change.CheckpointKept kept -> CheckpointStore.put(handle, kept);
        };
    }
}
