package com.peerllm.host.catalog;

import com.peerllm.host.catalog.FitAdvice.Badge;
import com.peerllm.host.catalog.FitReason.Pace;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.gguf.ModelKind;
import com.peerllm.shared.model.ModelDigest;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Says for a model, stored or published, whether it runs on this computer and how fast. Pure.
 *
 * <p>Whether it runs is {@link Fit}'s answer, the same that plans and admits, so the badge cannot promise what a start refuses.
 *
 * @param machine as it is now; memory that running models hold is not free in it
 */
public record Advisor(HardwareProfile machine, MeasuredSpeeds speeds) {
    /**
     * Slower than this, an answer comes slower than people read: 238 words a minute (Brysbaert, "How many words do we read per
     * minute?", Journal of Memory and Language 109, 2019), at three quarters of a word a token (OpenAI's rule of thumb for English).
     */
    public static final double READING_TOKENS_PER_SECOND = 238 / 60.0 / 0.75;

    /**
     * Up to so many bytes a token, any computer of today is faster than people read: half of what one channel of DDR3-1333
     * gives (10.6 GB/s, JEDEC's PC3-10600), divided by the reading speed. It gives a badge, not a figure.
     */
    static final long SURELY_QUICK_BYTES = (long) (10.6e9 / 2 / READING_TOKENS_PER_SECOND);

    /** @param digest of the file; with it, its own measurement is found */
    public FitAdvice of(GgufFacts facts, Optional<ModelDigest> digest) {
        return advice(facts, digest, ActiveWeights.bytes(facts), false);
    }

    /** @param atMost whether the facts are an upper bound */
    private FitAdvice advice(GgufFacts facts, Optional<ModelDigest> digest, OptionalLong readBytes, boolean atMost) {
        return switch (Fit.of(facts, machine, Wish.NONE)) {
            case Fit.TooBig no -> without(Badge.TOO_BIG, no.reason());
            case Fit.Unknown unknown -> without(Badge.UNKNOWN, new FitReason.CannotTell(unknown.why()));
            case Fit.Runs runs -> running(facts, digest, runs, readBytes.orElse(0), atMost);
        };
    }

    /** Of a published model; while its size was not read, of what its parameters allow. */
    public FitAdvice of(CatalogModel model, CatalogVariant variant) {
        if (variant.sizeBytes().isPresent()) {
            return of(facts(model, variant, variant.sizeBytes().getAsLong()), variant.digest());
        }
        Optional<WeightRange> range = WeightRange.of(model.architecture(), variant.quantization());
        if (range.isEmpty()) return without(Badge.UNKNOWN, new FitReason.SizeUnread());
        FitAdvice atMost = advice(
                facts(model, variant, range.get().mostBytes()),
                variant.digest(),
                OptionalLong.of(range.get().mostReadBytes()),
                true);
        if (atMost.badge() != Badge.TOO_BIG) return atMost;
        FitAdvice atLeast = of(facts(model, variant, range.get().leastBytes()), variant.digest());
        return atLeast.badge() == Badge.TOO_BIG
                ? atLeast
                : without(
                        Badge.UNKNOWN,
                        new FitReason.MayJustFit(
                                range.get().leastBytes(), range.get().mostBytes()));
    }

    private FitAdvice running(
            GgufFacts facts, Optional<ModelDigest> digest, Fit.Runs runs, long readBytes, boolean atMost) {
        long memory = runs.memory().totalBytes();
        if (facts.kind() == ModelKind.EMBEDDING || facts.kind() == ModelKind.RANKING) {
            return without(Badge.GREAT, new FitReason.Vectors(memory, atMost));
        }
        OptionalDouble measured = digest.map(speeds::of).orElse(OptionalDouble.empty());
        OptionalDouble speed = measured.isPresent()
                ? measured
                : speeds.estimate(
                        readBytes,
                        MeasuredSpeeds.Place.of(runs.gpuLayers(), facts.shape().layers()));
        Pace pace = pace(measured, speed, readBytes);
        FitReason reason = new FitReason.Runs(memory, atMost, runs.shape().slots(), pace, speed);
        return new FitAdvice(badge(pace, speed), reason, speed, pace == Pace.MEASURED);
    }

    private static Pace pace(OptionalDouble measured, OptionalDouble speed, long readBytes) {
        if (measured.isPresent()) return Pace.MEASURED;
        if (speed.isPresent()) return Pace.ESTIMATED;
        return readBytes > 0 && readBytes <= SURELY_QUICK_BYTES ? Pace.SURELY_QUICK : Pace.NOT_KNOWN;
    }

    private static Badge badge(Pace pace, OptionalDouble speed) {
        return switch (pace) {
            case MEASURED, ESTIMATED -> isQuick(speed.getAsDouble()) ? Badge.GREAT : Badge.SLOW;
            case SURELY_QUICK -> Badge.GREAT;
            case NOT_KNOWN -> Badge.UNKNOWN;
        };
    }

    /** Whether an answer comes as quickly as people read. */
    public static boolean isQuick(double tokensPerSecond) {
        return tokensPerSecond >= READING_TOKENS_PER_SECOND;
    }

    private static FitAdvice without(Badge badge, FitReason reason) {
        return new FitAdvice(badge, reason, OptionalDouble.empty(), false);
    }

    private static GgufFacts facts(CatalogModel model, CatalogVariant variant, long bytes) {
        return CatalogFacts.of(model, variant.quantization(), bytes);
    }
}
