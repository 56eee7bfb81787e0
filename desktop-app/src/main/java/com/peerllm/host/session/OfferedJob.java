package com.peerllm.host.session;

import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Generation;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.DeliveryStatement;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.JobFailure;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What every offer is to a host, whatever is asked: it is begun in the engine, what is delivered is written down, and the
 * orchestrator gets exactly one of finished and failed, unless the connection ends first; nothing follows it.
 */
final class OfferedJob {

    /** Who must know that a job ends; both are called once, in this order, on any thread. */
    interface Ending {
        /** Before the orchestrator hears it: its receipt or its next offer may come at once. */
        void ending(OfferedJob job);

        /** After the last message of the job is on its way. */
        void ended(OfferedJob job);
    }

    private final long stream;
    private final DeliveryTrace trace;
    private final PeerIdentity self;
    private final Outbox out;
    private final Ending ending;

    private int promptTokens;
    private boolean over;
    private Generation work;

    /** @param price what the offer pays for a million tokens, when it says so */
    OfferedJob(
            long stream,
            JobId job,
            ModelDigest model,
            Optional<TokenPrice> price,
            PeerIdentity self,
            Outbox out,
            Ending ending) {
        this.stream = stream;
        this.trace = new DeliveryTrace(job, model, price);
        this.self = self;
        this.out = out;
        this.ending = ending;
    }

    long stream() {
        return stream;
    }

    DeliveryTrace trace() {
        return trace;
    }

    /** Not synchronized around the engine's call: the engine's reader thread may already be telling this job things. */
    void begin(Supplier<Generation> engine) {
        Generation begun = engine.get();
        synchronized (this) {
            work = begun;
            if (!over) return;
        }
        begun.cancel();
    }

    synchronized boolean isOver() {
        return over;
    }

    synchronized void started(int prompt, int cached) {
        if (over) return;
        promptTokens = prompt;
        out.say(new FromHost.JobStarted(stream, prompt, cached));
    }

    /** Ends the job well, with a signature over what was delivered. */
    void finish(String reason) {
        DeliveryStatement statement =
                new DeliveryStatement(trace.job(), trace.model(), trace.tokens(), trace.hashHex());
        String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(self.sign(statement.message()));
        end(Optional.of(new FromHost.JobFinished(
                stream, reason, promptTokens, statement.completionTokens(), statement.deliveryHash(), signature)));
    }

    void failed(EngineFailure failure) {
        fail(JobFailures.of(failure.code()), failure.sentence());
    }

    /** Ends the job from this side, and the engine's work on it. */
    void fail(JobFailure code, String sentence) {
        if (end(Optional.of(new FromHost.JobFailed(stream, code, sentence)))) stopWork();
    }

    /** Ends the job without a word: there is nobody to hear it. */
    void abandon() {
        if (end(Optional.empty())) stopWork();
    }

    private boolean end(Optional<FromHost> last) {
        synchronized (this) {
            if (over) return false;
            over = true;
        }
        ending.ending(this);
        last.ifPresent(out::say);
        ending.ended(this);
        return true;
    }

    private void stopWork() {
        Generation begun;
        synchronized (this) {
            begun = work;
        }
        if (begun != null) begun.cancel();
    }
}
