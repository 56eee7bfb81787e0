package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.audit.Claim;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.reputation.Success;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.DeliveryHash;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.EmbeddingFrame;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.TokenFrame;
import java.time.Duration;
import java.util.Optional;

/** One host's part of one job, counted by the orchestrator from the frames it relayed. Lives on the event loop. */
final class Segment {
    /** A stop string has at most 256 characters, of up to four bytes each. */
    private static final int MOST_HELD_BYTES = 4 * 256 + 4;

    /** Thinking, text and arguments may each have something held back. */
    private static final int MOST_HELD_PARTS = 3;

    private static final int TOKENS_TO_TELL_A_SPEED = 16;

    private final ServedModel served;
    private final long stream;
    private final DeliveryHash hash;
    private final int tokensAtMost;
    private final long sentNanos;
    private final TokenPrice price;
    private final Pace pace = new Pace();

    private int promptTokens;
    private int cachedTokens;
    private int tokens;
    private long firstTokenNanos;
    private long lastTokenNanos;
    private boolean heard;
    private boolean closed;
    private boolean released;
    private Optional<String> hostSignature = Optional.empty();
    private Optional<KeptPart> kept = Optional.empty();
    private int spokenTokens;
    private int takenBack;

    Segment(JobId job, ServedModel served, int tokensAtMost, long nowNanos) {
        this.served = served;
        this.stream = served.connection().nextStream();
        this.hash = new DeliveryHash(job, served.announced().digest());
        this.tokensAtMost = tokensAtMost;
        this.sentNanos = nowNanos;
        this.price = served.price();
        served.jobSent(tokensAtMost);
    }

    ServedModel served() {
        return served;
    }

    /** What was agreed when the job was sent, whatever the host asks since. */
    TokenPrice price() {
        return price;
    }

    long stream() {
        return stream;
    }

    void promptCounted(int prompt, int cached) {
        promptTokens = prompt;
        cachedTokens = cached;
    }

    /**
     * Whether text may come without token ids: once, at the end, what was held back of earlier tokens because it could
     * have become a stop string or half a character. More would be text that no token stands for.
     */
    boolean mayRelease(AnswerChunk chunk, int tokensDelivered) {
        int bytes = chunk.bytes().length;
        int around = chunk.parted() ? MOST_HELD_PARTS * AnswerChunk.PART_HEADER_BYTES : 0;
        return !released && tokensDelivered > 0 && bytes > 0 && bytes <= MOST_HELD_BYTES + around;
    }

    boolean hasReleased() {
        return released;
    }

    /** From its first frame on, another host is to check it. */
    void keep(KeptPart part) {
        if (kept.isEmpty()) kept = Optional.of(part);
    }

    /** For who checks it, when it is to be checked. */
    Optional<Claim> claim() {
        return kept.map(part -> part.claim(this));
    }

    /** Token path. */
    void delivered(TokenFrame frame, long nowNanos) {
        if (kept.isPresent()) kept.get().add(frame.chunk());
        hash.add(frame.tokens(), frame.chunk().bytes(), frame.chunk().parted());
        released |= frame.tokens().length == 0;
        heard(nowNanos);
        tokens += frame.tokens().length;
        served.tokensDelivered(frame.tokens().length);
    }

    /** What was delivered so far says something; tokens after it that say nothing may be taken back to here. */
    void spoke() {
        spokenTokens = tokens;
        hash.mark();
    }

    /**
     * Tokens since the last that said something were for nothing: they are not counted, and the answer goes on without them.
     *
     * @return how many they were
     */
    int takeBackSilence() {
        int silent = tokens - spokenTokens;
        tokens = spokenTokens;
        takenBack += silent;
        hash.backToMark();
        return silent;
    }

    void delivered(EmbeddingFrame frame, long nowNanos) {
        hash.addVector(frame.index(), frame.vector().littleEndian());
        heard(nowNanos);
    }

    private void heard(long nowNanos) {
        if (!heard) firstTokenNanos = nowNanos;
        heard = true;
        lastTokenNanos = nowNanos;
        pace.heard(nowNanos);
    }

    /** Releases the host's slot; safe to call twice. */
    void close() {
        if (closed) return;
        closed = true;
        served.jobEnded(Math.max(0, tokensAtMost - tokens - takenBack));
    }

    /** Whether the answer ended with this part. */
    boolean hasEnded() {
        return released || hostSignature.isPresent();
    }

    void finished(String signature) {
        hostSignature = Optional.of(signature);
    }

    /** How the host did, by our clock and our count. */
    Success measured() {
        long nanos = lastTokenNanos - firstTokenNanos;
        double perSecond = tokens >= TOKENS_TO_TELL_A_SPEED && nanos > 0 ? (tokens - 1) * 1e9 / nanos : 0;
        double firstTokenMillis = heard ? (firstTokenNanos - sentNanos) / 1e6 : 0;
        return new Success(promptTokens - cachedTokens, tokens, firstTokenMillis, perSecond);
    }

    int promptTokens() {
        return promptTokens;
    }

    int cachedTokens() {
        return cachedTokens;
    }

    int tokens() {
        return tokens;
    }

    boolean isFirstTokenDue() {
        return !heard;
    }

    /** Whether the host has been quiet for longer than it may. */
    boolean isLate(Patience patience, int promptTokens, long nowNanos) {
        long sinceNanos = heard ? lastTokenNanos : sentNanos;
        Duration most = heard
                ? pace.longestGap(patience.stall())
                : patience.firstToken().plusMillis(prefillMillis(promptTokens));
        return Duration.ofNanos(nowNanos - sinceNanos).compareTo(most) > 0;
    }

    Duration sinceSent(long nowNanos) {
        return Duration.ofNanos(nowNanos - sentNanos);
    }

    /** Three times the estimate. */
    private long prefillMillis(int promptTokens) {
        double perSecond = served.prefillTokensPerSecond();
        return perSecond > 0 ? (long) (3000 * promptTokens / perSecond) : 0;
    }

    /** Tells the host that nothing more is wanted. */
    void cancel(String reason) {
        served.connection().send(new FromOrchestrator.CancelJob(stream, reason));
    }

    String deliveryHash() {
        return hash.hex();
    }

    Optional<String> hostSignature() {
        return hostSignature;
    }
}
