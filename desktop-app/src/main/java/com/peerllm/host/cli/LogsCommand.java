package com.peerllm.host.cli;

import com.peerllm.host.HostVersion;
import com.peerllm.host.Surroundings;
import com.peerllm.host.diagnostics.LogEntry;
import com.peerllm.host.diagnostics.LogFilter;
import com.peerllm.host.diagnostics.LogFollower;
import com.peerllm.host.diagnostics.LogTail;
import com.peerllm.host.diagnostics.NextStep;
import com.peerllm.host.diagnostics.SupportBundle;
import com.peerllm.host.kernel.ThreadAlarms;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.settings.SettingsStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code peerllm host logs}: the host's log, also of one that runs. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Read the host's log; make a support bundle.")
final class LogsCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofMillis(300);

    private final Surroundings around;
    private final StopRequest stop;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Option(
            names = "--day",
            paramLabel = "DATE",
            description = "Such as 2026-11-23. Without it: the latest with a log.")
    LocalDate day;

    @Option(
            names = "--level",
            defaultValue = "info",
            description = "Nothing less serious: debug, info, warn or error; ${DEFAULT-VALUE} unless told.")
    LogEntry.Level level;

    @Option(names = "--word", defaultValue = "", description = "Only what contains it, in any case.")
    String word;

    @Option(names = "--most", paramLabel = "N", defaultValue = "200", description = "The newest N; 200 unless told.")
    int most;

    @Option(names = "--follow", description = "Go on with what is written from now on, until Ctrl-C.")
    boolean follow;

    LogsCommand(Surroundings around, StopRequest stop) {
        this.around = around;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path folder = common.folders(around).logs();
        LogTail tail = new LogTail(folder);
        LogFilter filter = new LogFilter(level, word);
        LogFollower follower = new LogFollower(folder);
        Optional<LocalDate> wanted = Optional.ofNullable(day).or(() -> latest(tail));
        if (wanted.isEmpty() && !follow) {
            spec.commandLine().getErr().println("There is no log in " + folder + " yet.");
            return ExitCode.OK.number();
        }
        wanted.map(date -> tail.read(date, filter, Math.max(0, most))).ifPresent(this::print);
        if (follow) follow(follower, filter);
        return ExitCode.OK.number();
    }

    private static Optional<LocalDate> latest(LogTail tail) {
        Iterator<LocalDate> days = tail.days().iterator();
        return days.hasNext() ? Optional.of(days.next()) : Optional.empty();
    }

    private void print(LogTail.Page page) {
        if (page.omitted() > 0)
            spec.commandLine().getErr().println(page.omitted() + " older ones are not shown; --most N shows more.");
        page.entries().forEach(this::print);
    }

    private void follow(LogFollower follower, LogFilter filter) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        stop.onMade(end::countDown);
        try (ThreadAlarms alarms = new ThreadAlarms(around.threads())) {
            look(follower, filter, alarms);
            end.await();
        }
    }

    private void look(LogFollower follower, LogFilter filter, ThreadAlarms alarms) {
        follower.news().stream().filter(filter::takes).forEach(this::print);
        alarms.after(LOOK, () -> look(follower, filter, alarms));
    }

    private void print(LogEntry entry) {
        PrintWriter out = spec.commandLine().getOut();
        if (common.json) {
            Json.printLine(out, entry);
        } else {
            out.println(entry.line());
            NextStep.of(entry).ifPresent(step -> out.println("  -> " + step.sentence()));
        }
        out.flush();
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Write a zip for whoever helps: versions, settings, state, the last logs, without secrets.")
    int bundle(@Mixin CommonOptions where, @Parameters(paramLabel = "FILE") Path file) {
        AppFolders folders = where.folders(around);
        new SupportBundle(folders, around.properties(), around.environment())
                .write(
                        file,
                        new SupportBundle.Facts(
                                HostVersion.text(),
                                around.clock().instant(),
                                new SettingsStore(folders.settings(), around.clock())
                                        .current()
                                        .get(),
                                Optional.empty()));
        spec.commandLine().getOut().println("Wrote " + file + ". Look into it before you send it.");
        return ExitCode.OK.number();
    }
}
