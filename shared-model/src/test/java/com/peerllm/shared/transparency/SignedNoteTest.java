package com.peerllm.shared.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed notes and their keys, with the examples that others published. */
class SignedNoteTest {
    /** C2SP signed-note, section Example. */
    private static final String SPECIFICATION_KEY =
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private static final String SPECIFICATION_NOTE = """
            This is an example message.

            — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
            """;

    /** The documentation of golang.org/x/mod/sumdb/note. */
    private static final String GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String GO_NOTE = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    /** A witness's published key, of type 4. */
    private static final String WITNESS_KEY =
            "witness.navigli.sunlight.geomys.org+a3e00fe2+BNy/co4C1Hn1p+INwJrfUlgz7W55dSZReusH/GhUhJ/G";

    @Test
    void theExamplesOfOthersVerify() throws Exception {
        assertVerifies(SPECIFICATION_KEY, SPECIFICATION_NOTE);
        assertVerifies(GO_KEY, GO_NOTE);
    }

    private static void assertVerifies(String vkey, String text) throws Exception {
        NoteKey key = NoteKey.parse(vkey);
        SignedNote note = SignedNote.parse(text.getBytes(UTF_8));
        assertThat(key).hasToString(vkey);
        assertThat(note.bytes()).isEqualTo(text.getBytes(UTF_8));
        NoteSignature signature = note.signatures().getFirst();
        assertThat(key.made(signature)).isTrue();
        assertThat(key.key().verifies(note.text().getBytes(UTF_8), signature.signature()))
                .isTrue();
        assertThat(key.key().verifies((" " + note.text()).getBytes(UTF_8), signature.signature()))
                .isFalse();
    }

    @Test
    void aWitnesssKeyIsReadWithItsType() throws Exception {
        NoteKey key = NoteKey.parse(WITNESS_KEY);
        assertThat(key.type()).isEqualTo(NoteKey.Type.COSIGNATURE);
        assertThat(key).hasToString(WITNESS_KEY);
        assertThat(key.id()).isEqualTo(0xa3e00fe2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com/foo",
                "example.com/foo+530d903a",
                "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/fo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com /foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k=",
                "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+",
                "example.com/foo+530d903a+AQ=="
            })
    void aKeyHasOneSpelling(String vkey) {
        assertThatThrownBy(() -> NoteKey.parse(vkey)).isInstanceOf(InvalidLogData.class);
    }

    @Test
    void theTextGoesToTheLastEmptyLine() throws Exception {
        String line = "— name AAAAAAE=\n";
        SignedNote note = SignedNote.parse(("one\n\ntwo\n\n" + line).getBytes(UTF_8));
        assertThat(note.text()).isEqualTo("one\n\ntwo\n");
        assertThat(SignedNote.parse(("text\n\n" + line.repeat(16)).getBytes(UTF_8))
                        .signatures())
                .hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "\n\n\n",
                "text\n",
                "text\n\n",
                "text\n\n\n",
                "text\n\n— name AAAAAAE=",
                "text\n\n— name AAAAAAE=\n\n",
                "text\n\n- name AAAAAAE=\n",
                "text\n\n—name AAAAAAE=\n",
                "text\n\n— name  AAAAAAE=\n",
                "text\n\n— name AAAAAAE= \n",
                "text\n\n— na me AAAAAAE=\n",
                "text\n\n— na+me AAAAAAE=\n",
                "text\n\n— na\u00a0me AAAAAAE=\n",
                "text\n\n—  AAAAAAE=\n",
                "text\n\n— name AAAAAA==\n",
                "text\n\n— name AAAAAAE\n",
                "text\n\n— name AAAAAAF=\n",
                "text\n\n— name AAAAAAE=\nmore\n",
                "text\r\n\n— name AAAAAAE=\n",
                "te\u0000xt\n\n— name AAAAAAE=\n",
                "text\t\n\n— name AAAAAAE=\n"
            })
    void whatIsNotQuiteANoteIsRefused(String text) {
        assertThatThrownBy(() -> SignedNote.parse(text.getBytes(UTF_8))).isInstanceOf(InvalidLogData.class);
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        byte[] note = "text\n\n— name AAAAAAE=\n".getBytes(UTF_8);
        note[1] = (byte) 0xC0;
        assertThatThrownBy(() -> SignedNote.parse(note)).hasMessage("The note is not UTF-8");
    }

    @Test
    void aNoteIsBounded() {
        byte[] many = ("text\n\n" + "— name AAAAAAE=\n".repeat(65)).getBytes(UTF_8);
        assertThatThrownBy(() -> SignedNote.parse(many)).hasMessage("A note has at most 64 signatures");
        byte[] long_ = ("t".repeat(SignedNote.MAX_BYTES) + "\n\n— name AAAAAAE=\n").getBytes(UTF_8);
        assertThatThrownBy(() -> SignedNote.parse(long_)).hasMessageStartingWith("A note has at most");
        NoteSignature signature = new NoteSignature("name", 0, new byte[] {1});
        assertThatThrownBy(() -> new SignedNote("text\n", Collections.nCopies(65, signature)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SignedNote("text", List.of(signature)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
