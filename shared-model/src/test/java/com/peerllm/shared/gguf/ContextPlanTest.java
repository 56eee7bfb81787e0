package com.peerllm.shared.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ContextPlanTest {
    private static final long GIB = 1L << 30;

    @Test
    void givesTheWholeContextWhenMemoryIsPlenty() throws GgufException {
        GgufFacts facts = Published.named("Qwen2.5 7B").facts();
        assertThat(ContextPlan.fit(facts, RunShape.of(1 << 30, 1), 1024, 1024 * GIB))
                .isInstanceOfSatisfying(
                        ContextPlan.Fits.class,
                        fits -> assertThat(fits.shape().contextPerSlot()).isEqualTo(32_768));
    }

    @Test
    void neverGivesMoreThanWished() throws GgufException {
        GgufFacts facts = Published.named("Qwen2.5 7B").facts();
        assertThat(ContextPlan.fit(facts, RunShape.of(4000, 4), 1024, 1024 * GIB))
                .isInstanceOfSatisfying(
                        ContextPlan.Fits.class,
                        fits -> assertThat(fits.shape().contextPerSlot()).isEqualTo(4000));
    }

    @Test
    void refusesWithWhatIsNeededAndWhatThereIs() throws GgufException {
        GgufFacts facts = Published.named("Llama 3.1 8B").facts();
        RunShape wish = RunShape.of(8192, 4);
        MemoryEstimate.Known least = (MemoryEstimate.Known) MemoryEstimate.of(facts, wish.withContextPerSlot(1024));
        assertThat(ContextPlan.fit(facts, wish, 1024, least.totalBytes() - 1))
                .isEqualTo(new ContextPlan.TooBig(least.totalBytes(), least.totalBytes() - 1));
        assertThat(ContextPlan.fit(facts, wish, 1024, least.totalBytes()))
                .isEqualTo(new ContextPlan.Fits(wish.withContextPerSlot(1024), least));
    }

    @Test
    void aModelWithLessContextThanTheLeastGetsItsOwn() throws GgufException {
        GgufFacts facts = SyntheticGguf.tiny().facts();
        assertThat(ContextPlan.fit(facts, RunShape.of(8192, 1), 4096, GIB))
                .isInstanceOfSatisfying(
                        ContextPlan.Fits.class,
                        fits -> assertThat(fits.shape().contextPerSlot()).isEqualTo(512));
    }

    @Test
    void unknownIsNotTooBig() throws GgufException {
        GgufFacts facts = SyntheticGguf.model("mamba", 256, 2, 0, 0, 0, 0, 100, 1024)
                .tensor("token_embd.weight", TensorType.F16, 256, 100)
                .facts();
        assertThat(ContextPlan.fit(facts, RunShape.of(1024, 1), 256, 0)).isInstanceOf(ContextPlan.Unknown.class);
    }

    @Property(tries = 300)
    void theNextStepWouldNotFit(
            @ForAll @IntRange(max = 15) int model,
            @ForAll @IntRange(min = 1, max = 16) int slots,
            @ForAll @IntRange(min = 1, max = 40_000) int wished,
            @ForAll @IntRange(min = 1, max = 2048) int least,
            @ForAll boolean windowed,
            @ForAll @LongRange(max = 64L << 30) long available)
            throws GgufException {
        GgufFacts facts = Published.all().get(model).facts();
        RunShape wish = RunShape.of(wished, slots)
                .withCache(new RunShape.Cache(CacheType.F16, CacheType.F16, false, !windowed));
        int most = Math.min(wished, facts.shape().contextLength());
        switch (ContextPlan.fit(facts, wish, least, available)) {
            case ContextPlan.Fits(RunShape shape, MemoryEstimate.Known memory) -> {
                assertThat(memory.totalBytes()).isLessThanOrEqualTo(available);
                assertThat(shape.contextPerSlot()).isBetween(Math.min(least, most), most);
                if (shape.contextPerSlot() < most)
                    assertThat(needed(facts, next(shape, most))).isGreaterThan(available);
            }
            case ContextPlan.TooBig(long neededBytes, long _) ->
                assertThat(neededBytes)
                        .isGreaterThan(available)
                        .isEqualTo(needed(facts, wish.withContextPerSlot(Math.min(least, most))));
            case ContextPlan.Unknown(String why) -> throw new AssertionError(why);
        }
    }

    private static RunShape next(RunShape shape, int most) {
        int step = (shape.contextPerSlot() / RunShape.CONTEXT_STEP + 1) * RunShape.CONTEXT_STEP;
        return shape.withContextPerSlot(Math.min(step, most));
    }

    private static long needed(GgufFacts facts, RunShape shape) {
        return ((MemoryEstimate.Known) MemoryEstimate.of(facts, shape)).totalBytes();
    }
}
