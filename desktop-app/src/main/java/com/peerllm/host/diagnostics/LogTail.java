package com.peerllm.host.diagnostics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the log by day, in bounded memory; a file that vanishes meanwhile is as if it had never been. */
public final class LogTail {
    static final String CURRENT = "host.log";
    private static final int NEAR_THE_END = 64 * 1024;
    private static final Pattern ROLLED = Pattern.compile("host\\.(\\d{4}-\\d\\d-\\d\\d)\\.(\\d{1,9})\\.log");

    private final Path folder;

    public LogTail(Path folder) {
        this.folder = folder;
    }

    /**
     * @param entries the oldest first
     * @param omitted how many older ones there are that match
     */
    public record Page(List<LogEntry> entries, long omitted) {}

    public Path folder() {
        return folder;
    }

    /** On which there is a log, the newest first; as the clock of this computer had it. */
    public NavigableSet<LocalDate> days() {
        NavigableSet<LocalDate> days = new TreeSet<>(Comparator.reverseOrder());
        for (Path file : files()) day(file).ifPresent(days::add);
        firstDay(folder.resolve(CURRENT)).ifPresent(days::add);
        lastDay(folder.resolve(CURRENT)).ifPresent(days::add);
        return days;
    }

    /** The newest entries of a day that match, as many as asked for. */
    public Page read(LocalDate day, LogFilter filter, int most) {
        Deque<LogEntry> found = new ArrayDeque<>();
        long[] omitted = new long[1];
        LogLines lines = new LogLines(entry -> {
            if (!entry.at().toLocalDate().equals(day) || !filter.takes(entry)) return;
            found.addLast(entry);
            if (found.size() > most) {
                found.removeFirst();
                omitted[0]++;
            }
        });
        for (Path file : files()) if (day(file).map(day::equals).orElse(true)) eachLine(file, lines::line);
        lines.end();
        return new Page(List.copyOf(found), omitted[0]);
    }

    /** The last lines of the newest files, in order; at most so many characters. */
    List<String> lastLines(int mostCharacters) {
        Deque<String> last = new ArrayDeque<>();
        long[] size = new long[1];
        for (Path file : files()) {
            eachLine(file, line -> {
                last.addLast(line);
                size[0] += line.length() + 1L;
                while (size[0] > mostCharacters && !last.isEmpty())
                    size[0] -= last.removeFirst().length() + 1L;
            });
        }
        return List.copyOf(last);
    }

    /** The oldest first, the one that is written now last. */
    private List<Path> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.endsWith(CURRENT) || day(file).isPresent())
                    .sorted(Comparator.comparing((Path file) -> file.endsWith(CURRENT))
                            .thenComparing(file -> day(file).orElse(LocalDate.MAX))
                            .thenComparing(LogTail::number))
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    private static Optional<LocalDate> day(Path file) {
        Matcher name = ROLLED.matcher(file.getFileName().toString());
        try {
            return name.matches() ? Optional.of(LocalDate.parse(name.group(1))) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Path file) {
        Matcher name = ROLLED.matcher(file.getFileName().toString());
        return name.matches() ? Integer.parseInt(name.group(2)) : 0;
    }

    private static Optional<LocalDate> firstDay(Path file) {
        LocalDate[] first = new LocalDate[1];
        LogLines lines = new LogLines(entry -> {
            if (first[0] == null) first[0] = entry.at().toLocalDate();
        });
        try (BufferedReader in = reader(file)) {
            for (int i = 0; i < 2; i++) Optional.ofNullable(in.readLine()).ifPresent(lines::line);
            lines.end();
        } catch (IOException none) {
            return Optional.empty();
        }
        return Optional.ofNullable(first[0]);
    }

    /** Of the last entry, which is near the end of the file. */
    private static Optional<LocalDate> lastDay(Path file) {
        LocalDate[] last = new LocalDate[1];
        LogLines lines = new LogLines(entry -> last[0] = entry.at().toLocalDate());
        try (SeekableByteChannel in = Files.newByteChannel(file)) {
            ByteBuffer end = ByteBuffer.allocate(NEAR_THE_END);
            in.position(Math.max(0, in.size() - NEAR_THE_END));
            int read = in.read(end);
            while (read >= 0 && end.hasRemaining()) read = in.read(end);
            new String(end.array(), 0, end.position(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(lines::line);
            lines.end();
        } catch (IOException none) {
            return Optional.empty();
        }
        return Optional.ofNullable(last[0]);
    }

    private static void eachLine(Path file, Consumer<String> lines) {
        try (BufferedReader in = reader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) lines.accept(line);
        } catch (IOException gone) {
            // Old files are deleted while somebody reads; what was read so far is what there is.
            org.slf4j.LoggerFactory.getLogger(LogTail.class).debug("A log file went while it was read", gone);
        }
    }

    /** What is no UTF-8 becomes a question mark and does not end the reading. */
    private static BufferedReader reader(Path file) throws IOException {
        return new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
    }
}
