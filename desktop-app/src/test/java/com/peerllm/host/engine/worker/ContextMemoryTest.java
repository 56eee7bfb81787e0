package com.peerllm.host.engine.worker;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.peerllm.host.catalog.Fit;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.shared.gguf.GgufReader;
import com.peerllm.shared.gguf.MemoryEstimate;
import com.peerllm.shared.gguf.RunShape;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What llama.cpp says it reserves for the engine's context is what {@link Fit} counts with. */
class ContextMemoryTest {
    private static final Path STARTER =
            Path.of(System.getProperty("peerllm.home"), "desktop-app/src/main/resources/models/sprout-1.4m-q8_0.gguf");
    private static final int SLOTS = 4;
    private static final int CONTEXT = 768;
    private static final double MIB = 1 << 20;

    private final StringBuilder said = new StringBuilder();

    @Test
    void rowsOfLogitsCacheAndComputeBufferAreAsEstimated() throws Exception {
        NativeLibrary library = NativeLibrary.load(EngineNatives.locate(System.getProperties()), Arena.global());
        NativeLog log = NativeLog.install(library, Arena.global(), new PrintStream(PrintStream.nullOutputStream()));
        listen(library);
        new Devices(library).loadBackends(EngineNatives.locate(System.getProperties()));
        Model model = Model.load(library, log, STARTER, 0);
        InferenceContext.create(library, model, SLOTS, CONTEXT, 1, Fit.TOKENS_PER_STEP);

        RunShape shape = RunShape.of(CONTEXT, SLOTS).withBatch(Fit.TOKENS_PER_STEP, SLOTS);
        MemoryEstimate.Known estimate = (MemoryEstimate.Known) MemoryEstimate.of(GgufReader.read(STARTER), shape);
        assertThat(number("n_outputs_max += (\\d+)")).isEqualTo(SLOTS);
        assertThat(number("n_ubatch += (\\d+)")).isEqualTo(Fit.TOKENS_PER_STEP);
        assertThat(number("KV buffer size = +([\\d.]+) MiB")).isCloseTo(estimate.cacheBytes() / MIB, within(0.01));
        assertThat(number("compute buffer size = +([\\d.]+) MiB"))
                .isCloseTo(estimate.computeBytes() / MIB, within(0.5));
    }

    /** Hears everything that llama.cpp says, also what the worker's log leaves out. */
    private void listen(NativeLibrary library) throws Exception {
        MethodHandle set = library.procedure("llama_log_set", ADDRESS, ADDRESS);
        MethodHandle hear = MethodHandles.lookup()
                .findVirtual(
                        ContextMemoryTest.class,
                        "hear",
                        MethodType.methodType(void.class, int.class, MemorySegment.class, MemorySegment.class))
                .bindTo(this);
        MemorySegment callback =
                library.callback(hear, FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS), Arena.global());
        NativeCalls.call(() -> {
            set.invokeExact(callback, MemorySegment.NULL);
            return null;
        });
    }

    void hear(int level, MemorySegment text, MemorySegment userData) {
        said.append(NativeCalls.text(text));
    }

    private double number(String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(said);
        assertThat(found.find()).as("llama.cpp says %s in %s", pattern, said).isTrue();
        return Double.parseDouble(found.group(1));
    }
}
