package com.peerllm.host.engine.worker;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.invoke.MethodHandle;

/** The functions that every sampler shares. */
final class SamplerCalls {
    final MethodHandle sample;
    final MethodHandle accept;
    final MethodHandle apply;
    final MethodHandle copy;
    final MethodHandle free;

    SamplerCalls(NativeLibrary library) {
        sample = library.function("llama_sampler_sample", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
        accept = library.procedure("llama_sampler_accept", ADDRESS, JAVA_INT);
        apply = library.procedure("llama_sampler_apply", ADDRESS, ADDRESS);
        copy = library.function("llama_sampler_clone", ADDRESS, ADDRESS);
        free = library.procedure("llama_sampler_free", ADDRESS);
    }
}
