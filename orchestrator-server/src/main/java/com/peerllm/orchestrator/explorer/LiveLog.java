package com.peerllm.orchestrator.explorer;

import com.peerllm.orchestrator.transparency.LogProofs;
import com.peerllm.orchestrator.transparency.LogPublisher;
import com.peerllm.orchestrator.transparency.Published;
import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.TlogProof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The log of a running orchestrator, and proofs out of its files. */
public final class LiveLog implements PublishedLog {
    private final LogPublisher publisher;
    private final LogProofs proofs;

    public LiveLog(LogPublisher publisher) {
        this.publisher = publisher;
        this.proofs = new LogProofs(publisher.tiles());
    }

    @Override
    public Optional<SignedNote> checkpoint() {
        return publisher.published().map(Published::note);
    }

    @Override
    public Optional<TlogProof> prove(long leaf) {
        Optional<Published> now = publisher.published().filter(log -> leaf < log.size());
        if (now.isEmpty()) return Optional.empty();
        try {
            return Optional.of(proofs.of(now.get(), leaf));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
