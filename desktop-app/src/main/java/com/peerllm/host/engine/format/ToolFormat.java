package com.peerllm.host.engine.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways in which models write the calls of tools. */
public enum ToolFormat {
    /** Hermes, Qwen2.5, Qwen3, SmolLM3: {@code <tool_call>{"name": "f", "arguments": {}}</tool_call>}, any number of them. */
    HERMES(Optional.of("<tool_call>"), Repeats.WHOLE, named("arguments", "</tool_call>")),

    /**
     * Llama 3.x: {@code {"name": "f", "parameters": {}}} as the whole answer, one call. The name of a tool must be complete
     * before it counts as a call, because an answer may be JSON for other reasons.
     */
    LLAMA(Optional.empty(), Repeats.NEVER, named("parameters", "")),

    /** Mistral: {@code [TOOL_CALLS][{"name": "f", "arguments": {}}, ...]}, one list. */
    MISTRAL_LIST(Optional.of("[TOOL_CALLS]"), Repeats.IN_LIST, list()),

    /** Newer Mistral: {@code [TOOL_CALLS]f[ARGS]{}}, any number of them. */
    MISTRAL_ARGUMENTS(
            Optional.of("[TOOL_CALLS]"),
            Repeats.WHOLE,
            List.of(new CallPiece.Name(), new CallPiece.Text("[ARGS]"), new CallPiece.Arguments())),

    /** Mistral Small 3: {@code [TOOL_CALLS]f[CALL_ID]123456789[ARGS]{}}, any number of them. */
    MISTRAL_ID(
            Optional.of("[TOOL_CALLS]"),
            Repeats.WHOLE,
            List.of(
                    new CallPiece.Name(),
                    new CallPiece.Text("[CALL_ID]"),
                    new CallPiece.Id(),
                    new CallPiece.Text("[ARGS]"),
                    new CallPiece.Arguments()));

    /** How an answer holds several calls. */
    enum Repeats {
        NEVER,
        /** The whole of it again, with its own opening. */
        WHOLE,
        /** In a list of its own. */
        IN_LIST
    }

    /** Written in front of calls by models that were trained to, and passed over here. */
    private static final String PYTHON_TAG = "<|python_tag|>";

    private final Optional<String> opening;
    private final Repeats repeats;
    private final List<CallPiece> pieces;

    ToolFormat(Optional<String> opening, Repeats repeats, List<CallPiece> pieces) {
        this.opening = opening;
        this.repeats = repeats;
        this.pieces = pieces;
    }

    /** What stands before the pieces of a call; none for a format that is recognised by its first piece. */
    Optional<String> opening() {
        return opening;
    }

    /** The word in a text after which a call follows. */
    String trigger() {
        return opening.orElse(PYTHON_TAG);
    }

    /** Whether a call may begin without an opening, as the first thing of an answer. */
    boolean startsBare() {
        return opening.isEmpty();
    }

    Repeats repeats() {
        return repeats;
    }

    List<CallPiece> pieces() {
        return pieces;
    }

    /** Where the pieces of one call begin: behind the bracket of a list. */
    int firstOfCall() {
        return repeats == Repeats.IN_LIST ? 3 : 0;
    }

    private static List<CallPiece> named(String argumentsKey, String end) {
        List<CallPiece> pieces = new ArrayList<>(List.of(
                new CallPiece.Gap(),
                new CallPiece.Text("{"),
                new CallPiece.Gap(),
                new CallPiece.Text("\"name\""),
                new CallPiece.Gap(),
                new CallPiece.Text(":"),
                new CallPiece.Gap(),
                new CallPiece.Text("\""),
                new CallPiece.Name(),
                new CallPiece.Text("\""),
                new CallPiece.Gap(),
                new CallPiece.Text(","),
                new CallPiece.Gap(),
                new CallPiece.Text("\"" + argumentsKey + "\""),
                new CallPiece.Gap(),
                new CallPiece.Text(":"),
                new CallPiece.Gap(),
                new CallPiece.Arguments(),
                new CallPiece.Gap(),
                new CallPiece.Text("}")));
        if (!end.isEmpty()) pieces.addAll(List.of(new CallPiece.Gap(), new CallPiece.Text(end)));
        return List.copyOf(pieces);
    }

    private static List<CallPiece> list() {
        List<CallPiece> pieces =
                new ArrayList<>(List.of(new CallPiece.Gap(), new CallPiece.Text("["), new CallPiece.Gap()));
        pieces.addAll(named("arguments", "").subList(1, named("arguments", "").size()));
        pieces.addAll(List.of(new CallPiece.Gap(), new CallPiece.More()));
        return List.copyOf(pieces);
    }
}
