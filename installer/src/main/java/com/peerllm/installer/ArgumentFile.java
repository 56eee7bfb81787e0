package com.peerllm.installer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Options of jlink and jpackage as data: one option a line with its value after the first space, {@code #} for comments. */
record ArgumentFile(List<Line> lines) {
    private static final Pattern PLACEHOLDER = Pattern.compile("@([A-Za-z]+)@");

    /** An option, and its value, empty when it takes none. */
    record Line(String option, String value) {}

    /** Also for lists of plain words. A file that does not exist has no lines: not every system needs its own. */
    static ArgumentFile read(Path file) {
        if (!Files.exists(file)) return new ArgumentFile(List.of());
        try (Stream<String> lines = Files.lines(file)) {
            return new ArgumentFile(lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(ArgumentFile::line)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("The options in " + file + " cannot be read", e);
        }
    }

    private static Line line(String text) {
        int space = text.indexOf(' ');
        return space < 0
                ? new Line(text, "")
                : new Line(text.substring(0, space), text.substring(space + 1).strip());
    }

    ArgumentFile and(ArgumentFile more) {
        return new ArgumentFile(
                Stream.concat(lines.stream(), more.lines.stream()).toList());
    }

    List<String> options() {
        return lines.stream().map(Line::option).toList();
    }

    /** The words for the tool, with the placeholders filled in. */
    List<String> words(Map<String, String> values) {
        List<String> words = new ArrayList<>();
        for (Line line : lines) {
            words.add(line.option());
            if (!line.value().isEmpty()) words.add(filled(line.value(), values));
        }
        return List.copyOf(words);
    }

    private static String filled(String text, Map<String, String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) throw new PackagingException("Nothing is known to fill in for " + found.group() + ".");
            return Matcher.quoteReplacement(value);
        });
    }
}
