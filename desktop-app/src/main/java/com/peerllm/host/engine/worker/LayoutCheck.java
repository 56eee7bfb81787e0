package com.peerllm.host.engine.worker;

import static com.peerllm.host.engine.worker.LlamaLayouts.CONTEXT_PARAMS;
import static com.peerllm.host.engine.worker.LlamaLayouts.MODEL_PARAMS;
import static java.util.Map.entry;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses to run on libraries whose structs are laid out differently from {@link LlamaLayouts}.
 *
 * <p>The library's own defaults are the witness: every field must hold the default that llama.cpp v0.4.0 and v0.5.0 give it, and
 * the struct must end where we think it ends. The space behind the struct is filled with a guard byte first; a longer struct
 * overwrites it, a shorter one leaves it standing inside.
 */
final class LayoutCheck {
    static final byte GUARD = (byte) 0xA5;

    /** Bytes behind the struct that the library may overwrite if its struct is longer than ours. */
    static final int GUARD_BYTES = 128;

    /** Fields that are not listed are 0. */
    private static final Map<String, Number> MODEL_DEFAULTS = Map.ofEntries(
            entry("n_gpu_layers", -1),
            entry("split_mode", 1),
            entry("load_mode", -1),
            entry("lazy_mode", 1),
            entry("use_extra_bufts", 1));

    private static final Map<String, Number> CONTEXT_DEFAULTS = Map.ofEntries(
            entry("n_ctx", 512),
            entry("n_batch", 2048),
            entry("n_ubatch", 512),
            entry("n_seq_max", 1),
            entry("n_outputs_max_per_seq", 1),
            entry("n_threads", 4),
            entry("n_threads_batch", 4),
            entry("rope_scaling_type", -1),
            entry("pooling_type", -1),
            entry("attention_type", -1),
            entry("flash_attn_type", -1),
            entry("yarn_ext_factor", -1f),
            entry("yarn_attn_factor", -1f),
            entry("yarn_beta_fast", -1f),
            entry("yarn_beta_slow", -1f),
            entry("defrag_thold", -1f),
            entry("type_k", 1),
            entry("type_v", 1),
            entry("offload_kqv", 1),
            entry("no_perf", 1),
            entry("op_offload", 1),
            entry("swa_full", 1));

    private LayoutCheck() {}

    /** Checks what the library wrote into guarded space as its default model parameters. */
    static void checkModelParams(MemorySegment guarded) {
        check("llama_model_params", MODEL_PARAMS, MODEL_DEFAULTS, guarded);
    }

    /** Checks what the library wrote into guarded space as its default context parameters. */
    static void checkContextParams(MemorySegment guarded) {
        check("llama_context_params", CONTEXT_PARAMS, CONTEXT_DEFAULTS, guarded);
    }

    private static void check(String name, StructLayout struct, Map<String, Number> defaults, MemorySegment guarded) {
        long offset = 0;
        for (MemoryLayout field : struct.memberLayouts()) {
            Optional<String> fieldName = field.name();
            if (fieldName.isPresent()) {
                double expected = defaults.getOrDefault(fieldName.get(), 0).doubleValue();
                double found = read(guarded, offset, field);
                if (found != expected)
                    throw mismatch(name + "." + fieldName.get() + " is " + found + " instead of " + expected);
            }
            offset += field.byteSize();
        }
        for (long i = struct.byteSize(); i < struct.byteSize() + GUARD_BYTES; i++)
            if (guarded.get(ValueLayout.JAVA_BYTE, i) != GUARD)
                throw mismatch(name + " is longer than " + struct.byteSize() + " bytes");
    }

    private static double read(MemorySegment segment, long offset, MemoryLayout field) {
        return switch (field) {
            case ValueLayout.OfInt i -> segment.get(i.withoutName(), offset);
            case ValueLayout.OfFloat f -> segment.get(f.withoutName(), offset);
            case ValueLayout.OfLong l -> segment.get(l.withoutName(), offset);
            case ValueLayout.OfByte b -> segment.get(b.withoutName(), offset);
            case AddressLayout a -> segment.get(a.withoutName(), offset).address();
            default -> throw new IllegalStateException("A field of an unexpected kind: " + field);
        };
    }

    private static EngineException mismatch(String what) {
        return new EngineException(
                EngineErrorCode.LAYOUT_MISMATCH,
                "The engine's libraries are of a release that this program does not know (" + what
                        + "). Run ./peerllm to fetch the right one.");
    }
}
