package com.peerllm.orchestrator.jobs;

import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.openai.AnswerPiece;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.AnswerChunk.Channel;
import com.peerllm.shared.wire.AnswerChunk.Part;
import com.peerllm.shared.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns the parts of one choice's frames into pieces for the consumer, and refuses what cannot be: a call of a tool that
 * nobody offered, arguments without a call, log probabilities that nobody asked for. It goes with the choice from host to
 * host, so that a call which one host began is the same call when another goes on with it.
 */
final class PartReader {
    static final int MOST_CALLS = 64;

    /** Of all calls of one choice together; they are parsed at the end, on the event loop. */
    static final int MOST_ARGUMENT_BYTES = 256 * 1024;

    private static final int CALL_ID_CHARACTERS = 24;
    private static final Set<Channel> HELD_BACK = Set.of(Channel.CONTENT, Channel.REASONING, Channel.TOOL_ARGUMENTS);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JobId job;
    private final int choice;
    private final Set<String> tools;
    private final int callsAtMost;
    private final boolean mayThink;
    private final Optional<LogprobEntries> logprobs;
    private final WholeText wholeText;
    private final List<ByteArrayOutputStream> arguments = new ArrayList<>();
    private int argumentBytes;

    PartReader(JobRequest request, int choice, WholeText wholeText) {
        this.job = request.id();
        this.choice = choice;
        this.wholeText = wholeText;
        this.tools = request.demands().callableTools();
        this.callsAtMost =
                request.chat().options().tools().filter(use -> !use.parallel()).isPresent() ? 1 : MOST_CALLS;
        this.mayThink = request.chat().continued().isEmpty();
        var top = request.chat().options().topLogprobs();
        this.logprobs = top.isPresent() ? Optional.of(new LogprobEntries(JSON, top.getAsInt())) : Optional.empty();
    }

    /**
     * @param ids how many tokens the frame has; without any, only text that was held back may come
     * @return the pieces, or nothing when the host cannot have said this; then nothing has changed here
     */
    Optional<List<AnswerPiece>> read(AnswerChunk chunk, int ids) {
        Draft draft = new Draft(ids);
        try {
            for (Part part : chunk.parts()) if (!draft.takes(part)) return Optional.empty();
        } catch (WireException e) {
            return Optional.empty();
        }
        draft.pieces.removeIf(PartReader::saysNothing);
        draft.pieces.forEach(this::remember);
        return Optional.of(draft.pieces);
    }

    /** The pieces of one frame while it is not sure that all of them can be. */
    private final class Draft {
        private final List<AnswerPiece> pieces = new ArrayList<>();
        private final int ids;
        private int calls = arguments.size();
        private int bytes = argumentBytes;
        private boolean probable;

        Draft(int ids) {
            this.ids = ids;
        }

        boolean takes(Part part) {
            if (ids == 0 && !HELD_BACK.contains(part.channel()) || !wholeText.is(part.utf8())) return false;
            return switch (part.channel()) {
                case CONTENT -> pieces.add(new AnswerPiece.Text(part.utf8()));
                case REASONING -> mayThink && pieces.add(new AnswerPiece.Thought(part.utf8()));
                case TOOL_CALL -> takesCall(new String(part.utf8(), StandardCharsets.UTF_8));
                case TOOL_ARGUMENTS -> takesArguments(part.utf8());
                case LOGPROBS -> takesLogprobs(part.utf8());
            };
        }

        private boolean takesCall(String name) {
            if (calls == callsAtMost || !tools.contains(name)) return false;
            pieces.add(new AnswerPiece.Call(calls, callId(calls), name));
            calls++;
            return true;
        }

        private boolean takesArguments(byte[] utf8) {
            bytes += utf8.length;
            if (calls == 0 || bytes > MOST_ARGUMENT_BYTES) return false;
            return pieces.add(new AnswerPiece.Arguments(calls - 1, utf8));
        }

        private boolean takesLogprobs(byte[] array) {
            Optional<byte[]> entries = logprobs.flatMap(asked -> asked.rewritten(array, ids));
            if (probable || entries.isEmpty()) return false;
            probable = true;
            return pieces.add(new AnswerPiece.Logprobs(entries.get()));
        }
    }

    private static boolean saysNothing(AnswerPiece piece) {
        return switch (piece) {
            case AnswerPiece.Text(byte[] utf8) -> utf8.length == 0;
            case AnswerPiece.Thought(byte[] utf8) -> utf8.length == 0;
            case AnswerPiece.Arguments(int index, byte[] utf8) -> utf8.length == 0;
            case AnswerPiece.Call call -> false;
            case AnswerPiece.Logprobs some -> false;
        };
    }

    private void remember(AnswerPiece piece) {
        if (piece instanceof AnswerPiece.Call) {
            arguments.add(new ByteArrayOutputStream());
        } else if (piece instanceof AnswerPiece.Arguments(int index, byte[] utf8)) {
            arguments.get(index).writeBytes(utf8);
            argumentBytes += utf8.length;
        }
    }

    /** Made of the job and the places alone, so that it is the same on every host. */
    private String callId(int index) {
        byte[] hash = Sha256.of((job + " " + choice + " " + index).getBytes(StandardCharsets.UTF_8));
        return "call_" + HexFormat.of().formatHex(hash, 0, CALL_ID_CHARACTERS / 2);
    }

    boolean hasCalls() {
        return !arguments.isEmpty();
    }

    /** @param cut whether the answer ended at its limit; then the last call may be unfinished */
    boolean argumentsAreJson(boolean cut) {
        int whole = cut ? arguments.size() - 1 : arguments.size();
        for (int i = 0; i < whole; i++) if (!isJson(arguments.get(i).toByteArray())) return false;
        return true;
    }

    private static boolean isJson(byte[] bytes) {
        try {
            return !JSON.readTree(bytes).isMissingNode();
        } catch (JacksonException e) {
            return false;
        }
    }
}
