package com.peerllm.orchestrator.storage;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.peerllm.orchestrator.storage.ApiKeyStore.ApiKeyRow;
import com.peerllm.orchestrator.storage.ApiKeyStore.KeyTermsRow;
import com.peerllm.orchestrator.storage.HostStore.HostRow;
import com.peerllm.orchestrator.storage.ModelCatalogStore.ModelRow;
import com.peerllm.orchestrator.storage.PayoutRows.BatchMove;
import com.peerllm.orchestrator.storage.PayoutRows.BatchRow;
import com.peerllm.orchestrator.storage.PayoutRows.LineMove;
import com.peerllm.orchestrator.storage.PayoutRows.LineRow;
import com.peerllm.orchestrator.storage.VoucherStore.VoucherRow;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import java.util.List;
import java.util.Optional;

/**
 * One thing that happens to the database, whole or not at all. The {@link ChangeLog} keeps them as JSON for ever, so
 * names and fields stay what they are; what is added later must be optional.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.Journalled.class, name = "journalled"),
    @JsonSubTypes.Type(value = Change.KeyMade.class, name = "key_made"),
    @JsonSubTypes.Type(value = Change.KeyChanged.class, name = "key_changed"),
    @JsonSubTypes.Type(value = Change.KeyRevoked.class, name = "key_revoked"),
    @JsonSubTypes.Type(value = Change.HostSeen.class, name = "host_seen"),
    @JsonSubTypes.Type(value = Change.HostBlocked.class, name = "host_blocked"),
    @JsonSubTypes.Type(value = Change.ModelPut.class, name = "model_put"),
    @JsonSubTypes.Type(value = Change.EvidenceAdded.class, name = "evidence_added"),
    @JsonSubTypes.Type(value = Change.EvidenceFolded.class, name = "evidence_folded"),
    @JsonSubTypes.Type(value = Change.EvidenceForgotten.class, name = "evidence_forgotten"),
    @JsonSubTypes.Type(value = Change.PayoutProposed.class, name = "payout_proposed"),
    @JsonSubTypes.Type(value = Change.PayoutMoved.class, name = "payout_moved"),
    @JsonSubTypes.Type(value = Change.VouchersMade.class, name = "vouchers_made"),
    @JsonSubTypes.Type(value = Change.VoucherRevoked.class, name = "voucher_revoked"),
    @JsonSubTypes.Type(value = Change.CheckpointKept.class, name = "checkpoint_kept")
})
sealed interface Change {

    record Journalled(JournalBatch batch) implements Change {}

    record KeyMade(ApiKeyRow key) implements Change {}

    record KeyChanged(String keyId, String label, KeyTermsRow terms) implements Change {}

    record KeyRevoked(String keyId, long atMillis) implements Change {}

    record HostSeen(HostRow host) implements Change {}

    /** @param reason empty when the host is let in again */
    record HostBlocked(HostId host, Optional<String> reason) implements Change {}

    record ModelPut(ModelRow model) implements Change {}

    record EvidenceAdded(List<EvidenceStore.Addition> additions) implements Change {}

    /** @param model empty for the host's presence */
    record EvidenceFolded(HostId host, Optional<ModelDigest> model, long through) implements Change {}

    record EvidenceForgotten(long lastHeardBeforeMillis) implements Change {}

    record PayoutProposed(BatchRow batch, List<LineRow> lines) implements Change {}

    /** Each must be in the state that it leaves; otherwise nothing happens to any. */
    record PayoutMoved(long batch, Optional<BatchMove> move, List<LineMove> lines) implements Change {}

    record VouchersMade(List<VoucherRow> vouchers) implements Change {}

    record VoucherRevoked(String id, long atMillis) implements Change {}
    /** @param note a signed checkpoint of the transparency log */
    record CheckpointKept(long size, String note) implements Change {}
}
