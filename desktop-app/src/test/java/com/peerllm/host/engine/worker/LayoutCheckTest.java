package com.peerllm.host.engine.worker;

import static com.peerllm.host.engine.worker.LlamaLayouts.CONTEXT_PARAMS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Libraries of another release are found out before they can do harm. */
class LayoutCheckTest {
    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void free() {
        arena.close();
    }

    @Test
    void theStructsHaveTheSizesOfThePinnedRelease() {
        assertThat(LlamaLayouts.MODEL_PARAMS.byteSize()).isEqualTo(80);
        assertThat(CONTEXT_PARAMS.byteSize()).isEqualTo(160);
        assertThat(LlamaLayouts.BATCH.byteSize()).isEqualTo(56);
        assertThat(LlamaLayouts.offset(CONTEXT_PARAMS, "n_threads")).isEqualTo(28);
        assertThat(LlamaLayouts.offset(CONTEXT_PARAMS, "n_threads_batch")).isEqualTo(32);
    }

    @Test
    void acceptsTheDefaultsOfThePinnedRelease() {
        assertThatCode(() -> LayoutCheck.checkContextParams(defaults())).doesNotThrowAnyException();
    }

    @Test
    void refusesAnotherDefault() {
        MemorySegment other = defaults();
        other.set(JAVA_INT, LlamaLayouts.offset(CONTEXT_PARAMS, "n_threads"), 8);

        assertMismatch(other, "n_threads");
    }

    @Test
    void refusesAStructWhoseFieldsMoved() {
        MemorySegment moved = Model.guarded(arena, CONTEXT_PARAMS.byteSize());
        MemorySegment.copy(defaults(), 0, moved, 4, CONTEXT_PARAMS.byteSize());

        assertMismatch(moved, "n_ctx");
    }

    @Test
    void refusesAStructThatGrewAtItsEnd() {
        MemorySegment longer = defaults();
        longer.set(JAVA_BYTE, CONTEXT_PARAMS.byteSize(), (byte) 0);

        assertMismatch(longer, "longer than 160 bytes");
    }

    @Test
    void refusesAStructThatShrank() {
        MemorySegment shorter = defaults();
        shorter.asSlice(152, 8).fill(LayoutCheck.GUARD);

        assertMismatch(shorter, "ctx_other");
    }

    private static void assertMismatch(MemorySegment params, String saying) {
        assertThatThrownBy(() -> LayoutCheck.checkContextParams(params))
                .isInstanceOfSatisfying(EngineException.class, e -> {
                    assertThat(e.failure().code()).isEqualTo(EngineErrorCode.LAYOUT_MISMATCH);
                    assertThat(e.failure().sentence()).contains(saying).contains("./peerllm");
                });
    }

    /** What llama_context_default_params writes in v0.5.0, from its source. */
    private MemorySegment defaults() {
        MemorySegment params = Model.guarded(arena, CONTEXT_PARAMS.byteSize());
        params.asSlice(0, CONTEXT_PARAMS.byteSize()).fill((byte) 0);
        Map<String, Integer> ints = Map.of(
                "n_ctx",
                512,
                "n_batch",
                2048,
                "n_ubatch",
                512,
                "n_seq_max",
                1,
                "n_outputs_max_per_seq",
                1,
                "n_threads",
                4,
                "n_threads_batch",
                4,
                "type_k",
                1,
                "type_v",
                1);
        ints.forEach((field, value) -> params.set(JAVA_INT, LlamaLayouts.offset(CONTEXT_PARAMS, field), value));
        for (String field : new String[] {"rope_scaling_type", "pooling_type", "attention_type", "flash_attn_type"})
            params.set(JAVA_INT, LlamaLayouts.offset(CONTEXT_PARAMS, field), -1);
        for (String field :
                new String[] {"yarn_ext_factor", "yarn_attn_factor", "yarn_beta_fast", "yarn_beta_slow", "defrag_thold"
                }) params.set(JAVA_FLOAT, LlamaLayouts.offset(CONTEXT_PARAMS, field), -1f);
        for (String field : new String[] {"offload_kqv", "no_perf", "op_offload", "swa_full"})
            params.set(JAVA_BYTE, LlamaLayouts.offset(CONTEXT_PARAMS, field), (byte) 1);
        return params;
    }
}
