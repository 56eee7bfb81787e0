package com.peerllm.host.engine.worker;

import static com.peerllm.host.engine.worker.LlamaLayouts.LOGIT_BIAS;
import static com.peerllm.host.engine.worker.LlamaLayouts.SAMPLER_CHAIN_PARAMS;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import com.peerllm.host.engine.Sampling;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Builds llama.cpp's chain of samplers for one answer, in the order of its own server: bias, penalties, top-k, top-p, min-p,
 * temperature, choice.
 */
final class SamplerFactory {
    private static final long KEEP_AT_LEAST_ONE = 1;

    /** llama.cpp takes this seed as "choose one"; a request that asks for it gets its neighbour. */
    private static final int RANDOM_SEED = -1;

    /** Any number that makes another seed: the two choices of a token must not draw the same numbers. */
    private static final int SECOND_CHOICE = 0x5DEECE66;

    private final SamplerCalls calls;
    private final MethodHandle chainInit;
    private final MethodHandle chainAdd;
    private final MethodHandle greedy;
    private final MethodHandle distribution;
    private final MethodHandle topK;
    private final MethodHandle topP;
    private final MethodHandle minP;
    private final MethodHandle temperature;
    private final MethodHandle penalties;
    private final MethodHandle logitBias;
    private final Vocabulary vocabulary;
    private final Candidates candidates;
    private final SilentTokens silent;
    private final LongSupplier nanoClock;
    private final int penaltyWindow;

    /** @param penaltyWindow how many tokens of an answer the penalties look back on */
    SamplerFactory(
            NativeLibrary library,
            Vocabulary vocabulary,
            Candidates candidates,
            LongSupplier nanoClock,
            int penaltyWindow) {
        this.vocabulary = vocabulary;
        this.candidates = candidates;
        this.nanoClock = nanoClock;
        this.penaltyWindow = penaltyWindow;
        silent = SilentTokens.of(vocabulary);
        calls = new SamplerCalls(library);
        chainInit = library.function("llama_sampler_chain_init", ADDRESS, SAMPLER_CHAIN_PARAMS);
        chainAdd = library.procedure("llama_sampler_chain_add", ADDRESS, ADDRESS);
        greedy = library.function("llama_sampler_init_greedy", ADDRESS);
        distribution = library.function("llama_sampler_init_dist", ADDRESS, JAVA_INT);
        topK = library.function("llama_sampler_init_top_k", ADDRESS, JAVA_INT);
        topP = library.function("llama_sampler_init_top_p", ADDRESS, JAVA_FLOAT, JAVA_LONG);
        minP = library.function("llama_sampler_init_min_p", ADDRESS, JAVA_FLOAT, JAVA_LONG);
        temperature = library.function("llama_sampler_init_temp", ADDRESS, JAVA_FLOAT);
        penalties = library.function(
                "llama_sampler_init_penalties", ADDRESS, JAVA_INT, JAVA_INT, JAVA_FLOAT, JAVA_FLOAT, JAVA_FLOAT);
        logitBias = library.function("llama_sampler_init_logit_bias", ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    }

    /** A sampler for one answer; the caller closes it. */
    Sampler create(Sampling sampling) {
        MemorySegment chain = newChain();
        List<MemorySegment> shaping = new ArrayList<>();
        addBias(chain, shaping, sampling.logitBias());
        addPenalties(chain, shaping, sampling);
        boolean drawing = sampling.temperature() > 0;
        if (drawing) addChances(chain, shaping, sampling);
        MemorySegment first = drawing ? distribution(seed(sampling, 0)) : greedy();
        MemorySegment second = drawing ? distribution(seed(sampling, SECOND_CHOICE)) : first;
        add(chain, first);
        return new Sampler(
                calls,
                candidates,
                grammar -> new Constraint(calls, candidates, grammar, silent, vocabulary, new Effort(nanoClock)),
                new Sampler.Samplers(chain, List.copyOf(shaping), first, second, drawing));
    }

    private void addChances(MemorySegment chain, List<MemorySegment> shaping, Sampling s) {
        if (s.topK() > 0) shape(chain, shaping, () -> (MemorySegment) topK.invokeExact(s.topK()));
        if (s.topP() < 1)
            shape(chain, shaping, () -> (MemorySegment) topP.invokeExact((float) s.topP(), KEEP_AT_LEAST_ONE));
        if (s.minP() > 0)
            shape(chain, shaping, () -> (MemorySegment) minP.invokeExact((float) s.minP(), KEEP_AT_LEAST_ONE));
        shape(chain, shaping, () -> (MemorySegment) temperature.invokeExact((float) s.temperature()));
    }

    private MemorySegment greedy() {
        return NativeCalls.call(() -> (MemorySegment) greedy.invokeExact());
    }

    private MemorySegment distribution(int seed) {
        return NativeCalls.call(() -> (MemorySegment) distribution.invokeExact(seed));
    }

    private MemorySegment newChain() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment params = arena.allocate(SAMPLER_CHAIN_PARAMS);
            params.set(JAVA_BYTE, 0, (byte) 1);
            return NativeCalls.call(() -> (MemorySegment) chainInit.invokeExact(params));
        }
    }

    private void addBias(MemorySegment chain, List<MemorySegment> shaping, Map<Integer, Double> biases) {
        if (biases.isEmpty()) return;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment entries = arena.allocate(LOGIT_BIAS, biases.size());
            long at = 0;
            for (Map.Entry<Integer, Double> bias : biases.entrySet()) {
                float value = bias.getValue() <= -100
                        ? Float.NEGATIVE_INFINITY
                        : bias.getValue().floatValue();
                entries.set(JAVA_INT, at, bias.getKey());
                entries.set(JAVA_FLOAT, at + 4, value);
                at += LOGIT_BIAS.byteSize();
            }
            shape(chain, shaping, () ->
                    (MemorySegment) logitBias.invokeExact(vocabulary.size(), biases.size(), entries));
        }
    }

    private void addPenalties(MemorySegment chain, List<MemorySegment> shaping, Sampling s) {
        if (s.frequencyPenalty() == 0 && s.presencePenalty() == 0 && s.repeatPenalty() == 1) return;
        shape(chain, shaping, () -> (MemorySegment) penalties.invokeExact(
                vocabulary.size(), penaltyWindow, (float) s.repeatPenalty(), (float) s.frequencyPenalty(), (float)
                        s.presencePenalty()));
    }

    private void shape(MemorySegment chain, List<MemorySegment> shaping, NativeCalls.Call<MemorySegment> make) {
        MemorySegment sampler = NativeCalls.call(make);
        add(chain, sampler);
        shaping.add(sampler);
    }

    private void add(MemorySegment chain, MemorySegment sampler) {
        NativeCalls.call(() -> {
            chainAdd.invokeExact(chain, sampler);
            return null;
        });
    }

    private static int seed(Sampling sampling, int choice) {
        return sampling.seed().isPresent() ? fold(sampling.seed().getAsLong(), choice) : RANDOM_SEED;
    }

    /** llama.cpp's seeds have 32 bits. */
    private static int fold(long seed, int choice) {
        int folded = Long.hashCode(seed) ^ choice;
        return folded == RANDOM_SEED ? RANDOM_SEED - 1 : folded;
    }
}
