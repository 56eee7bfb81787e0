package com.peerllm.shared.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryEstimateTest {
    private static final double MIB = 1 << 20;
    private static final RunShape.Cache F16 = RunShape.Cache.of(CacheType.F16, CacheType.F16);
    private static final RunShape.Cache UNIFIED = new RunShape.Cache(CacheType.F16, CacheType.F16, true, true);
    private static final RunShape.Cache WINDOWED = new RunShape.Cache(CacheType.F16, CacheType.F16, false, false);

    /** The run shapes that {@link Published#computeMiB} was measured in. */
    private static final List<RunShape> MEASURED = List.of(
            new RunShape(2048, 1, F16, 512, 512, true),
            new RunShape(4096, 4, F16, 512, 4, true),
            new RunShape(4096, 4, UNIFIED, 512, 4, true),
            new RunShape(4096, 4, F16, 512, 4, false),
            new RunShape(8192, 1, F16, 128, 1, true),
            new RunShape(2048, 4, F16, 2048, 4, true));

    static Stream<Published> published() {
        return Published.all().stream();
    }

    @ParameterizedTest
    @MethodSource("published")
    void aTokenOfContextCostsWhatThePublishedShapeSays(Published model) throws GgufException {
        assertThat(MemoryEstimate.cacheBytesPerToken(model.facts(), CacheType.F16, CacheType.F16))
                .hasValue(model.cacheBytesPerToken());
    }

    @ParameterizedTest
    @MethodSource("published")
    void theCacheOfAllSlotsIsTokensTimesBytes(Published model) throws GgufException {
        assertThat(known(model.facts(), RunShape.of(4096, 4)).cacheBytes())
                .isEqualTo(4 * 4096 * model.cacheBytesPerToken());
    }

    @ParameterizedTest
    @MethodSource("published")
    void theComputeBufferIsCloseToWhatLlamaCppReserves(Published model) throws GgufException {
        for (int i = 0; i < MEASURED.size(); i++) {
            RunShape shape = MEASURED.get(i);
            double readRows = Math.min(shape.tokensPerPass(), shape.outputsPerPass()) * 4.0 * model.vocabulary();
            double estimated = (known(model.facts(), shape).computeBytes() - readRows) / MIB;
            assertThat(estimated / model.computeMiB().get(i))
                    .as("estimate over measurement for %s as %s", model, shape)
                    .isBetween(0.97, 1.12);
        }
    }

    /** "KV buffer size" of 4 slots of 4,096 tokens with K and V as Q8_0, and with K as Q8_0 and V as Q4_0. */
    @ParameterizedTest
    @CsvSource({"Qwen2.5 7B,476,364", "Llama 3.1 8B,1088,832", "Phi-3 mini,3264,2496", "Gemma 3 1B,221,169"})
    void quantizedCachesCostWhatLlamaCppReserves(String name, double q8, double q8q4) throws GgufException {
        GgufFacts facts = Published.named(name).facts();
        RunShape shape = RunShape.of(4096, 4);
        assertThat(known(facts, shape.withCache(RunShape.Cache.of(CacheType.Q8_0, CacheType.Q8_0)))
                                .cacheBytes()
                        / MIB)
                .isEqualTo(q8);
        assertThat(known(facts, shape.withCache(RunShape.Cache.of(CacheType.Q8_0, CacheType.Q4_0)))
                                .cacheBytes()
                        / MIB)
                .isEqualTo(q8q4);
    }

    /** "KV buffer size" of both caches together, 4 slots of 4,096 tokens, micro batch 512, swa_full off. */
    @ParameterizedTest
    @CsvSource({"Gemma 3 4B,1016", "Gemma 3 1B,152", "Gemma 2 9B,5376", "Llama 3.1 8B,2048"})
    void layersWithAWindowKeepOnlyTheirWindow(String name, double mib) throws GgufException {
        GgufFacts facts = Published.named(name).facts();
        assertThat(known(facts, RunShape.of(4096, 4).withCache(WINDOWED)).cacheBytes() / MIB)
                .isEqualTo(mib);
    }

    @Test
    void theStarterModelNeedsWhatLlamaCppReservesForIt() throws GgufException {
        GgufFacts facts =
                GgufReader.read(Path.of(System.getProperty("peerllm.home"), "desktop-app/src/main/resources/models")
                        .resolve("sprout-1.4m-q8_0.gguf"));
        MemoryEstimate.Known memory = known(facts, new RunShape(768, 4, F16, 512, 4, true));
        assertThat(memory.weightBytes() / MIB).isCloseTo(1.44, within(0.005));
        assertThat(memory.cacheBytes() / MIB).isEqualTo(3.375);
        assertThat(memory.computeBytes() / MIB).isCloseTo(5.26 + 0.02, within(0.3));
        assertThat(memory.totalBytes()).isEqualTo(memory.weightBytes() + memory.cacheBytes() + memory.computeBytes());
    }

    /** The shape of random_gguf.py's 107 M parameter model, 8 slots of 1,024 tokens. */
    @Test
    void aModelOf107MillionParametersNeedsWhatLlamaCppReservesForIt() throws GgufException {
        GgufFacts facts = SyntheticGguf.model("llama", 576, 30, 9, 3, 64, 1536, 1024, 4096)
                .tensor("token_embd.weight", TensorType.Q8_0, 576, 1024)
                .facts();
        RunShape shape = new RunShape(1024, 8, F16, 512, 8, true);
        assertThat(known(facts, shape).cacheBytes() / MIB).isEqualTo(180);
        assertThat(known(facts, shape).computeBytes() / MIB).isCloseTo(14.51 + 0.03, within(0.1));
        RunShape quantized = shape.withCache(RunShape.Cache.of(CacheType.Q8_0, CacheType.Q8_0));
        assertThat(known(facts, quantized).cacheBytes() / MIB).isEqualTo(95.625);
    }

    @Test
    void contextIsCountedInStepsOf256() throws GgufException {
        GgufFacts facts = Published.named("Qwen2.5 7B").facts();
        assertThat(known(facts, RunShape.of(257, 1)).cacheBytes()).isEqualTo(512 * 57_344L);
    }

    @Test
    void layersCountWithTheirOwnHeads() throws GgufException {
        GgufFacts facts = SyntheticGguf.model("deci", 256, 3, 4, 2, 64, 512, 100, 1024)
                .i32s("deci.attention.head_count_kv", 2, 0, 4)
                .tensor("token_embd.weight", TensorType.F16, 256, 100)
                .facts();
        assertThat(MemoryEstimate.cacheBytesPerToken(facts, CacheType.F16, CacheType.F16))
                .hasValue((2 + 4) * 64 * 2 * 2);
    }

    @Test
    void withoutFlashAttentionValuesArePaddedToTheWidestLayer() throws GgufException {
        GgufFacts facts = SyntheticGguf.model("deci", 256, 3, 4, 2, 64, 512, 100, 1024)
                .i32s("deci.attention.head_count_kv", 2, 0, 4)
                .tensor("token_embd.weight", TensorType.F16, 256, 100)
                .facts();
        assertThat(known(facts, RunShape.of(256, 1).withoutFlashAttention()).cacheBytes())
                .isEqualTo(256L * ((2 + 4) * 64 * 2 + 3 * 4 * 64 * 2));
    }

    @Test
    void layersThatOnlyGuessAheadKeepNothing() throws GgufException {
        GgufFacts facts = SyntheticGguf.model("glm4moe", 256, 3, 4, 2, 64, 512, 100, 1024)
                .u32("glm4moe.nextn_predict_layers", 1)
                .tensor("token_embd.weight", TensorType.F16, 256, 100)
                .facts();
        assertThat(MemoryEstimate.cacheBytesPerToken(facts, CacheType.F16, CacheType.F16))
                .hasValue(2 * 2 * 64 * 2 * 2);
    }

    @Test
    void theHeaderMayListTheSlidingLayers() throws GgufException {
        SyntheticGguf gemma4 = SyntheticGguf.model("gemma4", 256, 4, 4, 2, 64, 512, 100, 8192)
                .u32("gemma4.attention.sliding_window", 256)
                .u32("gemma4.attention.key_length_swa", 32)
                .u32("gemma4.attention.value_length_swa", 32)
                .u32("gemma4.attention.shared_kv_layers", 1)
                .tensor("token_embd.weight", TensorType.F16, 256, 100);
        assertThat(MemoryEstimate.of(gemma4.facts(), RunShape.of(8192, 1))).isInstanceOf(MemoryEstimate.Unknown.class);
        gemma4.flags("gemma4.attention.sliding_window_pattern", true, false, true, true);
        long full = 8192L * 2 * 64 * 2 * 2;
        long sliding = (256 + 512) * 2L * 32 * 2 * 2;
        assertThat(known(gemma4.facts(), RunShape.of(8192, 1).withCache(WINDOWED))
                        .cacheBytes())
                .isEqualTo(full + 2 * sliding);
    }

    @Test
    void anEmbeddingModelKeepsNothingAndTakesAWholeTextAtOnce() throws GgufException {
        GgufFacts facts = SyntheticGguf.model("bert", 384, 6, 12, 12, 32, 1536, 30522, 2048)
                .tensor("token_embd.weight", TensorType.Q8_0, 384, 30522)
                .facts();
        assertThat(MemoryEstimate.cacheBytesPerToken(facts, CacheType.F16, CacheType.F16))
                .hasValue(0);
        MemoryEstimate.Known memory = known(facts, RunShape.of(2048, 1));
        assertThat(memory.cacheBytes()).isZero();
        // llama.cpp reserves 226.5 MiB for MiniLM of this shape with 2,048 tokens without flash attention; the estimate
        // also covers encoders
        // with a gated feed-forward part, which need more. It keeps room for the logits of every token beside that.
        double logits = 2048 * 30522 * 4 / MIB;
        assertThat(memory.computeBytes() / MIB - logits).isBetween(226.5, 280.0);
    }

    @Test
    void anEmbeddingModelWithACacheKeepsOnePassOfIt() throws GgufException {
        GgufFacts facts = SyntheticGguf.model("qwen3", 64, 2, 4, 2, 16, 128, 1000, 2048)
                .u32("qwen3.pooling_type", 3)
                .tensor("token_embd.weight", TensorType.F16, 64, 1000)
                .facts();
        long perToken = 2 * (2 * 16 + 2 * 16) * 2;
        assertThat(known(facts, RunShape.of(2048, 8)).cacheBytes()).isEqualTo(2048 * perToken);
        assertThat(known(facts, RunShape.of(256, 8)).cacheBytes()).isEqualTo(512 * perToken);
        long logits = 2L * 2048 * 1000 * 4;
        assertThat(known(facts, RunShape.of(2048, 8)).computeBytes()).isGreaterThan(logits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"deepseek2", "mamba", "rwkv7", "jamba", "qwen3next", "falcon-h1", "lfm2", "dream", "tomorrow"})
    void whatTheRulesDoNotCoverIsUnknown(String architecture) throws GgufException {
        GgufFacts facts = SyntheticGguf.model(architecture, 256, 2, 4, 2, 64, 512, 100, 1024)
                .tensor("token_embd.weight", TensorType.F16, 256, 100)
                .facts();
        assertThat(MemoryEstimate.of(facts, RunShape.of(512, 1))).isInstanceOf(MemoryEstimate.Unknown.class);
        assertThat(MemoryEstimate.cacheBytesPerToken(facts, CacheType.F16, CacheType.F16))
                .isEmpty();
    }

    @Test
    void latentAttentionIsUnknownInAnyArchitecture() throws GgufException {
        GgufFacts facts = Published.named("Llama 3.1 8B")
                .header()
                .u32("llama.attention.key_length_mla", 192)
                .facts();
        assertThat(MemoryEstimate.of(facts, RunShape.of(512, 1)))
                .isEqualTo(new MemoryEstimate.Unknown(
                        "The model compresses its keys and values (multi-head latent attention)"));
    }

    @Test
    void anUnknownTensorTypeMakesTheEstimateUnknown() throws GgufException {
        GgufFacts facts = SyntheticGguf.tiny().tensor("new.weight", 57, 64, 32).facts();
        assertThat(MemoryEstimate.of(facts, RunShape.of(512, 1)))
                .isInstanceOfSatisfying(
                        MemoryEstimate.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains("57"));
    }

    @Test
    void headsThatDoNotFillABlockRefuseAQuantizedCache() throws GgufException {
        GgufFacts facts = SyntheticGguf.model("llama", 80, 2, 4, 4, 20, 128, 100, 512)
                .tensor("token_embd.weight", TensorType.F16, 80, 100)
                .facts();
        RunShape shape = RunShape.of(512, 1);
        assertThat(MemoryEstimate.of(facts, shape)).isInstanceOf(MemoryEstimate.Known.class);
        assertThat(MemoryEstimate.of(facts, shape.withCache(RunShape.Cache.of(CacheType.Q8_0, CacheType.F16))))
                .isInstanceOf(MemoryEstimate.Unknown.class);
    }

    @Test
    void aModelOfAbsurdSizeIsTooBigInsteadOfSmall() throws GgufException {
        int[] heads = new int[512];
        Arrays.fill(heads, 65_536);
        GgufFacts facts = SyntheticGguf.model("llama", 1 << 24, 512, 1, 1, 65_536, 1 << 24, 1 << 24, Integer.MAX_VALUE)
                .i32s("llama.attention.head_count", heads)
                .i32s("llama.attention.head_count_kv", heads)
                .tensor("token_embd.weight", TensorType.F16, 32, 32)
                .facts();
        MemoryEstimate.Known memory = known(facts, new RunShape(1 << 30, 256, UNIFIED, 1 << 30, 1 << 30, false));
        assertThat(memory.totalBytes()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aQuantizedValueCacheNeedsFlashAttention() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new RunShape(512, 1, RunShape.Cache.of(CacheType.F16, CacheType.Q8_0), 512, 1, false));
    }

    private static MemoryEstimate.Known known(GgufFacts facts, RunShape shape) {
        return (MemoryEstimate.Known) MemoryEstimate.of(facts, shape);
    }
}
