package com.peerllm.shared.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TextTokensTest {
    @Test
    void aByteIsAtMostOneToken() {
        assertThat(TextTokens.atMost("")).isZero();
        assertThat(TextTokens.atMost("food")).isEqualTo(4);
        assertThat(TextTokens.atMost("é漢😀")).isEqualTo(2 + 3 + 4);
        assertThat(TextTokens.atLeast("seventeen letters")).isEqualTo(3);
    }

    @Test
    void aLigatureIsTheLettersThatATokenizerMayMakeOfIt() {
        // U+FDFA is a sentence of 18 letters and spaces, 33 bytes, in one character of 3 bytes.
        assertThat(TextTokens.atMost("\uFDFA".repeat(1000))).isEqualTo(33_000);
    }

    @Test
    void aLongTextOfLettersIsCountedAsInOnePiece() {
        for (String letters : List.of("Ȧ\u0323 pace ", "漢字かな", "ｶﾞ", "\u1112\u1161\u11ab", "ﬃ①½", "😀")) {
            String text = letters.repeat(500);
            assertThat(TextTokens.atMost(text)).as(letters).isBetween(most(text), most(text) + most(text) / 16);
        }
        String letters = "Ȧ\u0323 pace é".repeat(500);
        assertThat(TextTokens.atMost(letters)).isEqualTo(most(letters));
    }

    @Property(tries = 500)
    void noCompatibilityFormIsLongerThanWhatIsBelieved(@ForAll("joinedText") String text) {
        assertThat(TextTokens.atMost(text)).isGreaterThanOrEqualTo(most(text));
    }

    @Provide
    Arbitrary<String> joinedText() {
        return Arbitraries.of(
                        "a", "Ȧ", "ᾂ", "ｶ", "ﾞ", "\u0301", "\u0323", "\u0307", "\u0345", "ﷺ", "각", "\u11a8", "😀", "𑂙",
                        "𑂺")
                .list()
                .ofMaxSize(600)
                .map(parts -> String.join("", parts));
    }

    @Test
    void aMillionMarksOnOneLetterAreCountedInAMoment() {
        String marks = "a" + "\u0301".repeat(500_000) + "\u0323".repeat(500_000);

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(TextTokens.atMost(marks)).isGreaterThanOrEqualTo(2_000_001));
    }

    private static int most(String text) {
        return Math.max(bytes(text), bytes(Normalizer.normalize(text, Normalizer.Form.NFKC)));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
