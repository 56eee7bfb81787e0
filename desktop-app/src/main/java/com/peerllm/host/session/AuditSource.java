package com.peerllm.host.session;

import com.peerllm.host.engine.AuditFinding;
import com.peerllm.host.engine.AuditRequest;
import java.util.concurrent.CompletableFuture;

/** What reads other hosts' answers again: {@link com.peerllm.host.engine.Engine#audit}. */
@FunctionalInterface
public interface AuditSource {
    CompletableFuture<AuditFinding> audit(AuditRequest request);
}
