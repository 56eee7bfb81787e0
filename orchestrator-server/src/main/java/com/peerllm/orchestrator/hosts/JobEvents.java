package com.peerllm.orchestrator.hosts;

import com.peerllm.shared.wire.EmbeddingFrame;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.TokenFrame;

/** What a host says about its jobs, as the hub passes it on. Called on the event loop. */
public interface JobEvents {
    void started(HostConnection host, FromHost.JobStarted message);

    void tokens(HostConnection host, TokenFrame frame);

    void vector(HostConnection host, EmbeddingFrame frame);

    void finished(HostConnection host, FromHost.JobFinished message);

    void failed(HostConnection host, FromHost.JobFailed message);

    void audited(HostConnection host, FromHost.AuditDone message);

    /** The host is in the registry. */
    void hostJoined(HostConnection host);

    /** The host's models, or its slots for them, changed. */
    void hostAnnounced(HostConnection host);

    /** The connection is gone; all its jobs are lost there. */
    void hostLost(HostConnection host);
}
