package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.hosts.HostConnection;
import com.peerllm.shared.wire.EmbeddingFrame;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.TokenFrame;

/** What a host works on in one stream, and hears what the host says of it. Lives on the event loop. */
interface HostWork {

    void started(FromHost.JobStarted message);

    /** Token path. Tokens that were not asked for are of no interest. */
    default void tokens(TokenFrame frame) {}

    /** A vector that was not asked for is of no interest. */
    default void vector(EmbeddingFrame frame) {}

    void finished(FromHost.JobFinished message);

    void failed(FromHost.JobFailed message);

    /** Whether this host works on it now. */
    boolean isOn(HostConnection host);

    void hostLost();
}
