package com.peerllm.host.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Library files are found by pattern: their names carry the release and the variant. */
class NativeLibraryTest {

    @TempDir
    Path folder;

    @Test
    void findsEachLibraryOnEachOperatingSystem() throws IOException {
        assertFinds(
                List.of("libggml-base.so", "libggml.v0.5.0.so", "libllama.v0.5.0.so"),
                List.of("libggml-cpu-zen4.so", "libllama-common.so", "llama-addon.node"));
        assertFinds(
                List.of("libggml-base.dylib", "libggml.metal.v0.4.0.dylib", "libllama.metal.v0.4.0.dylib"),
                List.of("libggml-metal.so", "libllama-common.dylib"));
        assertFinds(
                List.of("ggml-base.dll", "ggml.v0.4.0.dll", "llama.v0.4.0.dll"),
                List.of("ggml-cpu-zen4.dll", "llama-common.dll", "llama-addon.lib"));
    }

    private void assertFinds(List<String> wanted, List<String> others) throws IOException {
        Path natives = Files.createTempDirectory(folder, "natives");
        for (String name : wanted) Files.createFile(natives.resolve(name));
        for (String name : others) Files.createFile(natives.resolve(name));

        assertThat(NativeLibrary.find(natives, "ggml-base")).contains(natives.resolve(wanted.get(0)));
        assertThat(NativeLibrary.find(natives, "ggml")).contains(natives.resolve(wanted.get(1)));
        assertThat(NativeLibrary.find(natives, "llama")).contains(natives.resolve(wanted.get(2)));
    }
}
