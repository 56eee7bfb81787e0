package com.peerllm.host.session;

import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import com.peerllm.host.engine.Generation;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.ledger.DeliveryStatement;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator.JobOffer;
import com.peerllm.shared.wire.JobFailure;
import com.peerllm.shared.wire.TokenFrame;
import java.util.Base64;
import java.util.Optional;

/**
 * One answer on its way from the engine to the orchestrator. Token path: {@link #tokens} runs once for each decode step and
 * must stay short.
 *
 * <p>The orchestrator gets exactly one of finished and failed for each offer, unless the connection ends first; nothing
 * follows it.
 */
final class RunningJob implements GenerationListener {

    /** Who must know that a job ends; both are called once, in this order, on any thread. */
    interface Ending {
        /** Before the orchestrator hears it: its receipt or its next offer may come at once. */
        void ending(RunningJob job);

        /** After the last message of the job is on its way. */
        void ended(RunningJob job);
    }

    private final JobOffer offer;
    private final PeerIdentity self;
    private final Outbox out;
    private final Ending ending;
    private final DeliveryTrace trace;

    private int position;
    private int promptTokens;
    private boolean over;
    private Generation generation;

    RunningJob(JobOffer offer, PeerIdentity self, Outbox out, Ending ending) {
        this.offer = offer;
        this.self = self;
        this.out = out;
        this.ending = ending;
        this.position = offer.delivered().size();
        this.trace = new DeliveryTrace(offer.job(), offer.model());
    }

    long stream() {
        return offer.stream();
    }

    DeliveryTrace trace() {
        return trace;
    }

    /** Not synchronized around the engine's call: the engine's reader thread may already be telling this job things. */
    void begin(AnswerSource answers, GenerationRequest request) {
        Generation begun = answers.generate(request, this);
        synchronized (this) {
            generation = begun;
            if (!over) return;
        }
        begun.cancel();
    }

    @Override
    public synchronized void started(int prompt, int cached) {
        if (over) return;
        promptTokens = prompt;
        out.say(new FromHost.JobStarted(offer.stream(), prompt, cached));
    }

    @Override
    public void tokens(int[] ids, AnswerChunk chunk) {
        synchronized (this) {
            if (over) return;
            if (out.deliver(new TokenFrame(offer.stream(), position, ids, chunk))) {
                position += ids.length;
                trace.add(ids, chunk);
                return;
            }
        }
        fail(JobFailure.INTERNAL, "The connection from this host is too slow for the answer.");
    }

    @Override
    public void finished(Finish finish) {
        if (finish.reason() == Finish.Reason.CANCELLED) {
            fail(JobFailure.HOST_PAUSED, "The host ended the answer.");
            return;
        }
        DeliveryStatement statement =
                new DeliveryStatement(offer.job(), offer.model(), trace.tokens(), trace.hashHex());
        String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(self.sign(statement.message()));
        end(Optional.of(new FromHost.JobFinished(
                offer.stream(),
                finish.reason().wireName(),
                promptTokens,
                statement.completionTokens(),
                statement.deliveryHash(),
                signature)));
    }

    @Override
    public void failed(EngineFailure failure) {
        fail(JobFailures.of(failure.code()), failure.sentence());
    }

    /** Ends the job from this side, and the engine's work on it. */
    void fail(JobFailure code, String sentence) {
        if (end(Optional.of(new FromHost.JobFailed(offer.stream(), code, sentence)))) stopGenerating();
    }

    /** Ends the job without a word: there is nobody to hear it. */
    void abandon() {
        if (end(Optional.empty())) stopGenerating();
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

    private void stopGenerating() {
        Generation begun;
        synchronized (this) {
            begun = generation;
        }
        if (begun != null) begun.cancel();
    }
}
