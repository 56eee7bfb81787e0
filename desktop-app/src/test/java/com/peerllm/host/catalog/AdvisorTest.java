package com.peerllm.host.catalog;

import static com.peerllm.host.catalog.SomeCatalog.GIB;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.catalog.FitAdvice.Badge;
import com.peerllm.host.catalog.MeasuredSpeeds.Place;
import com.peerllm.host.catalog.MeasuredSpeeds.Run;
import com.peerllm.host.hardware.ComputeDevice;
import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.model.ModelDigest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdvisorTest {
    private static final long TWO_GB = 2_000_000_000L;
    private static final ModelDigest MEASURED = SomeCatalog.digest("a");
    private static final ModelDigest OTHER = SomeCatalog.digest("b");
    private static final HardwareProfile ROOMY = SomeCatalog.machine(32 * GIB, 28 * GIB);

    private final CatalogModel model =
            SomeCatalog.model("some", 3_212_749_824L, SomeCatalog.read("some.gguf", TWO_GB, "b"));
    private final CatalogVariant variant = model.variants().getFirst();
    private final GgufFacts facts = CatalogFacts.of(model, "Q4_K_M", TWO_GB);

    @ParameterizedTest(name = "measured at {0} tokens/s is {1}")
    @CsvSource({"40, GREAT", "5.3, GREAT", "5.2, SLOW", "0.4, SLOW"})
    void itsOwnMeasurementComesFirst(double tokensPerSecond, Badge badge) {
        MeasuredSpeeds speeds = new MeasuredSpeeds(List.of(
                new Run(OTHER, TWO_GB, Place.MAIN_MEMORY, 1000),
                new Run(MEASURED, TWO_GB, Place.GPU, tokensPerSecond)));

        FitAdvice advice = new Advisor(ROOMY, speeds).of(facts, Optional.of(MEASURED));

        assertThat(advice.badge()).isEqualTo(badge);
        assertThat(advice.measured()).isTrue();
        assertThat(advice.tokensPerSecond()).hasValue(tokensPerSecond);
        assertThat(advice.why()).contains("answers at once; measured here: ");
    }

    @ParameterizedTest(name = "{0} bytes at {1} tokens/s: {2}, about {3}")
    @CsvSource({
        "1000000000, 30, GREAT, 15",
        "4000000000, 20, GREAT, 40",
        "500000000, 8, SLOW, 2",
        // Too small to tell anything of others.
        "1500000, 2000, UNKNOWN, ",
    })
    void anotherModelsMeasurementGivesAnEstimate(long bytes, double tokensPerSecond, Badge badge, Double about) {
        MeasuredSpeeds speeds =
                new MeasuredSpeeds(List.of(new Run(MEASURED, bytes, Place.MAIN_MEMORY, tokensPerSecond)));

        FitAdvice advice = new Advisor(ROOMY, speeds).of(model, variant);

        assertThat(advice.badge()).isEqualTo(badge);
        assertThat(advice.measured()).isFalse();
        if (about == null) assertThat(advice.tokensPerSecond()).isEmpty();
        else assertThat(advice.tokensPerSecond().orElseThrow()).isCloseTo(about, Offset.offset(0.01));
    }

    @Test
    void theMeasuredModelNearestInSizeTells() {
        MeasuredSpeeds speeds = new MeasuredSpeeds(List.of(
                new Run(MEASURED, 100_000_000, Place.MAIN_MEMORY, 100),
                new Run(OTHER, 1_800_000_000, Place.MAIN_MEMORY, 20)));

        assertThat(speeds.estimate(TWO_GB, Place.MAIN_MEMORY).orElseThrow()).isCloseTo(18, Offset.offset(0.01));
    }

    @Test
    void whatWasMeasuredInMainMemoryTellsNothingOfAGpu() {
        MeasuredSpeeds speeds = new MeasuredSpeeds(List.of(new Run(MEASURED, TWO_GB, Place.MAIN_MEMORY, 10)));

        assertThat(speeds.estimate(TWO_GB, Place.GPU)).isEmpty();
        assertThat(speeds.estimate(TWO_GB, Place.BOTH)).isEmpty();
        HardwareProfile withGpu =
                SomeCatalog.machine(32 * GIB, 28 * GIB, new ComputeDevice("GPU", true, 24 * GIB, 23 * GIB));
        assertThat(new Advisor(withGpu, speeds).of(model, variant).tokensPerSecond())
                .isEmpty();
        assertThat(new Advisor(ROOMY, speeds).of(model, variant).tokensPerSecond())
                .hasValue(10);
    }

    @Test
    void withNothingMeasuredThereIsNoFigureAndOnlyASmallModelIsSurelyQuick() {
        Advisor advisor = new Advisor(ROOMY, MeasuredSpeeds.NONE);
        CatalogModel small =
                SomeCatalog.model("small", 3_212_749_824L, SomeCatalog.read("small.gguf", 900_000_000, "c"));

        assertThat(advisor.of(model, variant).badge()).isEqualTo(Badge.UNKNOWN);
        assertThat(advisor.of(model, variant).tokensPerSecond()).isEmpty();
        assertThat(advisor.of(small, small.variants().getFirst()).badge()).isEqualTo(Badge.GREAT);
        assertThat(advisor.of(small, small.variants().getFirst()).tokensPerSecond())
                .isEmpty();
    }

    @Test
    void theBadgeIsTheAnswerOfTheLaunchPlan() {
        for (long free = 1; free < 8; free++) {
            HardwareProfile machine = SomeCatalog.machine(16 * GIB, free * GIB);
            boolean runs = Fit.of(facts, machine, Wish.NONE) instanceof Fit.Runs;

            assertThat(new Advisor(machine, MeasuredSpeeds.NONE)
                                    .of(model, variant)
                                    .badge()
                            != Badge.TOO_BIG)
                    .as("with %d GiB free", free)
                    .isEqualTo(runs);
        }
        assertThat(new Advisor(SomeCatalog.machine(16 * GIB, GIB), MeasuredSpeeds.NONE)
                        .of(model, variant)
                        .why())
                .startsWith("Not enough memory: needs ");
    }

    @Test
    void ofAFileWhoseSizeWasNotReadItSaysOnlyWhatIsCertain() {
        CatalogModel unread = SomeCatalog.model("some", 3_212_749_824L, SomeCatalog.unread("some.gguf"));
        CatalogVariant file = unread.variants().getFirst();
        WeightRange range = WeightRange.of(unread.architecture(), "Q4_K_M").orElseThrow();

        // The publisher's file of this model and quantization has 2.02 GB.
        assertThat(2_020_000_000L).isBetween(range.leastBytes(), range.mostBytes());
        assertThat(advice(12, unread, file).badge()).isEqualTo(Badge.UNKNOWN);
        assertThat(advice(12, unread, file).why()).startsWith("Takes up to ");
        assertThat(advice(2, unread, file).badge()).isEqualTo(Badge.TOO_BIG);
        assertThat(advice(3, unread, file).why())
                .contains("its size was not read yet")
                .contains("1.8 GB");
    }

    @Test
    void anUnknownArchitectureOrQuantizationIsNotANo() {
        CatalogVariant odd = new CatalogVariant("odd.gguf", "Q9_X", OptionalLong.empty(), Optional.empty());
        CatalogModel strange = new CatalogModel(
                "strange",
                "Strange",
                "None",
                "Nobody",
                "For a test.",
                "MIT",
                "https://example.org",
                "nobody/strange",
                new CatalogArchitecture("unheard-of", 1000, 1000, 1, 64, 64, 1, 1, 64, 512, 100, 0, "chat"),
                List.of(odd, SomeCatalog.read("strange.gguf", 1000, "d")));
        Advisor advisor = new Advisor(ROOMY, MeasuredSpeeds.NONE);

        assertThat(advisor.of(strange, odd).badge()).isEqualTo(Badge.UNKNOWN);
        assertThat(advisor.of(strange, strange.variants().getLast()))
                .isEqualTo(new FitAdvice(
                        Badge.UNKNOWN,
                        new FitReason.CannotTell("The model is of a kind that this version of PeerLLM does not know"),
                        OptionalDouble.empty(),
                        false));
    }

    private static FitAdvice advice(long freeGib, CatalogModel model, CatalogVariant variant) {
        return new Advisor(SomeCatalog.machine(16 * GIB, freeGib * GIB), MeasuredSpeeds.NONE).of(model, variant);
    }
}
