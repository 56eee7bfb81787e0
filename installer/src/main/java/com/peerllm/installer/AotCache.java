package com.peerllm.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What the window loads, read and linked ahead of time (JEP 483, 514): a training run of the packaged window on JavaFX's
 * headless toolkit, and the cache made of what it recorded. Both start the launcher itself, because a cache is good only for
 * the class path and the collector that it was made with.
 */
final class AotCache {
    /** In the log of the program when its rooms can be used. */
    private static final String USABLE = "The window can be used";

    static final String CACHE = "peerllm.aot";

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Build build;
    private final Path work;

    private AotCache(Build build, Path work) {
        this.build = build;
        this.work = work;
    }

    static void make(Build build) throws IOException {
        try {
            new AotCache(build, Folders.fresh(build.stage().resolve("training"))).train();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PackagingException("Interrupted while the training run for the AOT cache went on.", e);
        }
    }

    private void train() throws IOException, InterruptedException {
        Path recorded = work.resolve("recorded.aotconf");
        Path cache = build.app().resolve(CACHE);
        Path data = Files.createDirectories(work.resolve("data"));
        // As after the first run, which is behind most starts.
        Files.writeString(data.resolve("settings.json"), "{\"orchestrator\": \"ws://127.0.0.1:9\"}");
        Process window = start("-XX:AOTMode=record -XX:AOTConfiguration=" + recorded, data);
        try {
            awaitUsable(window, data.resolve("logs/host.log"));
        } finally {
            window.destroy();
        }
        await(window, "after its window was closed");
        await(
                start("-XX:AOTMode=create -XX:AOTConfiguration=" + recorded + " -XX:AOTCache=" + cache, data),
                "making the cache");
        if (!Files.exists(recorded) || !Files.exists(cache))
            throw new PackagingException("The training run left no AOT cache; " + output() + " says why.");
        Folders.date(cache, build.date());
        use();
    }

    /** Only now: a launcher that names a cache cannot record one. The last section of its file are Java's options. */
    private void use() throws IOException {
        for (Path config : Folders.files(build.app(), ".cfg")) {
            Files.writeString(config, "java-options=-XX:AOTCache=$APPDIR/" + CACHE + "\n", StandardOpenOption.APPEND);
            Folders.date(config, build.date());
        }
    }

    private Process start(String options, Path data) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(build.platform().window(build.image()).toString(), "--data", data.toString());
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Dglass.platform=Headless -Dprism.order=sw " + options);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
        return builder.start();
    }

    private Path output() {
        return work.resolve("output.txt");
    }

    private void awaitUsable(Process window, Path log) throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(log) || !Files.readString(log).contains(USABLE)) {
            if (!window.isAlive() || System.nanoTime() > until)
                throw new PackagingException(
                        "The packaged window did not open for the training run; " + output() + " says why.");
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private void await(Process process, String when) throws InterruptedException {
        if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) return;
        process.destroyForcibly();
        throw new PackagingException("The packaged program did not end " + when + "; see " + output() + ".");
    }
}
