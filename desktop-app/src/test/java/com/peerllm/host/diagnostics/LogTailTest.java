package com.peerllm.host.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import com.peerllm.host.diagnostics.LogEntry.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-22");

    @TempDir
    Path folder;

    private void write(String file, String... lines) throws IOException {
        Files.writeString(
                folder.resolve(file),
                String.join("\n", lines) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static String line(String time, String level, String text) {
        return "2026-11-" + time + "+01:00 " + level + " c.p.host.Some - " + text;
    }

    private List<String> texts(LogFilter filter, int most) {
        return new LogTail(folder)
                .read(DAY, filter, most).entries().stream().map(LogEntry::text).toList();
    }

    @Test
    void readsADayOverItsFilesInOrder() throws IOException {
        write("host.2026-11-22.1.log", line("22T10:00:00.000", "INFO ", "second"));
        write("host.2026-11-22.0.log", line("22T09:00:00.000", "INFO ", "first"));
        write("host.2026-11-21.0.log", line("21T09:00:00.000", "INFO ", "the day before"));
        write("host.log", line("22T11:00:00.000", "INFO ", "third"), line("23T00:00:00.000", "INFO ", "next day"));
        write("else.txt", "not a log");
        assertThat(texts(LogFilter.ALL, 10)).containsExactly("first", "second", "third");
        assertThat(new LogTail(folder).days()).containsExactly(DAY.plusDays(1), DAY, DAY.minusDays(1));
    }

    @Test
    void aStackTraceBelongsToItsEntry() throws IOException {
        write(
                "host.log",
                line("22T10:00:00.000", "ERROR", "[AB12-CD34-EF56] It failed"),
                "java.io.IOException: No space left on device",
                "\tat com.peerllm.host.Some.run(Some.java:1)",
                line("22T10:00:01.000", "INFO ", "next"));
        LogEntry entry =
                new LogTail(folder).read(DAY, LogFilter.ALL, 10).entries().getFirst();
        assertThat(entry.code()).hasValue("AB12-CD34-EF56");
        assertThat(entry.text()).isEqualTo("It failed");
        assertThat(entry.more().lines()).hasSize(2);
        assertThat(NextStep.of(entry)).hasValue(NextStep.FREE_DISK);
    }

    @Test
    void filtersByLevelAndWordAndIsBounded() throws IOException {
        for (int i = 0; i < 50; i++) {
            write("host.log", line("22T10:00:00.000", i % 10 == 0 ? "WARN " : "INFO ", "Number " + i));
        }
        assertThat(texts(new LogFilter(Level.WARN, ""), 100)).hasSize(5);
        assertThat(texts(new LogFilter(Level.DEBUG, " nUmBeR 49 "), 100)).containsExactly("Number 49");
        assertThat(texts(LogFilter.ALL, 3)).containsExactly("Number 47", "Number 48", "Number 49");
        assertThat(new LogTail(folder).read(DAY, LogFilter.ALL, 3).omitted()).isEqualTo(47);
    }

    @Test
    void followsOverANewFileAndHalfLines() throws IOException {
        write("host.log", line("22T10:00:00.000", "INFO ", "before"));
        LogFollower follower = new LogFollower(folder);
        assertThat(follower.news()).isEmpty();
        write("host.log", line("22T10:00:01.000", "INFO ", "one"));
        assertThat(follower.news()).extracting(LogEntry::text).containsExactly("one");
        Files.writeString(
                folder.resolve("host.log"), line("22T10:00:02.000", "INFO ", "tw"), StandardOpenOption.APPEND);
        assertThat(follower.news()).isEmpty();
        Files.writeString(folder.resolve("host.log"), "o\n", StandardOpenOption.APPEND);
        assertThat(follower.news()).extracting(LogEntry::text).containsExactly("two");
        Files.move(folder.resolve("host.log"), folder.resolve("host.2026-11-22.0.log"));
        write("host.log", line("23T10:00:03.000", "INFO ", "three"));
        assertThat(follower.news()).extracting(LogEntry::text).containsExactly("three");
    }

    @Test
    void aMissingFolderAndGarbageAreNoTrouble() throws IOException {
        assertThat(new LogTail(folder.resolve("none")).days()).isEmpty();
        Files.write(folder.resolve("host.log"), new byte[] {(byte) 0xff, 0, 10, 50, 48, (byte) 0xc3, 10});
        assertThat(texts(LogFilter.ALL, 10)).isEmpty();
        write("host.log", "2026-13-45T99:00:00.000+01:00 INFO  a - no such day");
        assertThat(texts(LogFilter.ALL, 10)).isEmpty();
    }

    @Test
    void whatTheProgramLogsIsReadBackWithItsCode() throws IOException {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new ch.qos.logback.classic.util.LogbackMDCAdapter());
        HostLog.file(context, folder);
        IllegalStateException failure = new IllegalStateException("bad");
        context.getLogger("com.peerllm.host.Some").error("It failed", failure);
        context.getLogger("com.peerllm.host.Some").info("Fine");
        context.stop();
        LogTail tail = new LogTail(folder);
        List<LogEntry> entries =
                tail.read(tail.days().first(), LogFilter.ALL, 10).entries();
        assertThat(entries).extracting(LogEntry::text).containsExactly("It failed", "Fine");
        assertThat(entries.getFirst().code()).hasValue(ErrorCode.of(failure).toString());
        assertThat(entries.getFirst().more()).contains("IllegalStateException: bad");
        assertThat(entries.get(1).code()).isEmpty();
    }
}
