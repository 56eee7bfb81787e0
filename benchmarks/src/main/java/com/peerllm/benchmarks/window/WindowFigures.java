package com.peerllm.benchmarks.window;

import com.peerllm.benchmarks.load.LinuxProcess;
import com.peerllm.endtoend.process.Child;
import com.peerllm.endtoend.process.Installation;
import com.peerllm.endtoend.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the window costs: from the start of the program until it can be used, the processor and the memory while nothing is
 * done, and how evenly it draws while a model answers. The last runs in this process, so give it the options of the window.
 *
 * <p>Arguments: how many starts (default 5), seconds of idling (60), seconds of drawing (20).
 */
public final class WindowFigures {
    private static final Pattern USABLE = Pattern.compile("can be used (\\d+) ms after the start");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SETTLING = Duration.ofSeconds(20);

    private WindowFigures() {}

    public static void main(String[] arguments) throws Exception {
        int starts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int idleSeconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
        int drawSeconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        Path folder = Files.createTempDirectory("peerllm-window-");
        try {
            starts(folder, starts, idleSeconds);
            new FrameTimes(folder.resolve("frames"), Duration.ofSeconds(drawSeconds)).measure();
        } finally {
            delete(folder);
        }
        System.exit(0);
    }

    private static void starts(Path folder, int starts, int idleSeconds) throws Exception {
        Path data = folder.resolve("data");
        Files.createDirectories(data);
        // As after the first run, which is behind most starts.
        Files.writeString(data.resolve("settings.json"), "{\"orchestrator\": \"ws://127.0.0.1:9\"}");
        List<Long> millis = new ArrayList<>();
        for (int i = 1; i <= starts; i++) {
            Child window = start(folder, data);
            Matcher usable = awaitUsable(data.resolve("logs/host.log"), i);
            millis.add(Long.parseLong(usable.group(1)));
            if (i == starts) idle(window, idleSeconds);
            window.askToStop();
            window.awaitExit(PATIENCE);
        }
        millis.sort(Comparator.naturalOrder());
        System.out.printf(
                Locale.ROOT,
                "start to usable window: median %d ms (%d to %d) of %d starts%n",
                millis.get(starts / 2),
                millis.getFirst(),
                millis.getLast(),
                starts);
    }

    private static Child start(Path folder, Path data) {
        List<String> command =
                new ArrayList<>(Installation.current().command(Program.DESKTOP, List.of("--data", data.toString())));
        command.removeIf(word -> word.startsWith("-Xmx") || word.startsWith("-XX:TieredStopAtLevel"));
        command.addAll(1, windowOptions());
        return Child.start("window", command, folder, Map.of(), folder.resolve("window.log"));
    }

    private static List<String> windowOptions() {
        String given = System.getenv().getOrDefault("PEERLLM_WINDOW_OPTIONS", "");
        List<String> options = new ArrayList<>(List.of("-Dglass.platform=Headless", "-Dprism.order=sw"));
        if (!given.isBlank()) options.addAll(List.of(given.split(" ")));
        return options;
    }

    /** The log keeps the lines of earlier starts. */
    private static Matcher awaitUsable(Path log, int starts) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            String text = Files.exists(log) ? Files.readString(log) : "";
            Matcher found = USABLE.matcher(text);
            int seen = 0;
            while (found.find()) if (++seen == starts) return found;
            Thread.sleep(50);
        }
        throw new IllegalStateException("The window did not open; see window.log");
    }

    private static void idle(Child window, int seconds) throws InterruptedException {
        Thread.sleep(SETTLING);
        LinuxProcess process = new LinuxProcess(window.handle().pid());
        long cpuBefore = process.cpuNanos();
        long begun = System.nanoTime();
        Thread.sleep(Duration.ofSeconds(seconds));
        double share = 100.0 * (process.cpuNanos() - cpuBefore) / (System.nanoTime() - begun);
        System.out.printf(
                Locale.ROOT,
                "idle for %d s: %.2f %% of one core, %.0f MB resident%n",
                seconds,
                share,
                process.residentBytes() / 1e6);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(each);
        }
    }
}
