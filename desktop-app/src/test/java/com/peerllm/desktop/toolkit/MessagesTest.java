package com.peerllm.desktop.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final Path SOURCES = Path.of("src/main/java/com/peerllm/desktop");
    private static final Path TEXTS = Path.of("src/main/resources/desktop/texts");
    private static final Pattern USE = Pattern.compile("\\.text\\(\\s*\"([\\w.]+)\"");
    private static final Pattern USE_OF_ANY_KEY = Pattern.compile("messages\\.text\\(");
    private static final String ENGLISH = "";
    private static final String GERMAN = "_de";

    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, GERMAN})
    void hasExactlyTheTextsThatTheScreensUse(String language) throws IOException {
        assertThat(keys(language)).containsExactlyInAnyOrderElementsOf(usedKeys());
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, GERMAN})
    void everyKeyBeginsWithItsRoom(String language) throws IOException {
        for (Room room : Room.values())
            assertThat(lines(room, language)).allMatch(line -> line.startsWith(room.fileName() + "."));
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, GERMAN})
    void hasEachTextOnce(String language) throws IOException {
        assertThat(keys(language)).doesNotHaveDuplicates();
    }

    @Test
    void writesEveryKeyOutWhereItIsUsed() throws IOException {
        String source = source();
        assertThat(USE_OF_ANY_KEY.matcher(source).results().count())
                .isEqualTo(USE.matcher(source).results().count());
    }

    @ParameterizedTest
    @ValueSource(strings = GERMAN)
    void translationsTakeTheSameValues(String language) throws IOException {
        List<String> english = lines(ENGLISH);
        List<String> translated = lines(language);
        for (int i = 0; i < english.size(); i++) {
            assertThat(places(translated.get(i))).as(english.get(i)).isEqualTo(places(english.get(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, GERMAN})
    void everyTextIsAFormatWithoutAStraightApostrophe(String language) throws IOException {
        for (String line : lines(language)) {
            String text = line.substring(line.indexOf('=') + 1);
            assertThat(new MessageFormat(text, Locale.ROOT).format(new Object[] {2, 3}))
                    .isNotBlank();
            assertThat(text).doesNotContain("'");
        }
    }

    @Test
    void speaksGermanToGermansAndEnglishToWhomItHasNoTextsFor() {
        assertThat(new Messages(Locale.GERMANY).text("home.button.stop")).isEqualTo("Anhalten");
        assertThat(new Messages(Locale.JAPAN).text("home.button.stop")).isEqualTo("Stop");
    }

    @Test
    void countsInWords() {
        Messages messages = new Messages(Locale.ENGLISH);
        assertThat(messages.text("home.status.sharing", 0)).isEqualTo("Sharing: waiting for a prompt");
        assertThat(messages.text("home.status.sharing", 1)).isEqualTo("Sharing: 1 answer running");
        assertThat(messages.text("home.status.sharing", 1200)).isEqualTo("Sharing: 1,200 answers running");
    }

    private static Set<String> usedKeys() throws IOException {
        return USE.matcher(source()).results().map(use -> use.group(1)).collect(Collectors.toSet());
    }

    private static String source() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private static List<String> keys(String language) throws IOException {
        return lines(language).stream().map(MessagesTest::key).toList();
    }

    private static String key(String line) {
        return line.split("=")[0].strip();
    }

    /** Of all rooms, in order of key. */
    private static List<String> lines(String language) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Room room : Room.values()) lines.addAll(lines(room, language));
        lines.sort(Comparator.comparing(MessagesTest::key));
        return lines;
    }

    private static List<String> lines(Room room, String language) throws IOException {
        return Files.readAllLines(TEXTS.resolve(room.fileName() + language + ".properties")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    private static Set<String> places(String text) {
        return Pattern.compile("\\{(\\d)")
                .matcher(text)
                .results()
                .map((MatchResult place) -> place.group(1))
                .collect(Collectors.toSet());
    }
}
