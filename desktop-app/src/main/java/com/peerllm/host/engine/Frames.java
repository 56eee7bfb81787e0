package com.peerllm.host.engine;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.peerllm.shared.wire.AnswerChunk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form of the frames between parent and worker: one JSON object per line in UTF-8, its {@code type} first.
 *
 * <p>{@code tokens} frames are written and read by hand, because there is one for every token of every answer; they always look
 * like {@code {"type":"tokens","job":7,"ids":[15,301],"text":"IEhpIQ=="}}, the text in Base64; {@code parts} stands instead of
 * {@code text} when the chunk has parts. All other frames are the
 * records of {@link ToWorker} and {@link FromWorker} as Jackson writes them.
 */
public final class Frames {
    private static final byte[] TOKENS_START = ascii("{\"type\":\"tokens\",\"job\":");
    private static final byte[] IDS_START = ascii(",\"ids\":[");
    private static final byte[] TEXT_START = ascii("],\"text\":\"");
    private static final byte[] PARTS_START = ascii("],\"parts\":\"");
    private static final byte[] TOKENS_END = ascii("\"}");

    /** The parent bounds what it sends; a bound of the reader's own would only end the worker. */
    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(FrameReader.LONGEST_FRAME_BYTES)
                            .build())
                    .build())
            .addMixIn(ToWorker.class, ToWorkerNames.class)
            .addMixIn(FromWorker.class, FromWorkerNames.class)
            .addMixIn(Prompt.class, PromptNames.class)
            .build();

    /** The frame's line, without its line break. */
    public byte[] encode(ToWorker message) {
        return json.writerFor(ToWorker.class).writeValueAsBytes(message);
    }

    /** The frame's line, without its line break. */
    public byte[] encode(FromWorker message) {
        if (message instanceof FromWorker.Tokens tokens) return encodeTokens(tokens);
        return json.writerFor(FromWorker.class).writeValueAsBytes(message);
    }

    public ToWorker decodeToWorker(byte[] line) throws IOException {
        try {
            return json.readValue(line, ToWorker.class);
        } catch (JacksonException e) {
            throw unreadable(line);
        }
    }

    public FromWorker decodeFromWorker(byte[] line) throws IOException {
        if (new Cursor(line, 0).skips(TOKENS_START)) return decodeTokens(line);
        try {
            return json.readValue(line, FromWorker.class);
        } catch (JacksonException e) {
            throw unreadable(line);
        }
    }

    private static byte[] encodeTokens(FromWorker.Tokens tokens) {
        StringBuilder line = new StringBuilder(96)
                .append(new String(TOKENS_START, StandardCharsets.ISO_8859_1))
                .append(tokens.job())
                .append(",\"ids\":[");
        for (int i = 0; i < tokens.ids().length; i++)
            line.append(i == 0 ? "" : ",").append(tokens.ids()[i]);
        line.append(tokens.chunk().parted() ? "],\"parts\":\"" : "],\"text\":\"")
                .append(Base64.getEncoder().encodeToString(tokens.chunk().bytes()))
                .append("\"}");
        return line.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static FromWorker.Tokens decodeTokens(byte[] line) throws IOException {
        Cursor cursor = new Cursor(line, TOKENS_START.length);
        long job = cursor.number();
        if (!cursor.skips(IDS_START)) throw unreadable(line);
        int count = cursor.countNumbers();
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            if (i > 0) cursor.at++;
            ids[i] = Math.toIntExact(cursor.number());
        }
        boolean parted = cursor.skips(PARTS_START);
        if (!parted && !cursor.skips(TEXT_START)) throw unreadable(line);
        int textEnd = line.length - TOKENS_END.length;
        if (textEnd < cursor.at || !new Cursor(line, textEnd).skips(TOKENS_END)) throw unreadable(line);
        try {
            byte[] body = Base64.getDecoder().decode(java.util.Arrays.copyOfRange(line, cursor.at, textEnd));
            return new FromWorker.Tokens(job, ids, new AnswerChunk(parted, body));
        } catch (IllegalArgumentException e) {
            throw unreadable(line);
        }
    }

    /** Says nothing of the line's content, which can be a prompt or an answer; the cause could quote it, so it is left out. */
    private static IOException unreadable(byte[] line) {
        return new IOException(
                "An unreadable frame of " + line.length + " bytes between the host and its engine worker");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A place in a line that moves forward. */
    private static final class Cursor {
        private final byte[] line;
        private int at;

        Cursor(byte[] line, int at) {
            this.line = line;
            this.at = at;
        }

        boolean skips(byte[] expected) {
            int end = at + expected.length;
            if (end > line.length || !java.util.Arrays.equals(line, at, end, expected, 0, expected.length))
                return false;
            at = end;
            return true;
        }

        long number() throws IOException {
            int start = at;
            long value = 0;
            while (at < line.length && line[at] >= '0' && line[at] <= '9' && at - start < 19)
                value = value * 10 + (line[at++] - '0');
            if (at == start) throw unreadable(line);
            return value;
        }

        /** How many comma-separated numbers stand between here and the closing bracket. */
        int countNumbers() {
            if (at < line.length && line[at] == ']') return 0;
            int count = 1;
            for (int i = at; i < line.length && line[i] != ']'; i++) if (line[i] == ',') count++;
            return count;
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ToWorker.ListDevices.class, name = "list_devices"),
        @JsonSubTypes.Type(value = ToWorker.Load.class, name = "load"),
        @JsonSubTypes.Type(value = ToWorker.Benchmark.class, name = "benchmark"),
        @JsonSubTypes.Type(value = ToWorker.UseThreads.class, name = "use_threads"),
        @JsonSubTypes.Type(value = ToWorker.Generate.class, name = "generate"),
        @JsonSubTypes.Type(value = ToWorker.Embed.class, name = "embed"),
        @JsonSubTypes.Type(value = ToWorker.Cancel.class, name = "cancel"),
        @JsonSubTypes.Type(value = ToWorker.Tokenize.class, name = "tokenize"),
        @JsonSubTypes.Type(value = ToWorker.Audit.class, name = "audit"),
        @JsonSubTypes.Type(value = ToWorker.Detokenize.class, name = "detokenize")
    })
    private interface ToWorkerNames {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = FromWorker.Alive.class, name = "alive"),
        @JsonSubTypes.Type(value = FromWorker.Devices.class, name = "devices"),
        @JsonSubTypes.Type(value = FromWorker.Loaded.class, name = "loaded"),
        @JsonSubTypes.Type(value = FromWorker.Measured.class, name = "measured"),
        @JsonSubTypes.Type(value = FromWorker.Refused.class, name = "refused"),
        @JsonSubTypes.Type(value = FromWorker.Started.class, name = "started"),
        @JsonSubTypes.Type(value = FromWorker.EmbeddingStarted.class, name = "embedding_started"),
        @JsonSubTypes.Type(value = FromWorker.Embedded.class, name = "embedded"),
        @JsonSubTypes.Type(value = FromWorker.Finished.class, name = "finished"),
        @JsonSubTypes.Type(value = FromWorker.JobFailed.class, name = "failed"),
        @JsonSubTypes.Type(value = FromWorker.Tokenized.class, name = "tokenized"),
        @JsonSubTypes.Type(value = FromWorker.Detokenized.class, name = "detokenized"),
        @JsonSubTypes.Type(value = FromWorker.Audited.class, name = "audited"),
        @JsonSubTypes.Type(value = FromWorker.CallFailed.class, name = "call_failed")
    })
    private interface FromWorkerNames {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "form")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Prompt.Chat.class, name = "chat"),
        @JsonSubTypes.Type(value = Prompt.Text.class, name = "text"),
        @JsonSubTypes.Type(value = Prompt.Tokens.class, name = "tokens")
    })
    private interface PromptNames {}
}
