package com.peerllm.host.engine.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What of an answer's bytes can be shown, and when. */
class ContentTextTest {

    @Test
    void holdsBackOnlyWhatCanStillBecomeAStopString() {
        ContentText text = new ContentText(List.of("END"), false);

        assertThat(pass(text, "The ")).isEqualTo("The ");
        assertThat(pass(text, "E")).isEmpty();
        assertThat(pass(text, "N")).isEmpty();
        assertThat(pass(text, "EN")).isEqualTo("EN");
        assertThat(pass(text, "D and more")).isEmpty();
        assertThat(text.stopped()).isTrue();
        assertThat(text.rest()).isEmpty();
    }

    @Test
    void theStopStringThatIsCompleteFirstEndsIt() {
        ContentText text = new ContentText(List.of("two", "one"), false);

        assertThat(pass(text, "zero one two")).isEqualTo("zero ");
        assertThat(text.stopped()).isTrue();
    }

    @Test
    void givesInTheEndWhatItHeldBackForNothing() {
        ContentText text = new ContentText(List.of("END"), false);

        assertThat(pass(text, "The EN")).isEqualTo("The ");
        assertThat(new String(text.rest(), StandardCharsets.UTF_8)).isEqualTo("EN");
    }

    @Test
    void keepsACharacterTogetherWhoseBytesComeOneByOne() {
        ContentText text = new ContentText(List.of(), false);
        byte[] emoji = "😀".getBytes(StandardCharsets.UTF_8);

        for (int i = 0; i < 3; i++) assertThat(text.pass(new byte[] {emoji[i]})).isEmpty();
        assertThat(text.pass(new byte[] {emoji[3]})).isEqualTo(emoji);
    }

    @Test
    void replacesBytesThatAreNoCharacter() {
        ContentText text = new ContentText(List.of(), false);

        assertThat(new String(text.pass(new byte[] {'a', (byte) 0x80, 'b'}), StandardCharsets.UTF_8))
                .isEqualTo("a\uFFFDb");
        assertThat(text.pass(new byte[] {(byte) 0xF0, (byte) 0x9F})).isEmpty();
        assertThat(new String(text.rest(), StandardCharsets.UTF_8)).isEqualTo("\uFFFD");
    }

    @Test
    void findsAStopStringInsideOfCharactersThatAreCutApart() {
        ContentText text = new ContentText(List.of("é!"), false);
        byte[] bytes = "caf\u00e9! more".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        for (byte b : bytes) shown.writeBytes(text.pass(new byte[] {b}));

        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("caf");
    }

    @Property(tries = 300)
    void theCutsBetweenTokensChangeNothing(
            @ForAll("texts") String whole,
            @ForAll("stops") List<String> stops,
            @ForAll @Size(8) List<@IntRange(max = 60) Integer> cuts) {
        int stopAt = beginOfTheStopThatIsCompleteFirst(whole, stops);
        ContentText text = new ContentText(stops, false);
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        for (byte[] piece : pieces(whole.getBytes(StandardCharsets.UTF_8), cuts)) {
            byte[] now = text.pass(piece);
            assertThat(new String(now, StandardCharsets.UTF_8)).doesNotContain("\uFFFD");
            shown.writeBytes(now);
        }
        if (!text.stopped()) shown.writeBytes(text.rest());

        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo(whole.substring(0, stopAt));
    }

    private static int beginOfTheStopThatIsCompleteFirst(String whole, List<String> stops) {
        for (int end = 1; end <= whole.length(); end++) {
            String upTo = whole.substring(0, end);
            OptionalInt longest = stops.stream()
                    .filter(upTo::endsWith)
                    .mapToInt(String::length)
                    .max();
            if (longest.isPresent()) return end - longest.getAsInt();
        }
        return whole.length();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars('a', 'b', 'é', '漢').ofMaxLength(40);
    }

    @Provide
    Arbitrary<List<String>> stops() {
        return Arbitraries.strings()
                .withChars('a', 'b', 'é')
                .ofMinLength(1)
                .ofMaxLength(4)
                .list()
                .ofMaxSize(3);
    }

    private static List<byte[]> pieces(byte[] bytes, List<Integer> cuts) {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        for (int cut : cuts.stream().sorted().toList()) {
            int to = Math.min(cut, bytes.length);
            pieces.add(java.util.Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        pieces.add(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
        return pieces;
    }

    private static String pass(ContentText text, String piece) {
        return new String(text.pass(piece.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
