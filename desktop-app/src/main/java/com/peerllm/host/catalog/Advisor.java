package com.peerllm.host.catalog;

import com.peerllm.host.catalog.FitAdvice.Badge;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.kernel.ByteSize;
import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.gguf.ModelKind;
import com.peerllm.shared.model.ModelDigest;
import java.util.Locale;
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
        return advice(facts, digest, ActiveWeights.bytes(facts), "Takes ");
    }

    private FitAdvice advice(GgufFacts facts, Optional<ModelDigest> digest, OptionalLong readBytes, String takes) {
        return switch (Fit.of(facts, machine, Wish.NONE)) {
            case Fit.TooBig(String sentence) -> new FitAdvice(Badge.TOO_BIG, sentence, OptionalDouble.empty(), false);
            case Fit.Unknown unknown ->
                new FitAdvice(
                        Badge.UNKNOWN,
                        "It may run: " + uncapitalized(unknown.why()) + ".",
                        OptionalDouble.empty(),
                        false);
            case Fit.Runs runs -> running(facts, digest, runs, readBytes.orElse(0), takes);
        };
    }

    /** Of a published model; while its size was not read, of what its parameters allow. */
    public FitAdvice of(CatalogModel model, CatalogVariant variant) {
        if (variant.sizeBytes().isPresent()) {
            return of(facts(model, variant, variant.sizeBytes().getAsLong()), variant.digest());
        }
        Optional<WeightRange> range = WeightRange.of(model.architecture(), variant.quantization());
        if (range.isEmpty()) return unsized("The size of this file was not read yet.");
        FitAdvice atMost = advice(
                facts(model, variant, range.get().mostBytes()),
                variant.digest(),
                OptionalLong.of(range.get().mostReadBytes()),
                "Takes up to ");
        if (atMost.badge() != Badge.TOO_BIG) return atMost;
        FitAdvice atLeast = of(facts(model, variant, range.get().leastBytes()), variant.digest());
        return atLeast.badge() == Badge.TOO_BIG
                ? atLeast
                : unsized("It may just fit: its size was not read yet, and by its parameters it is between "
                        + ByteSize.inWords(range.get().leastBytes()) + " and "
                        + ByteSize.inWords(range.get().mostBytes()) + ".");
    }

    private FitAdvice running(
            GgufFacts facts, Optional<ModelDigest> digest, Fit.Runs runs, long readBytes, String takes) {
        String room = takes + ByteSize.inWords(runs.memory().totalBytes()) + " of memory";
        if (facts.kind() == ModelKind.EMBEDDING || facts.kind() == ModelKind.RANKING) {
            return new FitAdvice(Badge.GREAT, room + "; it makes vectors, not text.", OptionalDouble.empty(), false);
        }
        String where = room + " for " + atOnce(runs.shape().slots());
        OptionalDouble measured = digest.map(speeds::of).orElse(OptionalDouble.empty());
        if (measured.isPresent()) return timed(where + "; measured here: ", measured, true);
        OptionalDouble estimate = speeds.estimate(
                readBytes,
                MeasuredSpeeds.Place.of(runs.gpuLayers(), facts.shape().layers()));
        if (estimate.isPresent()) return timed(where + "; by what was measured here about ", estimate, false);
        if (readBytes > 0 && readBytes <= SURELY_QUICK_BYTES) {
            return new FitAdvice(
                    Badge.GREAT, where + "; small enough to be quick on any computer.", OptionalDouble.empty(), false);
        }
        return new FitAdvice(
                Badge.UNKNOWN,
                where + "; its speed here is known once a model was measured.",
                OptionalDouble.empty(),
                false);
    }

    private static String atOnce(int slots) {
        return slots == 1 ? "one answer at a time" : slots + " answers at once";
    }

    private static FitAdvice timed(String words, OptionalDouble tokensPerSecond, boolean measured) {
        double speed = tokensPerSecond.getAsDouble();
        boolean quick = speed >= READING_TOKENS_PER_SECOND;
        String rate = String.format(Locale.ROOT, speed < 10 ? "%.1f" : "%.0f", speed) + " tokens per second";
        return new FitAdvice(
                quick ? Badge.GREAT : Badge.SLOW,
                words + rate + (quick ? "." : ", slower than people read."),
                tokensPerSecond,
                measured);
    }

    private static FitAdvice unsized(String why) {
        return new FitAdvice(Badge.UNKNOWN, why, OptionalDouble.empty(), false);
    }

    private static GgufFacts facts(CatalogModel model, CatalogVariant variant, long bytes) {
        return CatalogFacts.of(model, variant.quantization(), bytes);
    }

    private static String uncapitalized(String sentence) {
        return sentence.isEmpty()
                ? sentence
                : sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }
}
