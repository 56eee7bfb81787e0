package com.peerllm.shared.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.wire.AnswerChunk.Channel;
import com.peerllm.shared.wire.AnswerChunk.Part;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an answer says has one hash, however it travelled. */
class SaidHashTest {

    @Test
    void isTheSameHoweverTheAnswerWasCutIntoFrames() {
        String whole = hash(plain("Hello there"));
        assertThat(hash(plain("Hel"), AnswerChunk.NOTHING, plain("lo there"))).isEqualTo(whole);
        assertThat(hash(
                        AnswerChunk.of(List.of(part(Channel.REASONING, ""), part(Channel.CONTENT, "Hello"))),
                        AnswerChunk.of(List.of(part(Channel.CONTENT, " there"), part(Channel.LOGPROBS, "[]")))))
                .isEqualTo(whole);
        assertThat(hash(plain("Hello There"))).isNotEqualTo(whole);
    }

    @Test
    void tellsThinkingFromTextAndOneCallFromTwo() {
        assertThat(hash(parts(part(Channel.REASONING, "Hello")))).isNotEqualTo(hash(plain("Hello")));
        assertThat(hash(parts(part(Channel.TOOL_CALL, "ab"), part(Channel.TOOL_CALL, "c"))))
                .isNotEqualTo(hash(parts(part(Channel.TOOL_CALL, "a"), part(Channel.TOOL_CALL, "bc"))));
        assertThat(hash(parts(part(Channel.TOOL_CALL, "a"), part(Channel.TOOL_ARGUMENTS, "{}"))))
                .isEqualTo(hash(
                        parts(part(Channel.TOOL_CALL, "a"), part(Channel.TOOL_ARGUMENTS, "{")),
                        parts(part(Channel.TOOL_ARGUMENTS, "}"))));
    }

    /** For whoever writes a host in another language. */
    @Test
    void isTheHashOfTheTextWithMarksBetweenChannels() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {(byte) 0xff, 1, 'H', 'm', (byte) 0xff, 0, 'H', 'i', '!'});
        assertThat(hash(parts(part(Channel.REASONING, "Hm")), plain("Hi"), plain("!")))
                .isEqualTo(HexFormat.of().formatHex(Sha256.of(bytes.toByteArray())))
                .isEqualTo("82adae120df267872d22bc5495c3ac62950f4e2087b6616dfbcb3870fad7494a");
    }

    private static String hash(AnswerChunk... chunks) {
        SaidHash hash = new SaidHash();
        for (AnswerChunk chunk : chunks) hash.add(chunk);
        return hash.hex();
    }

    private static AnswerChunk plain(String text) {
        return AnswerChunk.plain(text.getBytes(StandardCharsets.UTF_8));
    }

    private static AnswerChunk parts(Part... parts) {
        return AnswerChunk.of(List.of(parts));
    }

    private static Part part(Channel channel, String text) {
        return new Part(channel, text.getBytes(StandardCharsets.UTF_8));
    }
}
