package com.peerllm.shared.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.shared.wire.AnswerChunk.Channel;
import com.peerllm.shared.wire.AnswerChunk.Part;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The parts of an answer come out as they went in, and nothing else is read as parts. */
class AnswerChunkTest {

    @Property(tries = 300)
    void partsComeOutAsTheyWentIn(@ForAll List<Channel> channels, @ForAll String text) {
        List<Part> parts = channels.stream().map(channel -> part(channel, text)).toList();

        AnswerChunk chunk = AnswerChunk.of(parts);

        assertThat(chunk.isEmpty() ? List.of() : chunk.parts())
                .isEqualTo(parts.size() == 1 && chunk.isEmpty() ? List.of() : parts);
    }

    @Test
    void textAloneTravelsAsItIs() {
        AnswerChunk chunk = AnswerChunk.of(List.of(part(Channel.CONTENT, "Hé")));

        assertThat(chunk.parted()).isFalse();
        assertThat(chunk.bytes()).isEqualTo("Hé".getBytes(StandardCharsets.UTF_8));
        assertThat(chunk.text()).isEqualTo("Hé");
    }

    @Test
    void theTextIsTheContentAlone() {
        AnswerChunk chunk = AnswerChunk.of(
                List.of(part(Channel.REASONING, "secret"), part(Channel.CONTENT, "a"), part(Channel.CONTENT, "b")));

        assertThat(chunk.text()).isEqualTo("ab");
        assertThat(chunk.toString()).doesNotContain("secret");
        assertThat(chunk.parts().toString()).doesNotContain("secret");
    }

    @Test
    void whatIsCutOffOrUnknownIsRefused() {
        byte[] whole = AnswerChunk.of(List.of(part(Channel.TOOL_CALL, "add"), part(Channel.TOOL_ARGUMENTS, "{}")))
                .bytes();
        for (int length = 1; length < whole.length; length++) {
            if (length == 8) continue; // exactly the first part
            AnswerChunk cut = new AnswerChunk(true, Arrays.copyOf(whole, length));
            assertThatThrownBy(cut::parts).as("%d bytes", length).isInstanceOf(WireException.class);
        }
        for (byte[] bad : List.of(new byte[] {5, 0, 0, 0, 0}, new byte[] {0, -1, 0, 0, 0}))
            assertThatThrownBy(() -> new AnswerChunk(true, bad).parts()).isInstanceOf(WireException.class);
    }

    private static Part part(Channel channel, String text) {
        return new Part(channel, text.getBytes(StandardCharsets.UTF_8));
    }
}
