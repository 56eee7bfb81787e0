package com.peerllm.orchestrator.api;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;

/**
 * Writes {@code chat.completion.chunk} events. Token path: everything around the text is made once, and the text goes
 * from the host's frame into the event byte by byte, with no JSON tree and no string between.
 */
final class ChunkWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] beforeText;
    private final byte[] afterText;
    private final String head;
    private final String tail;

    /** @param withUsage whether the consumer asked for token counts; then every chunk has {@code "usage":null} */
    ChunkWriter(String id, long created, String modelJson, boolean withUsage) {
        head = "data: {\"id\":\"" + id + "\",\"object\":\"chat.completion.chunk\",\"created\":" + created
                + ",\"model\":" + modelJson + ",\"system_fingerprint\":null,\"choices\":[";
        tail = "]" + (withUsage ? ",\"usage\":null" : "") + "}\n\n";
        beforeText = ascii(head + "{\"index\":0,\"delta\":{\"content\":\"");
        afterText = ascii("\"},\"logprobs\":null,\"finish_reason\":null}" + tail);
    }

    /** The first event: the role alone. */
    Buffer role() {
        return Buffer.buffer(head
                + "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}"
                + tail);
    }

    /** Token path. */
    Buffer text(byte[] utf8) {
        ByteBuf out = Unpooled.buffer(beforeText.length + afterText.length + utf8.length + 16);
        out.writeBytes(beforeText);
        writeEscaped(out, utf8);
        out.writeBytes(afterText);
        return BufferInternal.buffer(out);
    }

    /** The last event of the choice. */
    Buffer finish(String reason, String extrasJson) {
        return Buffer.buffer(head + "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"" + reason + "\"}"
                + tail.substring(0, tail.length() - 3) + ",\"peerllm\":" + extrasJson + "}\n\n");
    }

    Buffer usage(String usageJson) {
        return Buffer.buffer(head + "],\"usage\":" + usageJson + "}\n\n");
    }

    /** JSON's rules (RFC 8259, section 7): quotation mark, backslash and control characters; all else as it is. */
    static void writeEscaped(ByteBuf out, byte[] utf8) {
        for (byte each : utf8) {
            switch (each) {
                case '"' -> out.writeByte('\\').writeByte('"');
                case '\\' -> out.writeByte('\\').writeByte('\\');
                case '\n' -> out.writeByte('\\').writeByte('n');
                case '\r' -> out.writeByte('\\').writeByte('r');
                case '\t' -> out.writeByte('\\').writeByte('t');
                default -> {
                    if (each >= 0 && each < 0x20) {
                        out.writeBytes(new byte[] {'\\', 'u', '0', '0', HEX[each >> 4], HEX[each & 15]});
                    } else {
                        out.writeByte(each);
                    }
                }
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
