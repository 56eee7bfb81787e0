package com.peerllm.desktop.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
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
    private static final Path TEXTS = Path.of("src/main/resources/desktop");
    private static final Pattern USE = Pattern.compile("\\.text\\(\\s*\"([\\w.]+)\"");
    private static final Pattern USE_OF_ANY_KEY = Pattern.compile("messages\\.text\\(");
    private static final String ENGLISH = "messages.properties";

    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, "messages_de.properties"})
    void hasExactlyTheTextsThatTheScreensUse(String file) throws IOException {
        assertThat(keys(file)).containsExactlyInAnyOrderElementsOf(usedKeys());
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, "messages_de.properties"})
    void hasEachTextOnce(String file) throws IOException {
        assertThat(keys(file)).doesNotHaveDuplicates();
    }

    @Test
    void writesEveryKeyOutWhereItIsUsed() throws IOException {
        String source = source();
        assertThat(USE_OF_ANY_KEY.matcher(source).results().count())
                .isEqualTo(USE.matcher(source).results().count());
    }

    @ParameterizedTest
    @ValueSource(strings = "messages_de.properties")
    void translationsTakeTheSameValues(String file) throws IOException {
        List<String> english = lines(ENGLISH);
        List<String> translated = lines(file);
        for (int i = 0; i < english.size(); i++) {
            assertThat(places(translated.get(i))).as(english.get(i)).isEqualTo(places(english.get(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, "messages_de.properties"})
    void everyTextIsAFormatWithoutAStraightApostrophe(String file) throws IOException {
        for (String line : lines(file)) {
            String text = line.substring(line.indexOf('=') + 1);
            assertThat(new MessageFormat(text, Locale.ROOT).format(new Object[] {2, 3}))
                    .isNotBlank();
            assertThat(text).doesNotContain("'");
        }
    }

    @Test
    void speaksGermanToGermansAndEnglishToWhomItHasNoTextsFor() {
        assertThat(new Messages(Locale.GERMANY).text("button.stop")).isEqualTo("Anhalten");
        assertThat(new Messages(Locale.JAPAN).text("button.stop")).isEqualTo("Stop");
    }

    @Test
    void countsInWords() {
        Messages messages = new Messages(Locale.ENGLISH);
        assertThat(messages.text("status.sharing", 0)).isEqualTo("Sharing: waiting for a prompt");
        assertThat(messages.text("status.sharing", 1)).isEqualTo("Sharing: 1 answer running");
        assertThat(messages.text("status.sharing", 1200)).isEqualTo("Sharing: 1,200 answers running");
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

    private static List<String> keys(String file) throws IOException {
        return lines(file).stream().map(line -> line.split("=")[0].strip()).toList();
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(TEXTS.resolve(file)).stream()
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
